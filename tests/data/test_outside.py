"""The rules against registers that public bodies published: each finding was judged by eye, and none goes by unjudged."""

from collections import Counter
from pathlib import Path

import pytest

from docs.making.accuracy import FOLDER, NOW, TOLD, VERDICTS, judgements, source
from ropa.gaps import RULES
from ropa.sheets.register_text import read_register_text
from tests.data.judging import findings, unjudged

FILES = sorted(FOLDER.glob("*.yaml"))


def test_each_finding_was_judged() -> None:
    """No rule says anything of these registers that nobody held against the law."""
    new = [f"{' '.join(key)}: {one.message}" for key, one in unjudged().items()]
    assert not new, (
        f"{len(new)} findings that nobody judged. `python -m tests.data.judging` puts them into "
        "tests/data/outside/judged.csv; give each a verdict (right, false or unfair) and why, then `make docs`:\n"
        + "\n".join(new)
    )


def test_what_was_judged_is_still_told() -> None:
    """A finding that is right is not lost, and one that was mended away does not come back."""
    now = findings().keys()
    lost = [one for one in judgements() if one.told in NOW and one[:4] not in now]
    back = [one for one in judgements() if one.told not in NOW and one[:4] in now]
    assert not lost, "judged as told now, and no longer told: say 'no more' or 'never', if that is right"
    assert not back, "judged as not told, and told now: say 'since' or 'always'"


def test_each_judgement_is_whole() -> None:
    """Each line has a verdict and a reason, is of a rule and a record that exist, and stands once."""
    all_ = judgements()
    refs = {
        file.name: {record.ref for record in read_register_text(file.read_bytes(), file.name)}
        for file in FILES
    }
    for one in all_:
        assert one.verdict in VERDICTS, one
        assert one.told in TOLD, one
        assert len(one.why.split()) > 2, one
        assert one.rule in RULES or (one.told == "never" and not one.rule), one
        assert one.ref in refs[one.file], one
    twice = [key for key, n in Counter(one[:4] for one in all_ if one.rule).items() if n > 1]
    assert not twice


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_register_says_where_it_is_from(file: Path) -> None:
    """Publisher, title, address and days stand at its head, and it has activities to judge."""
    assert source(file).keys() == {"publisher", "title", "published at", "date", "as of"}
    register = read_register_text(file.read_bytes(), file.name)
    assert len([one for one in register if one.kind == "activity"]) >= 4
