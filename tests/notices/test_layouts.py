"""The same notice in any layout and format gives the same facts."""

import dataclasses
import html
import re
from dataclasses import dataclass
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from ropa.notices.read import read_notice
from ropa.notices.reading import NoticeReading, read_lines
from ropa.words import fold

RETOLD = Path(__file__).parents[2] / "data" / "notices" / "postdicom-2026-04-15.txt"
LABEL = re.compile(
    r"^(Personal Data|Place of processing|Legal basis|Retention|Owner contact email|Trackers duration):"
)

NOTICE = """\
# Privacy Policy of www.millpond.example
Last updated: 2 February 2026
## Owner and Data Controller
Millpond & Sons B.V.
Owner contact email: privacy@millpond.example
Millpond collects some personal data from its Customers.
## Analytics
These tools count visits.
### Rillcount (Rillcount Inc.)
Rillcount is a counter.
Personal Data: Trackers; Usage Data; latitude <of city>
Place of processing: United States – Privacy Policy; Ireland – Privacy Policy
Legal basis: consent
Trackers duration:
- _rc: 2 years
- _rd: a session
## Newsletter
Personal Data: email address, first name & last name
Retention: until you leave the list
## Your choices
You have these rights:
- see your data
- have it erased
You must be at least 16 years old.
"""


def facts(reading: NoticeReading) -> object:
    """A reading without text, format and line numbers."""

    def bare(value: object) -> object:
        if isinstance(value, tuple):
            return [bare(one) for one in value if not isinstance(one, int)]
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            names = [
                one.name for one in dataclasses.fields(value) if one.name not in {"lines", "unread", "kind"}
            ]
            return {name: bare(getattr(value, name)) for name in names}
        return value

    found = bare(reading)
    assert isinstance(found, dict)
    return {name: value for name, value in found.items() if name != "text"}


def as_text(notice: str) -> str:
    return re.sub(r"^#+ ", "", notice, flags=re.MULTILINE)


def as_markdown(notice: str) -> str:
    rows = [
        row if row.startswith(("#", "- ")) else re.sub(r"([\\*_<>])", r"\\\1", row)
        for row in notice.splitlines()
    ]
    return "\n\n".join(LABEL.sub(r"**\1:**", row) for row in rows)


def as_html(notice: str) -> str:
    """Tags and entities inside words, labels in other tags, a list in nested lists."""
    page = ["<!doctype html><html><head><title>x</title></head><body><nav>Home</nav><div><div>"]
    for row in notice.splitlines():
        mark, _, rest = row.partition(" ")
        words = html.escape(rest if mark in {"#", "##", "###", "-"} else row).replace("–", "&ndash;")
        label = LABEL.sub(r"<strong>\1<em>:</em></strong>", words)
        label = label.replace("Personal Data", "Per<i>sonal</i>\n  Da<!-- -->ta").replace("; ", ";&nbsp;")
        if mark.startswith("#"):
            page.append(f"<h{len(mark)}><span>{words}</span></h{len(mark)}>")
        else:
            page.append(
                f"<ul><li><span>{words}</span></li></ul>"
                if mark == "-"
                else f"<section><p>{label}</p></section>"
            )
    return "".join(page) + "</div></div><script>var a = 'Personal Data: x'</script></body></html>"


def in_all_formats(notice: str) -> list[NoticeReading]:
    forms = {"n.txt": as_text(notice), "n.md": as_markdown(notice), "n.html": as_html(notice)}
    return [read_notice(text.encode(), name) for name, text in forms.items()]


def test_text_markdown_and_html_of_one_notice_give_equal_facts() -> None:
    """Headings, lists, bold labels, nested tags and entities change nothing of what is read."""
    text, markdown, page = in_all_formats(NOTICE)
    assert (text.kind, markdown.kind, page.kind) == ("text", "markdown", "html")
    assert facts(text) == facts(markdown) == facts(page)
    assert [len(block.data) for block in text.blocks] == [3, 2]
    assert text.controller
    assert text.controller.text == "Millpond & Sons B.V."
    assert [told.text for told in text.rights_given] == ["see your data", "have it erased"]


def test_the_notice_that_ships_reads_equally_in_all_formats() -> None:
    """Its 22 entries and its prose, as text, Markdown and HTML."""
    text, markdown, page = in_all_formats(RETOLD.read_text(encoding="utf-8"))
    assert facts(text) == facts(markdown) == facts(page)
    assert len(page.blocks) == 22


@dataclass(frozen=True)
class Entry:
    service: str
    company: str
    data: tuple[str, ...]
    places: tuple[str, ...]


WORD = st.text("abcdefghijklmnopqrstuvwxyzéüñß", min_size=4, max_size=9)
TERM = (
    st.lists(WORD, min_size=1, max_size=3)
    .map(" ".join)
    .filter(lambda term: fold(term) not in {"data", "stand"})
)
ENTRY = st.builds(
    Entry,
    WORD.map(str.capitalize),
    WORD.map(lambda word: f"{word.capitalize()} Ltd"),
    st.lists(TERM, min_size=2, max_size=6, unique=True).map(tuple),
    st.lists(
        st.sampled_from(["Ireland", "United States", "France", "Brazil", "Japan"]), max_size=3, unique=True
    ).map(tuple),
)
LAYOUTS = ("lines", "paragraph", "bullets", "wrapped", "dashes")


def laid_out(entry: Entry, layout: str) -> str:
    data, places = "; ".join(entry.data), "; ".join(entry.places)
    head = f"{entry.service} ({entry.company})"
    place = f"Place of processing: {places}" if places else ""
    match layout:
        case "paragraph":
            return f"{head}: Personal Data processed: {data}. {place}".rstrip()
        case "bullets":
            rows = "\n".join(f"- {term};" for term in entry.data)
            return f"{head}\nPersonal Data:\n{rows}\n\n{place}"
        case "wrapped":
            wrapped = data.replace("; ", ";\n", 2).replace("; ", "\n; ")
            return f"{head}\nPersonal\nData: {wrapped}\n\n{place.replace(' of ', ' of' + chr(10))}"
        case "dashes":
            with_links = "; ".join(f"{one} – Privacy Policy – Opt Out" for one in entry.places)
            return (
                f"{head}\nPersonal Data collected: {data}.\nPlace of processing: {with_links}."
                if places
                else laid_out(entry, "lines")
            )
        case _:
            return f"{head}\n\nPersonal Data: {data}\n\n{place}"


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(ENTRY, st.sampled_from(LAYOUTS)), min_size=1, max_size=5))
def test_entries_in_any_layout_are_read_as_they_were_written(drawn: list[tuple[Entry, str]]) -> None:
    """Lines, one paragraph, bullets, broken lines, links after places: the entries are the same, in order."""
    text = "\n\n".join(laid_out(entry, layout) for entry, layout in drawn)
    reading = read_notice(text.encode(), "n.txt")
    read = [
        Entry(
            block.service.text if block.service else "",
            block.company.text if block.company else "",
            tuple(told.text for told in block.data),
            tuple(place.text for place in block.places),
        )
        for block in reading.blocks
    ]
    assert read == [entry for entry, _ in drawn]
    assert all(place.code for block in reading.blocks for place in block.places)


ROW = st.one_of(
    st.sampled_from([*NOTICE.splitlines(), *laid_out(Entry("A", "B Ltd", ("x",), ("Japan",)), "lines").splitlines(), ""]),
    st.text(st.characters(exclude_characters="\0\n\r", exclude_categories=("Cs",)), max_size=60),
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(ROW, max_size=25), st.sampled_from(["n.txt", "n.md"]))
def test_nothing_of_any_text_is_dropped(rows: list[str], name: str) -> None:
    """Every line with words is on a fact, an entry or an understood class, or is unread, and never both."""
    text = "\n".join([*rows, "", "Personal Data: email address"])
    reading = read_notice(text.encode(), name)
    said = {n for n, row in enumerate(reading.text.split("\n"), start=1) if any(map(str.isalnum, row))}
    unread = {number for told in reading.unread for number in range(told.lines[0], told.lines[1] + 1)}
    assert read_lines(reading) | unread >= said
    assert not read_lines(reading) & unread
    assert reading.text == text
