"""The text of a seal: what happens to it on the way is forgiven, what was copied wrongly is told."""

import re
import textwrap
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropa.errors import Refused
from ropa.store.seal import Seal, read_seal, write_seal

HASH = "71d99840e93c26be23ac11f16274e7a0d3315291f7a2b2c3b93f6584ab40700a"
SEAL = Seal(41, HASH, "2026-03-30 14:02:11", "2026-03-31 15:00:00", "Exempla GmbH", "ropa 0.1.0")
TEXT = write_seal(SEAL)


@given(
    st.builds(
        Seal, st.integers(1, 10**9), st.text("0123456789abcdef", min_size=64, max_size=64), st.just("2026-03-30 14:02:11"),
        st.just("2026-03-31 15:00:00"), st.text(max_size=200), st.just("ropa 0.1.0"),
    )
)  # fmt: skip
def test_a_seal_is_ascii_in_short_lines_and_reads_back(seal: Seal) -> None:
    """Whatever the organisation is called: no mail program has a reason to break or to encode a line."""
    text = write_seal(seal)
    assert text.isascii()
    assert max(map(len, text.split("\n"))) <= 72
    read = read_seal(text.encode())
    assert (read.revision, read.hash, read.made, read.sealed) == (
        seal.revision,
        seal.hash,
        seal.made,
        seal.sealed,
    )


def test_a_name_is_written_without_its_accents() -> None:
    """A hint for the reader, in the letters that a seal has; what has none of them is a question mark, not left out."""
    assert "Register of: Lukasz & Sohne, Strasse 1 ???\n" in write_seal(
        Seal(1, HASH, SEAL.made, SEAL.sealed, "Łukasz & Söhne, Straße 1 株式会", "x")
    )


FORGIVEN = {
    "as a mail quotes it": textwrap.indent(TEXT, "> > "),
    "in a mail with words around it": f"Dear colleague,\n\nhere is the seal:\n\n{TEXT}\n-- \nHead of Legal\n",
    "wrapped": TEXT.replace("Hash:        ", "Hash:\n").replace(" 23ac11f1", "\n23ac11f1"),
    "in capitals": TEXT.upper(),
    "without spaces in the hash": re.sub(r"(?<=[0-9a-f])\s+(?=[0-9a-f]{8}\s)", "", TEXT),
    "with a letter read for a digit": TEXT.replace("71d99840", "7ld9984O"),
    "saved by Windows": TEXT.replace("\n", "\r\n"),
    "with hard spaces": TEXT.replace("  ", "\u00a0 "),
}


@pytest.mark.parametrize("text", FORGIVEN.values(), ids=FORGIVEN)
def test_what_happens_on_the_way_is_forgiven(text: str) -> None:
    """Quoted, wrapped, printed and scanned: it is the same seal."""
    assert read_seal(text.encode()).hash == HASH
    assert read_seal(text.encode("utf-16")).revision == 41
    assert read_seal(text.encode("utf-8-sig")).sealed == "2026-03-31 15:00:00"


@given(st.integers(0, 63), st.sampled_from("0123456789abcdef"))
def test_a_wrong_letter_in_the_hash_is_told(place: int, letter: str) -> None:
    """A slip of the pen is no finding about the register: it must never look like one. The check misses one in 65,536."""
    if HASH[place] == letter:
        return
    wrong = HASH[:place] + letter + HASH[place + 1 :]
    groups = [wrong[n : n + 8] for n in range(0, 64, 8)]
    head, tail = TEXT.split("Hash:")
    text = f"{head}Hash: {' '.join(groups)}\n{tail[tail.index('Check:') :]}"
    with pytest.raises(Refused, match="copied wrongly"):
        read_seal(text.encode())


BAD = {
    "nothing": ("", "holds no seal"),
    "another text": ("Dear colleague", "holds no seal"),
    "a newer one": (TEXT.replace("SEAL 1", "SEAL 2"), "newer ropa"),
    "two": (TEXT + TEXT, "2 seals"),
    "a line twice": (TEXT.replace("Check:", f"Hash: {HASH}\nCheck:"), "'Hash' 2 times"),
    "a letter too few": (TEXT.replace("ab40700a", "ab40700"), "has 63 letters"),
    "a letter too many": (TEXT.replace("ab40700a", "ab40700aa"), "has 65 letters"),
    "a letter that is none": (TEXT.replace("ab40700a", "ab4g700a"), "has a 'g'"),
    "no hash": (re.sub(r"Hash:.*\n.*\n", "", TEXT), "lacks the line 'Hash:'"),
    "no check": (re.sub(r"Check:.*\n", "", TEXT), "lacks the line 'Hash:'|'Check:'"),
    "no revision": (re.sub(r"Revision:.*\n", "", TEXT), "lacks the line 'Revision:'"),
    "another revision": (TEXT.replace("Revision:    41", "Revision:    14"), "copied wrongly"),
    "no day": (TEXT.replace("2026-03-31", "31 March"), "lacks the line 'Sealed:'"),
    "endless": ("ROPA SEAL 1 " + "x" * 1_000_001, "too large"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "said"), BAD.values(), ids=BAD)
def test_what_is_no_seal_is_told_in_one_line(text: str, said: str) -> None:
    """With what is wrong, so that a person can compare it with the paper."""
    with pytest.raises(Refused, match=said) as trouble:
        read_seal(text.encode())
    assert "\n" not in str(trouble.value)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    """Never another error, also in the middle of a seal."""
    for text in (content, TEXT.encode()[:200] + content + TEXT.encode()[200:]):
        with suppress(Refused):
            assert len(read_seal(text).hash) == 64
