"""HTML to lines, as a stream of events: no tree is built, so nesting and size cost no more than reading does."""

from lxml import etree

from ropa.notices.source import Line, clean, has_words

_ASIDE = frozenset("script style head template nav".split())
_BREAKS = frozenset(
    "address article aside blockquote body br caption dd details div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr html label legend li main ol option p pre section summary table tbody textarea "
    "tfoot thead title tr ul".split()
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}


def html_lines(page: str) -> tuple[Line, ...]:
    """The visible text of a page, one line per paragraph, heading, list item or table row; blank lines left out.

    script, style, head, template and nav are set aside. Entities of HTML become their characters; a page cannot
    define its own, and nothing outside the page is ever fetched.
    """
    target = _Lines()
    parser = etree.HTMLParser(
        target=target, encoding="utf-8", huge_tree=True, no_network=True, remove_comments=True
    )
    parser.feed(page.encode("utf-8", "replace"))
    parser.close()
    return tuple(target.lines)


class _Lines:
    """Collects text between the tags that break lines."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._text: list[str] = []
        self._aside = 0
        self._level = 0
        self._bullet = False
        self._pre = 0

    def start(self, tag: str | bytes, attrib: object) -> None:  # noqa: ARG002 (lxml names it)
        tag = str(tag)
        if tag in _ASIDE:
            self._aside += 1
        if tag in _BREAKS:
            self._break()
        if tag in {"td", "th"} and has_words("".join(self._text)):
            self._text.append(" | ")
        if tag in _HEADINGS:
            self._level, self._bullet = _HEADINGS[tag], False
        elif tag == "li":
            self._bullet = True
        elif tag == "pre":
            self._pre += 1

    def end(self, tag: str | bytes) -> None:
        tag = str(tag)
        if tag in _ASIDE:
            self._aside -= 1
        if tag in _BREAKS:
            self._break()
        if tag in _HEADINGS:
            self._level = 0
        elif tag == "li":
            self._bullet = False
        elif tag == "pre":
            self._pre -= 1

    def data(self, data: str | bytes) -> None:
        if self._aside:
            return
        text = str(data)
        first, *others = text.split("\n") if self._pre else [text]
        self._text.append(first)
        for other in others:
            self._break()
            self._text.append(other)

    def comment(self, text: str | bytes) -> None:
        """A comment is no text of the page."""

    def close(self) -> None:
        self._break()

    def _break(self) -> None:
        text = clean("".join(self._text))
        self._text.clear()
        if has_words(text):
            self.lines.append(Line(len(self.lines) + 1, text, self._level, self._bullet))
            self._bullet = False
