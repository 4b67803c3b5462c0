"""`ropa NOUN set`: the same fields of one record, of several, or of all that fit filters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ropa.cli.changing import once
from ropa.cli.console import talk
from ropa.cli.meant import meant
from ropa.cli.naming import with_named
from ropa.cli.noun import Noun
from ropa.cli.session import opened, write
from ropa.compare import Change, applied
from ropa.errors import Refused
from ropa.model.assign import assign, is_expression, lists_in
from ropa.model.calling import called
from ropa.model.canonical import plain
from ropa.model.common import Documented
from ropa.model.find import among
from ropa.model.nothing import why_none
from ropa.model.places import NoPart, parts_at
from ropa.model.register import Register
from ropa.model.select import Test, part_fits, select

_NAMED = 12
"""Records that are named in one line."""


def set_fields(
    noun: Noun,
    words: Sequence[str],
    wanted: Mapping[str, Sequence[str]],
    *,
    where: Sequence[str] | None,
    text: str,
    db: str,
    **manners: Any,
) -> None:
    """Change the same fields of one or more records: refs or names come first, expressions after them.

    wanted, where, text: filters that choose the records in place of refs; with refs, both must fit. What they say of the
    parts of a list says which of these are meant, too.
    """
    from ropa.store.load import load

    first = next((n for n, word in enumerate(words) if is_expression(word)), len(words))
    refs, values = words[:first], words[first:]
    filtered = any(wanted.values()) or bool(where) or bool(text.strip())
    if not values or not (refs or filtered):
        missing = "nothing to set" if refs or filtered else "no record named"
        raise Refused(f"{missing}.", do=f"Say both: ropa {noun.word} set REF FIELD=VALUE")
    store = opened(db)
    register = load(store)
    records = {r.ref: r for r in (meant(register, noun.cls, ref, ours=noun.ours) for ref in refs)}
    if filtered:
        fitting = {r.ref: r for r in select(register, noun.cls, wanted, text=text, where=where or ())}
        records = {
            ref: r
            for ref, r in (records or among(register, noun.cls, ours=noun.ours)).items()
            if ref in fitting
        }
        if not records:
            every = list(among(register, noun.cls, ours=noun.ours).values())
            why = [*why_none(register, noun.cls, every, wanted), f"See them: ropa {noun.word} list"]
            raise Refused(f"no {noun.many} fit; nothing was written.", do=" ".join(why))
    lists = dict.fromkeys(path for expression in values for path in lists_in(noun.cls, expression))
    tests = {path: part_fits(register, noun.cls, path, wanted, where or ()) for path in lists}
    setting = _Setting(noun, values, {path: test for path, test in tests.items() if test}, by_ref=bool(refs))
    changes, along = setting.changes(register, list(records.values()))
    by_filter = filtered and not refs  # nobody has seen yet which record it is
    write(store, register, changes, along=along, remarks=setting.tell_left, always_ask=by_filter, **manners)


@dataclass(frozen=True)
class _Setting:
    """What is to be set. tests: list of parts → which of its parts the filters mean. by_ref: whether the records were named.

    left: why records stay as they are → these. A record that was not named, and has no part that is meant, is left so.
    """

    noun: Noun
    values: Sequence[str]
    tests: Mapping[str, Test]
    by_ref: bool
    left: dict[str, list[str]] = field(default_factory=dict)

    def changes(self, register: Register, records: Sequence[Documented]) -> tuple[list[Change], int]:
        """The changes to the records after those of catalogue records that come along, and how many these are."""
        found: list[Change] = []
        after = register
        for record in records:
            said = self._said(record, alone=len(records) == 1)
            new = once(with_named(after, self.noun.cls, said, before=record), after, self.values)
            found += new
            if len(new) > 1:  # what came along is there for the next record
                after = applied(after, new)
        if self.left and all(change.before == change.record for change in found):
            what, who = next(iter(self.left.items()))
            raise Refused(f"{what}; nothing was written.", at=who[0], do=_more(who[1:]))
        return found, len(found) - len(records)

    def _said(self, record: Documented, *, alone: bool) -> dict[str, Any]:
        """The plain data of a record with everything set."""
        said = plain(record)
        meant = {path: parts_at(record, said, path, test) for path, test in self.tests.items()}
        for expression in self.values:
            try:
                assign(said, self.noun.cls, expression, meant)
            except Refused as trouble:
                if not isinstance(trouble, NoPart) or self.by_ref:
                    at = "" if alone and self.by_ref else called(record)
                    raise Refused(trouble.what, at=trouble.at or at, do=trouble.do) from None
                self.left.setdefault(trouble.what.rstrip("."), []).append(called(record))
        if said.get("ref") != record.ref:
            raise Refused("a ref is not set like a field.", at=record.ref)
        return said

    def tell_left(self) -> None:
        """Say which records stay as they are, and why."""
        for what, who in self.left.items():
            talk(f"Left as it is: {', '.join(who[:_NAMED])}: {what}. {_more(who[_NAMED:])}".rstrip())


def _more(who: Sequence[str]) -> str:
    return f"So it is with {len(who)} more." if who else ""
