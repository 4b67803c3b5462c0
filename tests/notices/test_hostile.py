"""Files that are no notice, and notices that mean harm."""

import re
import socket
from pathlib import Path

import pytest

from ropa.errors import Refused
from ropa.notices.read import read_notice
from ropa.notices.reading import NoticeReading, read_lines

ENTRY = "Personal Data: email address\nPlace of processing: Ireland\n"


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        pytest.param(
            b"The sea is wide, and privacy is dear to me. " * 40, "essay.txt", "looked for", id="essay"
        ),
        pytest.param(
            "个人信息保护政策。处理地点：美国。".encode(), "zh.html", "no labels", id="unknown language"
        ),
        pytest.param(
            b"Personal Data:\n\n\nPlace of processing:\n", "form.txt", "looked for", id="empty labels"
        ),
        pytest.param(b"", "empty.txt", "empty", id="empty"),
        pytest.param(b" \r\n\t\n", "blank.txt", "empty", id="blank"),
        pytest.param(b"\x7fELF\x02\x01\x01\x00" * 9, "a.txt", "binary", id="binary"),
        pytest.param(ENTRY.encode() + b"\0", "nul.txt", "binary", id="one NUL"),
        pytest.param(b"\x81\x8d\x01\xff" * 20, "a.txt", "binary", id="no encoding"),
        pytest.param(b"PK\x03\x04" + ENTRY.encode(), "a.zip", "Office", id="zip"),
        pytest.param(b"word " * 10_000_000, "huge.txt", "20 MB", id="50 MB"),
        pytest.param(b"word " * 600_000, "long.txt", "2 MB of text", id="3 MB of text"),
        pytest.param(ENTRY.encode() * 30_000, "rows.txt", "50,000 lines", id="60,000 lines"),
    ],
)
def test_what_holds_no_notice_is_refused_in_one_line(content: bytes, name: str, says: str) -> None:
    """The refusal names the file, the trouble and the next step."""
    with pytest.raises(Refused) as refused:
        read_notice(content, name)
    assert refused.value.at == name
    assert says in refused.value.what
    assert refused.value.do
    assert "\n" not in str(refused.value)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    """Neither is a notice, and each is told apart."""
    with pytest.raises(Refused, match="no such file"):
        read_notice(tmp_path / "none.txt", "none.txt")
    with pytest.raises(Refused, match="not a file"):
        read_notice(tmp_path, "folder")


def html(body: str) -> NoticeReading:
    return read_notice(f"<!doctype html><html><body>{body}</body></html>".encode(), "n.html")


def test_a_page_is_never_run_fetched_or_expanded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Scripts, styles and menus are set aside; entities of a page's own and outside files do not exist."""
    monkeypatch.setattr(socket, "socket", lambda *_, **__: pytest.fail("the network was asked for"))
    page = (
        '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
        '<html><head><title>t</title><base href="http://x.invalid/"><style>Personal Data: style</style></head>'
        '<body><nav>Personal Data: menu</nav><script>"Personal Data: script"</script><img src="http://x.invalid/i">'
        "<template>Personal Data: template</template><p>&f;&b;</p><p>Personal Data: email address</p></body></html>"
    )
    reading = read_notice(page.encode(), "n.html")
    assert [term.text for block in reading.blocks for term in block.data] == ["email address"]
    assert "root:" not in reading.text
    assert "aaaa" not in reading.text


@pytest.mark.parametrize("tag", ["div", "b"])
def test_a_million_nested_tags_are_read_like_any_other_page(tag: str) -> None:
    """Nesting costs no depth and no tree: what stands inside is read."""
    page = f"<{tag}>" * 1_000_000 + f"<p>{ENTRY.splitlines()[0]}</p>"
    assert [term.text for term in html(page).blocks[0].data] == ["email address"]


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("word " * 200_000, id="words"),
        pytest.param("x" * 1_000_000, id="one word"),
        pytest.param("Personal Data: " + "thing; " * 150_000, id="an endless list"),
        pytest.param("Personal Data: " + "thing and " * 100_000, id="endless ands"),
        pytest.param(":" * 1_000_000 + " x", id="colons"),
        pytest.param("(" * 1_000_000 + " x", id="brackets"),
    ],
)
def test_a_line_of_one_megabyte_is_kept_and_harms_nothing(line: str) -> None:
    """It is listed as unread, whole, and the entry after it is read."""
    reading = read_notice(f"{line}\n{ENTRY}".encode(), "n.txt")
    assert [(block.lines, block.places[0].code) for block in reading.blocks] == [((2, 3), "IE")]
    assert [told.text for told in reading.unread] == [line.strip()]


def test_escapes_and_markup_of_a_terminal_stay_text() -> None:
    """A term is kept character by character; what shows it decides how."""
    term = "\x1b[31m[bold red]email[/bold red]\x1b[0m =1+1"
    reading = read_notice(f"Personal Data: {term}; Usage Data".encode(), "n.txt")
    assert [told.text for told in reading.blocks[0].data] == [term, "Usage Data"]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("\ufeffDonnées personnelles : Données d’utilisation".encode(), "utf-8 with a mark.txt"),
        ("Données personnelles : Données d’utilisation".encode("utf-16"), "utf-16.txt"),
        ("Données personnelles : Données d’utilisation".encode("cp1252"), "windows.txt"),
        (
            '<meta charset="iso-8859-15"><p>Données personnelles : Données d\'utilisation</p>'.encode(
                "iso-8859-15"
            ),
            "declared.html",
        ),
    ],
)
def test_the_usual_encodings_are_read(content: bytes, name: str) -> None:
    """By mark, by declaration, as UTF-8, or as Windows wrote it."""
    reading = read_notice(content, name)
    assert reading.language == "fr"
    assert reading.blocks[0].data[0].text.replace("’", "'") == "Données d'utilisation"


def test_every_line_with_words_is_accounted_for() -> None:
    """A line is in a fact, an entry, an understood class or unread, and unread ones carry their words."""
    text = f"Title of it\n\nSomething odd.\n* * *\n{ENTRY}Retention: a year\n- stray point\nTail: end"
    reading = read_notice(text.encode(), "n.txt")
    rows = {number for number, row in enumerate(text.split("\n"), start=1) if re.search(r"\w", row)}
    unread = {told.lines[0]: told.text for told in reading.unread}
    assert read_lines(reading) | set(unread) == rows
    assert unread == {3: "Something odd.", 8: "- stray point", 9: "Tail: end"}
