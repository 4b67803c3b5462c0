"""The state and the trend as pictures within the page. Each says in words what it shows; the tables beside them have the numbers."""

from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element

from ropa.gaps.overview import GAPS, Overview, Theme
from ropa.gaps.trend import Point
from ropa.sheets.gapfiles import words
from ropa.sheets.gapfiles.element import add, element

COLOURS: Mapping[str, str] = {"missing": "#9B1C1C", "risk": "#D98200", "quality": "#5B6673"}
"""A severity → its colour: apart also for who sees no red, by their lightness."""
_WIDE, _ROW, _NAME, _BAR = 760, 30, 180, 260
_HIGH, _FOOT, _HEAD = 200, 30, 24


def state(themes: Sequence[Theme]) -> Element:
    """A bar a theme: how much of what was asked is answered; behind it what is open."""
    high = _ROW * len(themes) + 8
    picture = _picture(
        high,
        "How much is answered, theme by theme",
        "; ".join(f"{one.name}: {one.score.text}, {_open(one)}" for one in themes),
    )
    for number, one in enumerate(themes):
        top = _ROW * number + 8
        add(picture, _text(one.name, _NAME - 10, top + 13, anchor="end"))
        add(picture, _bar(_NAME, top, _BAR, 18, "#E3E7EC"))
        if one.score.asked:
            add(picture, _bar(_NAME, top, _BAR * one.score.met / one.score.asked, 18, "#1F3864"))
        add(picture, _text(one.score.text, _NAME + _BAR + 10, top + 13))
        for place, severity in enumerate(GAPS):
            if count := one.open[severity]:
                add(picture, _chip(_WIDE - 120 + 40 * place, top, str(count), severity))
    return picture


def trend(told: Overview) -> Element:
    """A column a month's end: the open gaps, those that the law asks for at the bottom."""
    points = told.trend
    picture = _picture(
        _HEAD + _HIGH + _FOOT,
        "Open gaps at the end of each month",
        "; ".join(f"{words.month(one, told)}: {one.total}" for one in points),
    )
    most = max(one.total for one in points) or 1
    step = (_WIDE - 20) / len(points)
    for number, one in enumerate(points):
        left, base = 10 + step * number, float(_HEAD + _HIGH)
        wide = min(step * 0.66, 46.0)
        middle = left + step / 2
        for severity in GAPS:
            high = _HIGH * one.open[severity] / most
            base -= high
            if high:
                add(picture, _bar(middle - wide / 2, base, wide, high, COLOURS[severity]))
        add(picture, _text(str(one.total), middle, base - 5, anchor="middle", weight="bold"))
        add(picture, _text(_day(one, told), middle, _HEAD + _HIGH + 18, anchor="middle", size=11))
    add(picture, _bar(10, _HEAD + _HIGH, _WIDE - 20, 1, "#5B6673"))
    return picture


def _day(one: Point, told: Overview) -> str:
    return "now" if one is told.trend[-1] else words.month(one, told)


def legend() -> Element:
    """Which colour is which severity."""
    marks = []
    for severity in GAPS:
        mark = element(
            "svg", _bar(0, 0, 12, 12, COLOURS[severity]), width="12", height="12", aria_hidden="true"
        )
        marks.append(element("span", mark, f" {words.SAID[severity]}", class_="mark"))
    return element("p", *marks, class_="legend")


def _open(theme: Theme) -> str:
    said = [f"{count} {words.SAID[severity]}" for severity, count in theme.open.items() if count]
    return ", ".join(said) or "nothing open"


def _picture(high: int, title: str, description: str) -> Element:
    return element(
        "svg",
        element("title", title),
        element("desc", description),
        viewBox=f"0 0 {_WIDE} {high}",
        role="img",
        aria_label=f"{title}. {description}",
    )


def _bar(left: float, top: float, wide: float, high: float, colour: str) -> Element:
    return element("rect", x=left, y=top, width=max(wide, 0.0), height=high, fill=colour)


def _chip(left: float, top: float, text: str, severity: str) -> Element:
    ink = "#000000" if severity == "risk" else "#FFFFFF"
    chip = element("g", _bar(left, top, 34, 18, COLOURS[severity]))
    add(chip, _text(text, left + 17, top + 13, anchor="middle", fill=ink))
    return chip


def _text(
    text: str,
    left: float,
    top: float,
    *,
    anchor: str = "start",
    weight: str = "normal",
    size: int = 13,
    fill: str = "#1B1F24",
) -> Element:
    return element(
        "text",
        text,
        x=left,
        y=top,
        text_anchor=anchor,
        font_size=size,
        font_weight=weight,
        fill=fill,
    )
