"""The rules over the published registers of tests/data/outside: what they find now.

`python -m tests.data.judging` puts the findings that nobody judged at the end of judged.csv, with an empty verdict.
"""

import csv
from datetime import date

from docs.making.accuracy import FOLDER, JUDGED, NOW, judgements, source
from ropa.gaps import Outcome, check
from ropa.sheets.register_text import read_register_text

Key = tuple[str, str, str, str]


def findings() -> dict[Key, Outcome]:
    """Each finding by its file, rule, ref and field, as of the day that the file names: reviews and decisions age."""
    found: dict[Key, Outcome] = {}
    for file in sorted(FOLDER.glob("*.yaml")):
        day = date.fromisoformat(source(file)["as of"])
        report = check(read_register_text(file.read_bytes(), file.name), day)
        found |= {(file.name, one.rule.id, one.record.ref, one.field): one for one in report.findings}
    return found


def unjudged() -> dict[Key, Outcome]:
    """The findings of which no line of judged.csv says that they are told now."""
    judged = {one[:4] for one in judgements() if one.told in NOW}
    return {key: one for key, one in findings().items() if key not in judged}


def main() -> None:
    """Write a line for each unjudged finding; its verdict and its reason are for a person."""
    new = unjudged()
    with JUDGED.open("a", encoding="utf-8", newline="") as lines:
        csv.writer(lines, lineterminator="\n").writerows((*key, "", "new", "") for key in new)
    for (file, rule, ref, _), one in new.items():
        print(f"{file} {rule} {ref}: {one.message}")


if __name__ == "__main__":
    main()
