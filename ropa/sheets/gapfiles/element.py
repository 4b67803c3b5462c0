"""Elements of a page, made as a tree: every text in it is escaped by who writes the tree."""

from xml.etree.ElementTree import Element, tostring

from ropa.sheets.celltext import cell_text

Child = Element | str


def element(tag: str, *children: Child, **about: str | float) -> Element:
    """An element with its children in their order. A name that Python keeps for itself ends in _, and _ stands for -."""
    made = Element(tag, {name.strip("_").replace("_", "-"): _said(value) for name, value in about.items()})
    add(made, *children)
    return made


def add(to: Element, *children: Child) -> None:
    """Children behind those that are there."""
    for child in children:
        if isinstance(child, Element):
            to.append(child)
        elif len(to):
            to[-1].tail = (to[-1].tail or "") + cell_text(child)
        else:
            to.text = (to.text or "") + cell_text(child)


def data(text: str) -> Element:
    """A text out of the register: its own direction of reading moves nothing around it."""
    return element("bdi", text)


def as_html(page: Element) -> bytes:
    """The page as it is written."""
    text = f"<!DOCTYPE html>\n{tostring(page, encoding='unicode', method='html')}\n"
    return text.encode("utf-8", "backslashreplace")


def _said(value: str | float) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else cell_text(str(value))
