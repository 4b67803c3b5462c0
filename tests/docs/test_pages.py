import re
from pathlib import Path
from shutil import copyfile, copytree

import pytest

from docs.making.terminal import NOTICE, ROOT, surroundings, typed
from tests.docs.pages import PAGES, anchors_in, links_in, tidy, typed_in

_NAMES = [str(page.relative_to(ROOT)) for page in PAGES]


_EXAMPLE = "ropa init --example"


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int, str]:
    """What many pages begin with, done once: the folder, the exit status, what is shown."""
    folder = tmp_path_factory.mktemp("example")
    return folder, *typed(_EXAMPLE, folder, surroundings(folder, colour=False))


@pytest.mark.parametrize("page", [page for page in PAGES if typed_in(page)], ids=lambda page: page.stem)
def test_a_page_shows_what_the_program_does(
    page: Path, tmp_path: Path, example: tuple[Path, int, str]
) -> None:
    """Whoever types the commands of a page, in order, in a folder with a notice, sees what the page shows."""
    copyfile(NOTICE, tmp_path / "privacy-notice.txt")
    env = surroundings(tmp_path, colour=False)
    for step in typed_in(page):
        if step.line == _EXAMPLE:
            folder, status, shown = example
            copytree(folder / "data", tmp_path / "data")
        else:
            status, shown = typed(step.line, tmp_path, env)
        assert status in (0, 1), f"$ {step.line}\n{shown}"
        assert step.fits(tidy(shown)), (
            f"$ {step.line}\n--- the page:\n{step.expected}\n--- the program:\n{tidy(shown)}"
        )


@pytest.mark.parametrize("page", PAGES, ids=_NAMES)
def test_links_lead_somewhere(page: Path) -> None:
    """Every link from one page to another, or to a heading, arrives."""
    for link in links_in(page):
        if re.match(r"https?:", link):
            continue
        name, _, heading = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        assert target.exists(), f"{link} leads nowhere"
        assert not heading or heading in anchors_in(target), f"{link}: there is no such heading"


def test_every_page_can_be_reached() -> None:
    """From the README a reader finds every page."""
    seen, waiting = set[Path](), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in seen or page.suffix != ".md" or not page.exists():
            continue
        seen.add(page)
        names = [link.partition("#")[0] for link in links_in(page) if not re.match(r"https?:", link)]
        waiting += [(page.parent / name).resolve() for name in names if name]
    assert not set(PAGES) - seen
