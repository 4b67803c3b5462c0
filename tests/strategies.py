"""Records of every kind for property tests, made by walking the schema: a new field is in them without a change here.

Texts are of every script, with emoji, formula-like beginnings and control characters; no NUL and no half characters, which
the model refuses. Refs name records of the same register.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from hypothesis import strategies as st
from pydantic import BaseModel

from ropa.model.codes import vocabulary
from ropa.model.common import Documented
from ropa.model.register import KINDS, Register
from ropa.model.walk import FieldSaid, fields
from ropa.reference.countries import countries

R = TypeVar("R", bound=Documented)
Refs = Mapping[str, Sequence[str]]

_LETTERS = st.characters(exclude_categories=("Cs",), exclude_characters="\x00")
_NASTY = (
    "=1+1", "+49 40 1", "-2", "@SUM(A1)", "\tx", '=HYPERLINK("http://x.example","y")', "NO", "1e3", "2026-11-24", "null", "~",
    "_x0041_", "<r><t>x</t></r>", "a & b < c > d", "\x1b[31mred", "[bold]x[/bold]", "名前 名前", "اسم عربي", "Ελληνικά", "👩‍👩‍👧 🇳🇴",
    "y", "on", "'quoted'", '"quoted"', "back\\slash", "line\nline", "line\r\nline", "a: b # c", "- a", "\x85\u2028x", "\x7f",
)  # fmt: skip
PERIODS = ("P10Y", "P6M", "P1Y6M", "P30D", "P2W")


def texts() -> st.SearchStrategy[str]:
    """A text that is not blank."""
    return (st.text(_LETTERS, min_size=1, max_size=20) | st.sampled_from(_NASTY)).filter(
        lambda text: bool(text.strip())
    )


_BY_SHAPE: Mapping[str, Callable[[], st.SearchStrategy[Any]]] = {
    "text": texts,
    "day": lambda: st.dates(date(1950, 1, 1), date(2100, 1, 1)),
    "period": lambda: st.sampled_from(PERIODS),
    "country": lambda: st.sampled_from(list(countries())),
    "number": lambda: st.integers(1, 10**6),
    "yes/no": st.booleans,
}


def values(said: FieldSaid, refs: Refs) -> st.SearchStrategy[Any]:
    """One value of a field: the member of a list, where it is one."""
    if said.part:
        return parts(said.part, refs)
    if said.names:
        return st.sampled_from(list(refs[said.names]))
    if said.shape == "code":
        return st.sampled_from(vocabulary(said.vocabulary).codes)
    return _BY_SHAPE[said.shape]()


@st.composite
def _filled(draw: st.DrawFn, cls: type[BaseModel], refs: Refs) -> dict[str, Any]:
    """Some fields of a record or part with values; what must not be left out always, but for the ref."""
    can = [f for f in fields(cls) if f.name != "ref" and (not f.names or refs.get(f.names))]
    chosen = draw(st.sets(st.sampled_from(range(len(can))))) | {n for n, f in enumerate(can) if not f.blank}
    return {
        can[n].name: tuple(draw(st.lists(values(can[n], refs), min_size=1, max_size=3)))
        if can[n].many
        else draw(values(can[n], refs))
        for n in sorted(chosen)
    }


def parts(cls: type[BaseModel], refs: Refs) -> st.SearchStrategy[Any]:
    """A part that says something."""
    return _filled(cls, refs).filter(bool).map(cls.model_validate)


@st.composite
def records(draw: st.DrawFn, cls: type[R], *, ref: str = "", refs: Refs | None = None) -> R:
    """A valid record of that kind. refs: kind → refs that it may name; by default it names itself and nothing else."""
    ref = ref or _refs(cls.kind, 1)[0]
    return cls.model_validate({"ref": ref, **draw(_filled(cls, refs or {cls.kind: [ref]}))})


@st.composite
def registers(draw: st.DrawFn, *, at_most: int = 2) -> Register:
    """A register with up to so many records of each kind, and one activity at least, whose refs all resolve."""
    refs = {kind: _refs(kind, draw(st.integers(1 if kind == "activity" else 0, at_most))) for kind in KINDS}
    return Register.of(
        draw(records(cls, ref=ref, refs=refs)) for kind, cls in KINDS.items() for ref in refs[kind]
    )


def _refs(kind: str, many: int) -> list[str]:
    form = {"activity": "PA-{:04d}", "waiver": "W-{:04d}"}.get(kind, kind.replace("_", "-") + "-{}")
    return [form.format(n) for n in range(1, many + 1)]
