"""Which notice of the register a reading is a version of."""

from collections.abc import Iterator

from ropa.errors import Ambiguous
from ropa.model.find import find_one
from ropa.model.notice import Notice
from ropa.model.register import Register
from ropa.notices.draft_desk import same, words_of
from ropa.notices.draft_notice import digest
from ropa.notices.reading import NoticeReading


def known_notice(reading: NoticeReading, register: Register, notice: str | None) -> Notice | None:
    """The notice that this is a version of: the one asked for, the one with this very text, or the one that fits.

    It fits where its site or its title is the same, and neither title nor language is another: a site has a privacy
    notice beside its cookie notice, and both in several languages. Raises Ambiguous where several fit, Refused where
    the one asked for is not there.
    """
    if notice is not None:
        return find_one(register, Notice, notice)
    held = register.all(Notice).values()
    wanted = digest(reading.text)
    if found := next((one for one in held if one.sha256 == wanted), None):
        return found
    fitting = [one for one in held if _fits(one, reading)]
    if len(fitting) > 1:
        names = ", ".join(f"{one.ref} ({one.name})" for one in fitting[:5])
        raise Ambiguous(
            f"the notice fits {len(fitting)} notices of the register.", do=f"Say which it is: {names}."
        )
    return fitting[0] if fitting else None


def kind_of(notice: Notice) -> str:
    """How its text was read: text, markdown, html, pdf or docx."""
    return next(iter(_told(notice, "read as")), "text")


def _fits(held: Notice, reading: NoticeReading) -> bool:
    site, title = same(words_of(reading.site)), same(words_of(reading.title))
    if held.language and held.language != reading.language:
        return False
    titles = {same(text) for text in _told(held, "title")}
    if title and titles and title not in titles:
        return False
    same_site = bool(site) and same(held.address or "") == site
    return same_site or (bool(title) and title in (*titles, same(held.name)))


def _told(notice: Notice, topic: str) -> Iterator[str]:
    yield from (told.text for told in notice.told if told.topic == topic and told.text)
