"""The examples of docs/frames.md do what the page shows."""

import doctest
import re
from pathlib import Path

import pytest

from docs.making.terminal import ROOT
from tests.cli.running import Inside

PAGE = ROOT / "docs" / "frames.md"


def test_the_notebook_page_shows_what_happens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each example of the page, run in its order on the invented example, gives what stands below it."""
    assert Inside(tmp_path)("init", "--example").code == 0
    monkeypatch.chdir(tmp_path)
    text = PAGE.read_text("utf-8")
    code = "\n".join(re.findall(r"^```pycon\n(.*?)^```$", text, re.DOTALL | re.MULTILINE))
    test = doctest.DocTestParser().get_doctest(code, {}, PAGE.name, str(PAGE), 0)
    assert len(test.examples) > 15
    said: list[str] = []
    failed = doctest.DocTestRunner().run(test, out=said.append).failed
    assert not failed, "".join(said)
