"""The first sheet: whose form this is and how sure its headings are, of which day and revision, what is blank in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from ropa.model.activity import Activity
from ropa.model.organisation import Organisation
from ropa.sheets.forms.declare import ALWAYS, APPLIES, Head
from ropa.sheets.forms.speech import Speech
from ropa.sheets.forms.tally import Counted, Tally
from ropa.sheets.layout import Asked
from ropa.sheets.proof.stamp import AS_OF, DIGEST, HASH, LAID_OUT, REVISION, Stamp, laid_out_as
from ropa.sheets.table import Blank, DigestHere, Page

Line = tuple[str, str, str]


@dataclass(frozen=True)
class Content:
    """What is in a form. other: activities of the other role, which belong in another form. roleless: those without a role."""

    ours: Sequence[Organisation]
    activities: Sequence[Activity]
    roleless: int
    other: int
    sheets: Sequence[tuple[str, str]]


def cover(say: Speech, head: Head, asked: Asked, content: Content, *, tally: Tally, stamp: Stamp) -> Page:
    """The sheet, written when all others are, because it counts what is blank in them."""
    lines = [
        ("title", head.title, ""),
        ("subtitle", say.word("as of", article=head.article, day=asked.on.isoformat()), ""),
        ("line", "", ""),
        *_form(say, head),
        *_content(say, head, content),
        *_blanks(say, tally),
        *_reading(say, content),
        *_check(say, asked, stamp),
    ]
    return Page(say.word("cover"), head.title, lines)


def _form(say: Speech, head: Head) -> Iterator[Line]:
    yield ("heading", say.word("about the form"), "")
    yield ("line", say.word("whose form"), head.authority)
    sure = (
        say.word("held against", file=head.held[head.language])
        if head.held
        else say.word("after a description")
    )
    yield ("line", say.word("how sure"), f"{sure} ({head.seen})")
    yield ("line", "", head.after[head.language])
    yield ("line", say.word("not official"), say.word("not official, meaning", authority=head.authority))
    yield ("line", "", "")


def _content(say: Speech, head: Head, content: Content) -> Iterator[Line]:
    yield ("heading", say.word("what is in it"), "")
    names = "\n".join(one.name for one in content.ours)
    yield ("line", say.word(f"party {head.role}"), names or say.blank)
    yield ("line", say.word("activities"), str(len(content.activities)))
    if content.roleless:
        words = say.word("roleless, meaning", number=content.roleless)
        yield ("line", say.word("roleless"), Blank(words))
    if content.other:
        role = say.word("party processor" if head.role == "controller" else "party controller")
        yield ("line", say.word("not in it"), say.word("other role", number=content.other, role=role))
    yield ("line", "", "")


def _blanks(say: Speech, tally: Tally) -> Iterator[Line]:
    yield ("heading", say.word("what is blank"), "")
    told = say.word("blank cells", blank=tally.blank, partly=tally.partly, cells=tally.cells)
    yield ("line", say.word("left blank"), Blank(told) if tally.blank or tally.partly else told)
    for one in tally.lacking():
        yield ("line", _share(one), _counted(say, one))
    if inside := tally.inside():
        yield ("line", say.word("kept in the house"), "; ".join(inside))
    yield ("line", "", "")


def _share(one: Counted) -> str:
    return f"{one.blank + one.partly} / {one.cells}"


def _counted(say: Speech, one: Counted) -> str:
    more = [say.word("blank in part", number=one.partly)] if one.partly else []
    more += [say.word("asked where it applies")] if one.asks == APPLIES else []
    more += [say.word("asked if wanted")] if one.asks not in (ALWAYS, APPLIES) else []
    more += [say.word("no field here")] if one.by_hand else []
    return f"{one.heading} ({'; '.join(more)})" if more else one.heading


def _reading(say: Speech, content: Content) -> Iterator[Line]:
    yield ("heading", say.word("the sheets"), "")
    yield from (("line", name, title) for name, title in content.sheets)
    yield ("line", "", "")
    yield ("heading", say.word("how to read"), "")
    yield ("line", say.blank.capitalize(), say.word("not recorded, meaning"))
    yield ("line", say.word("does not apply"), say.word("does not apply, meaning"))
    yield ("line", say.word("continued"), say.word("continued, meaning"))
    yield ("line", "", "")


def _check(say: Speech, asked: Asked, stamp: Stamp) -> Iterator[Line]:
    """What tells from where the copy is, in the words that `ropa verify` reads; they are the same in every language."""
    register = asked.register
    yield ("heading", say.word("to check it"), "")
    yield ("line", AS_OF, asked.on.isoformat())
    if register.revision:
        made = (
            f"{datetime.fromisoformat(register.at).astimezone(UTC):%Y-%m-%d %H:%M} UTC"
            if register.at
            else "?"
        )
        yield ("line", REVISION, f"{register.revision}, {made}")
        yield ("line", HASH, register.hash)
    else:
        yield ("line", REVISION, say.word("not stored"))
    yield ("line", LAID_OUT, laid_out_as(stamp))
    yield ("line", DIGEST, DigestHere("waits for the other cells"))
    yield ("line", say.word("how to check"), say.word("how to check, meaning"))
