"""Writes the pages that are made from the program: `make docs`. With --check: exit 1, naming the pages that are stale."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from docs.making.accuracy import accuracy_as_markdown
from docs.making.commands import commands_as_markdown
from docs.making.completion import words_as_json
from docs.making.fields import fields_as_markdown
from docs.making.layouts import layouts_as_markdown
from docs.making.picture import picture_as_svg
from docs.making.topics import topics_as_markdown
from ropa.gaps.docs import rules_as_markdown

HERE = Path(__file__).resolve().parent
PAGES: Mapping[str, Callable[[], str]] = {
    "reference/commands.md": commands_as_markdown,
    "reference/fields.md": fields_as_markdown,
    "reference/rules.md": rules_as_markdown,
    "reference/layouts.md": layouts_as_markdown,
    "reference/topics.md": topics_as_markdown,
    "rules-accuracy.md": accuracy_as_markdown,
    "picture.svg": picture_as_svg,
    "../ropa/cli/completing/words.json": words_as_json,
}
"""Each generated file, by its path from docs/, and what makes its text."""


def stale() -> dict[str, str]:
    """The files that are not as the program would make them now, with the text that they should have."""
    made = {name: make().rstrip("\n") + "\n" for name, make in PAGES.items()}
    return {name: text for name, text in made.items() if _present(HERE / name) != text}


def _present(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None


def main(words: list[str]) -> int:
    """Write what is stale, or with --check only name it."""
    if words not in ([], ["--check"]):
        print("usage: docs/make.py [--check]", file=sys.stderr)
        return 2
    found = stale()
    if words:
        for name in found:
            print(f"docs/{name} is not what the program would make now. Run: make docs", file=sys.stderr)
        return 1 if found else 0
    for name, text in found.items():
        (HERE / name).parent.mkdir(exist_ok=True)
        (HERE / name).write_text(text, encoding="utf-8")
        print(f"wrote docs/{name}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
