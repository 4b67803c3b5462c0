"""The gap analysis as one page for a browser: complete in itself, without a script, without a network, to be read and printed."""

from collections.abc import Iterator, Sequence
from typing import BinaryIO
from xml.etree.ElementTree import Element

from ropa.gaps.grouping import Group
from ropa.gaps.groupwords import closing, headed, where
from ropa.gaps.overview import Desk, Overview
from ropa.sheets.gapfiles import picture, words
from ropa.sheets.gapfiles.element import Child, as_html, data, element

_STYLE = """
:root{color-scheme:light}
body{font:16px/1.5 system-ui,"Segoe UI",Roboto,Helvetica,Arial,sans-serif;color:#1B1F24;background:#fff;margin:0 auto;
max-width:60rem;padding:1.5rem}
h1{font-size:1.9rem;line-height:1.2;color:#1F3864;margin:0 0 .25rem}
h2{font-size:1.35rem;color:#1F3864;border-bottom:2px solid #1F3864;margin:2.2rem 0 .8rem;padding-bottom:.2rem}
h3{font-size:1.05rem;margin:1.3rem 0 .2rem}
p{margin:.3rem 0}
.stand{color:#4A5560}
.verdict{font-size:1.15rem;background:#F2F5F9;border-left:5px solid #1F3864;padding:.7rem 1rem;margin:1rem 0}
.note{background:#FFF6DD;border-left:5px solid #D98200;padding:.4rem 1rem}
table{border-collapse:collapse;width:100%;margin:.6rem 0;font-size:.93rem}
th,td{text-align:left;padding:.3rem .5rem;border-bottom:1px solid #D5DAE0;vertical-align:top;overflow-wrap:anywhere}
th{background:#F2F5F9}
td.n,th.n{text-align:right;white-space:nowrap}
svg[role=img]{width:100%;height:auto;display:block;margin:.6rem 0}
.legend .mark{margin-right:1.2rem}
ol.first>li{margin:.7rem 0}
.law,.ask,.do{margin:.1rem 0 .1rem 1rem}
.law{color:#4A5560;font-size:.93rem}
.out{color:#9B1C1C;font-weight:bold}
code{font:.88rem/1.4 ui-monospace,Consolas,monospace;background:#F2F5F9;padding:.1rem .3rem;overflow-wrap:anywhere}
.box{display:inline-block;width:.8em;height:.8em;border:1.5px solid #4A5560;margin-right:.5em}
ul.asked{list-style:none;padding-left:.2rem}
ul.asked li{margin:.35rem 0}
p,li,h1,h3{overflow-wrap:anywhere}
nav ul{display:flex;flex-wrap:wrap;gap:.3rem 1.2rem;list-style:none;padding:0;margin:.6rem 0}
a{color:#1F3864}
@media print{body{max-width:none;padding:0;font-size:10.5pt}nav{display:none}
h2,h3{break-after:avoid}li,.point,tr,svg{break-inside:avoid}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
@page{margin:15mm}
"""
_SAFE = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""What the page may load: nothing. Even what slipped through as markup could call nobody."""


def write_page(told: Overview, file: BinaryIO) -> None:
    """The state, what matters first, who must answer what, and every open point."""
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=_SAFE),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("title", f"{words.title(told)}, {told.memo.as_of}"),
        element("style", _STYLE),
    )
    sections = list(_sections(told))
    links = [
        element("li", element("a", title, href=f"#part-{n}")) for n, (title, _) in enumerate(sections, 1)
    ]
    main = element(
        "main",
        *(
            element("section", element("h2", title, id=f"part-{n}"), *content, aria_labelledby=f"part-{n}")
            for n, (title, content) in enumerate(sections, 1)
        ),
    )
    nav = element("nav", element("ul", *links), aria_label="On this page")
    body = element("body", element("header", *_top(told)), nav, main)
    file.write(as_html(element("html", head, body, lang="en")))


def _top(told: Overview) -> Iterator[Element]:
    yield element("h1", data(words.title(told)))
    yield element("p", data(words.stand(told)), class_="stand")
    yield element("p", data(" ".join(words.verdict(told))), class_="verdict")
    for notice in told.memo.notices:
        yield element("p", "Note: ", data(notice), class_="note")


def _sections(told: Overview) -> Iterator[tuple[str, list[Element]]]:
    if told.first:
        yield "What matters first", [element("ol", *map(_first, told.first), class_="first")]
    if told.themes:
        yield "The state, theme by theme", list(_state(told))
    if told.trend:
        yield "The trend", list(_trend(told))
    if told.desks:
        yield "Who must answer what", list(_desks(told.desks))
    for heading, groups in headed(told.memo.groups):
        yield heading, [_point(group, given=told.given) for group in groups]
    if told.memo.waived:
        kept = [f"{one.title}: {where(one)} ({one.until})" for one in told.memo.waived]
        yield "Accepted on purpose", [element("ul", *(element("li", data(text)) for text in kept))]
    yield "How to read it", list(_how(told))


def _first(group: Group) -> Element:
    title: list[Child] = [element("strong", group.title)]
    if group.expired:
        title += [" ", element("span", "ran out", class_="out")]
    return element("li", *title, ": ", data(where(group)), *_say(group), _ask(group))


def _say(group: Group) -> list[Element]:
    return [element("p", data(group.say))] if group.say else []


def _ask(group: Group) -> Element:
    return element("p", "Ask ", data(", ".join(group.ask)), f": {group.question}", class_="ask")


def _state(told: Overview) -> Iterator[Element]:
    yield picture.state(told.themes)
    yield picture.legend()
    yield _table(
        ["Theme", "answered", *words.SAID.values()],
        [[one.name, one.score.text, *map(str, one.open.values())] for one in told.themes],
    )
    if told.memo.worst:
        worst = ", ".join(f"{ref} {score}" for ref, score in told.memo.worst)
        yield element("p", f"Least complete: {worst}.")


def _trend(told: Overview) -> Iterator[Element]:
    yield element("p", words.TREND)
    if len(told.trend) > 1:
        yield picture.trend(told)
        yield picture.legend()
    yield _table(
        ["End of", *words.SAID.values(), "all", "answered"],
        [
            [words.month(one, told), *map(str, one.open.values()), str(one.total), one.score.text]
            for one in told.trend
        ],
    )


def _desks(desks: Sequence[Desk]) -> Iterator[Element]:
    yield _table(["Who", *words.SAID.values()], [[one.name, *map(str, one.open.values())] for one in desks])
    for desk in desks:
        yield element("h3", data(desk.name))
        asked = [
            element("li", element("span", class_="box"), f"{one.question} ", data(f"({where(one)})"))
            for one in desk.groups
        ]
        yield element("ul", *asked, class_="asked")


def _point(group: Group, *, given: bool) -> Element:
    lines = [
        element("h3", group.title),
        element("p", data(where(group))),
        *_say(group),
        element("p", f"{group.law} ({group.rule})", class_="law"),
        _ask(group),
    ]
    for lead, command in (("Do: ", group.do), ("Or: ", group.otherwise)):
        if command and not given:
            lines.append(element("p", lead, element("code", command), class_="do"))
    if group.do and not given and (rest := closing(group)):
        lines.append(element("p", f"({rest})", class_="do"))
    return element("div", *lines, class_="point")


def _how(told: Overview) -> Iterator[Element]:
    for term, said in words.READING:
        yield element("p", element("strong", term), f": {said}")
    yield element("p", f"Facts, and when each was last checked: {words.facts(told)}.")
    if told.report.hash:
        yield element(
            "p", f"Made of revision r{told.report.revision}, hash ", element("code", told.report.hash), "."
        )


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Element:
    columns = [
        element("th", text, scope="col", **({"class_": "n"} if number else {}))
        for number, text in enumerate(head)
    ]
    body = [
        element(
            "tr",
            element("th", data(row[0]), scope="row"),
            *(element("td", text, class_="n") for text in row[1:]),
        )
        for row in rows
    ]
    return element("table", element("thead", element("tr", *columns)), element("tbody", *body))
