"""Records that are read when they are first asked for: most commands look at a few of thousands."""

from collections.abc import Callable, Collection, ItemsView, Iterator, Mapping, ValuesView
from typing import Any, Protocol, TypeVar

from ropa.model.common import Documented
from ropa.model.walk import FieldSaid, Mention, mentions
from ropa.pause import no_collecting
from ropa.steps import steps

R = TypeVar("R", bound=Documented)
Unread = list[Any]
"""A record that was not read yet, in whatever form its reader knows; a list, which no record is."""


Look = Callable[[FieldSaid, Any], int]
"""Which of several things a value says, a bit for each."""


class Reader(Protocol):
    """Makes records of what was loaded. Every method raises Refused where that is damaged."""

    def read(self, unread: Unread, names: Collection[str] | None = None) -> Any:
        """The record, validated; only these fields of it, where names are given."""

    def written(self, unread: Unread, text: str) -> bool:
        """What `Later.written` asks of a record, without reading it."""

    def looking(self, look: Look) -> Callable[[Unread], int]:
        """What `Later.having` asks of each record, without reading it."""

    def mentions(self, unread: Unread) -> Iterator[Mention]:
        """What `ropa.model.walk.mentions` says of the record, without reading it."""


class Later(Mapping[str, R]):
    """Records of one kind by ref, all there from the beginning, each read once, when it is first asked for."""

    def __init__(self, held: dict[str, R | Unread], reader: Reader) -> None:
        self._held = held
        self._reader = reader

    def __getitem__(self, ref: str) -> R:
        found = self._held[ref]
        if type(found) is list:
            found = self._held[ref] = self._reader.read(found)
        return found  # type: ignore[return-value]

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)

    def __contains__(self, ref: object) -> bool:
        return ref in self._held

    def values(self) -> ValuesView[R]:
        """All records, in their order."""
        return self.whole().values()

    def items(self) -> ItemsView[str, R]:
        """All records by ref, in their order."""
        return self.whole().items()

    @no_collecting()
    def whole(self) -> dict[str, R]:
        """All of them read. Each takes the place in memory of what it was made of."""
        held, read = self._held, self._reader.read
        for ref, found in steps(held.items(), "Reading records", len(held)):
            if type(found) is list:
                held[ref] = read(found)
        return held  # type: ignore[return-value]

    def glances(self, names: Collection[str]) -> dict[str, R]:
        """All of them as far as these fields go: the others are blank, whatever the records say there."""
        read = self._reader.read
        return {ref: read(each, names) if type(each) is list else each for ref, each in self._held.items()}  # type: ignore[misc]

    def written(self, ref: str, text: str) -> bool:
        """Whether a record that was not read yet stands there as a commit of this canonical JSON writes it."""
        return self._reader.written(self._held[ref], text)  # type: ignore[arg-type]

    def having(self, look: Look, wanted: int) -> Iterator[R]:
        """Those whose values, taken together, may have all the bits that are wanted. Others are not read."""
        bits = self._reader.looking(look)
        for ref, found in self._held.items():
            if type(found) is not list or bits(found) & wanted == wanted:
                yield self[ref]

    def mentions(self) -> Iterator[tuple[str, Mention]]:
        """Every mention of another record, after the ref of the one that makes it."""
        for ref, found in self._held.items():
            for mention in self._reader.mentions(found) if type(found) is list else mentions(found):  # type: ignore[arg-type]
                yield ref, mention

    def changed(self, after: Mapping[str, R | None]) -> "Later[R]":
        """The same records with others put in by their refs, or taken out where there is None."""
        held = self._held | {ref: record for ref, record in after.items() if record is not None}
        for ref in after:
            if after[ref] is None:
                held.pop(ref, None)
        return Later(held, self._reader)
