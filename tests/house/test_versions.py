"""The changelog and the package speak of the same version."""

import re
from pathlib import Path

import ropa

CHANGELOG = (Path(__file__).parents[2] / "CHANGELOG.md").read_text("utf-8")


def test_the_changelog_tells_of_this_version() -> None:
    """The newest version in the changelog is the package's own."""
    versions = re.findall(r"^## (\d+\.\d+\.\d+)", CHANGELOG, re.MULTILINE)
    assert versions, "CHANGELOG.md has no '## x.y.z' heading"
    assert versions[0] == ropa.__version__


def test_the_changelog_sorts_each_entry_under_what_it_means_for_the_user() -> None:
    """Sections are Added, Changed, Fixed, Removed or Security, and none is empty."""
    sections = re.findall(r"^### (.+)\n+(.?)", CHANGELOG, re.MULTILINE)
    assert sections
    for title, first in sections:
        assert title in {"Added", "Changed", "Fixed", "Removed", "Security"}, title
        assert first == "-", f"{title} says nothing"
