"""From the text that was saved to the record, or to every mistake with its line."""

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, ValidationError

from ropa.cli.editing.marks import Mistake
from ropa.cli.naming import Naming, resolved
from ropa.errors import Refused
from ropa.model.align import pairs
from ropa.model.canonical import plain
from ropa.model.common import Documented
from ropa.model.explain import troubles
from ropa.model.register import Register
from ropa.model.renumber import numbers_parts, with_numbers
from ropa.model.walk import FieldSaid, fields, mentions
from ropa.sheets.record_text.read import Misread, Path, Typed, read_record_text
from ropa.words import listing


class Mistaken(Exception):
    """A text that makes no record yet."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        super().__init__(f"{len(mistakes)} mistakes")
        self.mistakes = sorted(mistakes, key=lambda one: one.line)


class Saved:
    """A text that was saved: the record that it makes, and the lines on which its values stand."""

    def __init__(self, text: str, base: Documented, naming: Naming) -> None:
        """Read the text of a record that was `base` when it was opened. Raises Mistaken, with every mistake."""
        try:
            self._typed: Typed = read_record_text(text, type(base))
        except Misread as trouble:
            raise Mistaken([Mistake(trouble.line, _words(trouble))]) from None
        if gone := [
            f.name
            for f in fields(type(base))
            if getattr(base, f.name) not in (None, (), "") and not self._stands(f.name)
        ]:
            raise Mistaken([Mistake(0, _lines_gone(gone))])
        self.record = self._record(base, naming)

    def at(self, troubles: Sequence[Refused], cls: type[BaseModel]) -> Mistaken:
        """Troubles of the record, each at the line that it speaks of: "PA-0001: recipients 2"."""
        return Mistaken([Mistake(self.line(_path(one, cls)), _words(one)) for one in troubles])

    def refuse_unknown(self, record: Documented, register: Register) -> None:
        """Raise Mistaken where the record names what is not there: it was taken out since the text was opened."""
        gone = [one for one in mentions(record) if one.ref not in register.records.get(one.kind, {})]
        if gone:
            raise Mistaken(
                [Mistake(self.line(_steps(m.path)), f"'{m.ref}' was taken out meanwhile.") for m in gone]
            )

    def line(self, path: Path) -> int:
        """The line of a value, or of what it would stand in."""
        return self._typed.line(path)

    def _stands(self, name: str) -> bool:
        return name == "ref" or (name,) in self._typed.lines

    def _record(self, base: Documented, naming: Naming) -> Documented:
        cls, found = type(base), list[Mistake]()
        named = {(one.kind, one.ref) for one in mentions(base)}

        def ref_of(known: FieldSaid, words: str, path: Path) -> str:
            if (
                known.names,
                words,
            ) in named:  # it may have another ref meanwhile, which the merge puts in its place
                return words
            try:
                return naming.ref_of(known, words)
            except Refused as trouble:
                found.append(Mistake(self.line(path), _words(trouble)))
                return words

        said = {"ref": base.ref, **resolved(cls, self._typed.said, ref_of)}
        if said["ref"] != base.ref:
            what = (
                f"the ref is {base.ref}, and is not changed here. To give another: ropa … rename {base.ref}"
            )
            found.append(Mistake(self.line(("ref",)), what))
        try:
            said = _following(cls, said, plain(base))
            record = cls.model_validate(said)
        except Refused as trouble:
            raise Mistaken([*found, *self.at([trouble], cls).mistakes]) from None
        except ValidationError as error:
            unnamed = {one.line for one in found}
            faults = zip(error.errors(include_url=False), troubles(error, cls), strict=True)
            more = [Mistake(self.line(fault["loc"]), _words(one)) for fault, one in faults]
            raise Mistaken([*found, *(one for one in more if one.line not in unnamed)]) from None
        if found:
            raise Mistaken(found)
        return record


def _lines_gone(names: Sequence[str]) -> str:
    """What to do where the lines of fields that say something are gone: the text may have been cut off."""
    one = names[0]
    stood = f"{listing(names)} said something, and {'their lines are' if names[1:] else 'its line is'} gone."
    return (
        f"{stood} To empty a field, leave its line with nothing behind the colon ({one}:); else put it back."
    )


def _following(cls: type[BaseModel], said: dict[str, Any], base: dict[str, Any]) -> dict[str, Any]:
    """The plain data in which numbers that were left alone follow the parts that they named.

    Where a number was changed by hand, all stand as they are: whoever counts again has counted.
    """
    moved: dict[str, dict[int, int | None]] = {}
    for known in fields(cls):
        if known.part and known.many and isinstance(said.get(known.name, []), list):
            before, after = base.get(known.name, []), said.get(known.name, [])
            if not all(isinstance(part, dict) for part in after):
                return said
            same = pairs(known.part, before, _standard(known.part, after))
            moved[known.name] = {n + 1: same[n] + 1 if n in same else None for n in range(len(before))}
    if all(n == m for each in moved.values() for n, m in each.items()) or _counted_again(
        cls, said, base, moved
    ):
        return said
    return with_numbers(cls, said, lambda name, one: _moved(moved, name, one))


def _moved(moved: dict[str, dict[int, int | None]], name: str, one: Any) -> Any:
    number = int(one) if str(one).isdecimal() else 0
    return moved.get(name, {}).get(number, one)


def _standard(cls: Any, parts: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Parts as the register spells them, where they are right already."""
    found = []
    for part in parts:
        try:
            found.append(plain(cls.model_validate(part)))
        except ValidationError:
            found.append(part)
    return found


def _counted_again(cls: Any, said: dict[str, Any], base: dict[str, Any], moved: Any) -> bool:
    """Whether a part that was there before names other numbers now."""
    for known in fields(cls):
        for own in fields(known.part) if known.part and known.many else ():
            if numbers_parts(own, cls) or own.name == "about":
                for n, m in moved.get(known.name, {}).items():
                    if m is not None and _texts(base[known.name][n - 1], own) != _texts(
                        said[known.name][m - 1], own
                    ):
                        return True
    return False


def _texts(part: dict[str, Any], own: FieldSaid) -> list[str]:
    value = part.get(own.name, [])
    return list(map(str, value if isinstance(value, list) else [value]))


def _path(trouble: Refused, cls: type[BaseModel]) -> Path:
    """The path that a trouble gives in words behind the ref, "PA-0001: purposes 2", and the field with which it begins."""
    path: list[str | int] = []
    within: Any = cls
    for piece in trouble.at.split(": ")[1:]:
        words, _, number = piece.rpartition(" ")
        title = words if number.isdecimal() else piece
        known = next((f for f in fields(within) if title in (f.title.lower(), f.name)), None)
        if known is None:
            return tuple(path)
        path += [known.name, int(number) - 1] if number.isdecimal() else [known.name]
        within = known.part or within
    begun = [
        f
        for f in fields(within)
        if trouble.what.lower().startswith((f"{f.title.lower()} ", f"{f.title.lower()}:"))
    ]
    return (*path, *(f.name for f in begun[:1]))


def _steps(dotted: str) -> Path:
    """The path of a mention, "recipients.1.organisation", as this room counts."""
    return tuple(int(step) - 1 if step.isdecimal() else step for step in dotted.split("."))


def _words(trouble: Refused) -> str:
    """What is wrong and what to do, without where: the line says that."""
    return f"{trouble.what} {trouble.do}".strip()
