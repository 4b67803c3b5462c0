"""The page of the gap analysis: complete in itself, and a text out of a field is only a text, also to a real browser."""

import html as htmllib
import re
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from lxml import html

from ropa.sheets.gapfiles.page import write_page
from tests.sheets.gapreport import HOSTILE, told_of

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
SHAPE = tuple(
    "html head meta title style body header nav main section h1 h2 h3 p bdi strong ol ul li span a code div table thead tbody "
    "tr th td svg desc rect text g".split()
)


def page(text: str, months: int = 2) -> bytes:
    file = BytesIO()
    write_page(told_of(text, months), file)
    return file.getvalue()


def shape(content: bytes) -> list[str]:
    return [str(one.tag) for one in html.document_fromstring(content.decode("utf-8")).iter()]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_text_is_only_a_text(text: str) -> None:
    """Whatever stands in a field, the page has the elements that it has with a harmless word, and none besides ours."""
    tags = shape(page(text))
    assert tags == shape(page("Payroll"))
    assert set(tags) <= set(SHAPE)


def test_the_page_needs_nothing_from_outside() -> None:
    """No script, no address that is loaded, no handler; what it may load is nothing, and it says so to the browser."""
    content = page("Payroll").decode("utf-8")
    assert not re.search(r"<script|<link|<img|<iframe|\son\w+=|url\(|@import|javascript:", content)
    tree = html.document_fromstring(content)
    assert {one.get("href")[0] for one in tree.iter("a")} == {"#"}
    assert not [one for one in tree.iter() if one.get("src")]
    assert "default-src 'none'" in content


def test_the_page_can_be_heard() -> None:
    """A language, one first heading, sections with names, tables with headers, each picture with its words and numbers."""
    tree = html.document_fromstring(page("Payroll").decode("utf-8"))
    assert tree.get("lang") == "en"
    assert len(tree.findall(".//h1")) == 1
    named = {one.get("aria-labelledby") for one in tree.iter("section")}
    assert named == {one.get("id") for one in tree.iter("h2")}
    assert {one.get("href") for one in tree.iter("a")} == {f"#{name}" for name in named}
    pictures = [one for one in tree.iter("svg") if one.get("role") == "img"]
    assert [one.get("aria-label").partition(".")[0] for one in pictures] == [
        "How much is answered, theme by theme",
        "Open gaps at the end of each month",
    ]
    assert "2026-09: 5; 2026-10: 4; 2026-11-24: 3" in pictures[1].get("aria-label")
    assert all(cell.get("scope") for cell in tree.iter("th"))


def test_the_bars_of_the_trend_are_as_high_as_their_numbers() -> None:
    """Three columns, one part a severity, on one scale: five gaps are five times as high as one."""
    tree = html.document_fromstring(page("Payroll").decode("utf-8"))
    (picture,) = [one for one in tree.iter("svg") if "Open gaps" in (one.get("aria-label") or "")]
    high = [float(one.get("height")) for one in picture.iter("rect")][:-1]
    assert high == [120, 40, 40, 80, 40, 40, 40, 40, 40]


def test_without_a_past_there_is_no_picture_of_one() -> None:
    """A trend of one day is a number, not a picture."""
    assert "Open gaps at the end of each month. " not in page("Payroll", months=0).decode("utf-8")


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed here: only lxml has read the page")
def test_chromium_runs_nothing(tmp_path: Path) -> None:
    """All hostile texts in one page, in the browser: nothing ran, nothing was asked for, and the texts stand there."""
    file = tmp_path / "gaps.html"
    file.write_bytes(page(" ".join(HOSTILE[:-1])))
    done = subprocess.run(
        [
            str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND",
            f"--user-data-dir={tmp_path / 'profile'}", "--virtual-time-budget=2000", "--dump-dom", file.as_uri(),
        ],
        capture_output=True, timeout=120, check=True,
    )  # fmt: skip
    dom = done.stdout.decode("utf-8")
    tree = html.document_fromstring(dom)
    assert tree.findtext(".//title") == "Gap analysis of Acme Trading GmbH, 2026-11-24"
    assert {str(one.tag) for one in tree.iter()} <= set(SHAPE)
    assert "<script>document.title=" in htmllib.unescape(dom)
