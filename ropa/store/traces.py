"""Where something stands in the history: in which texts, at which fields, and whether it is still in force."""

import re
import shlex
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from ropa.model.canonical import canonical_json
from ropa.model.find import slug

_LONGEST_PATTERN = 200
"""Characters of a text that is looked for as words, in any case; a longer one is looked for letter by letter."""
_ARGUMENT = re.compile(r"([A-Za-z0-9_.*]+)\s*(\+=|-=|=)", re.DOTALL)


@dataclass(frozen=True)
class Trace:
    """A place where something stands: a field of a record after a revision, or actor, why or command of the revision.

    place: the number of the change, or the name of the text. path: of the field, such as purposes.1.text; "" for such a name.
    in_force: whether the record says so now. value: what stands there, where it is taken out.
    """

    revision: int
    place: str
    kind: str = ""
    ref: str = ""
    path: str = ""
    in_force: bool = False
    value: Any = field(default=None, compare=False)


@dataclass(frozen=True)
class Leaf:
    """One value in plain data: where it hangs, and its path, members and parts counted from 1."""

    holder: Any
    key: str | int
    path: str

    @property
    def value(self) -> Any:
        """What stands there."""
        return self.holder[self.key]

    def put(self, value: Any) -> None:
        """Let something else stand there."""
        self.holder[self.key] = value


def leaves(said: Any, above: str = "", *, first: str = "") -> Iterator[Leaf]:
    """Every value in plain data, at any depth. first: only under this field."""
    each: Iterable[tuple[Any, Any]] = enumerate(said) if isinstance(said, list) else list(said.items())
    for key, value in each:
        if first and key != first:
            continue
        path = f"{above}{key + 1 if isinstance(key, int) else key}"
        if isinstance(value, dict | list):
            yield from leaves(value, f"{path}.")
        else:
            yield Leaf(said, key, path)


class Words:
    """Texts that are looked for within others: as whole words, in any case, whatever white space is between them."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.texts = sorted({text for text in texts if re.search(r"\w", text)}, key=len, reverse=True)
        short = [_pattern(text) for text in self.texts if len(text) <= _LONGEST_PATTERN]
        self._long = [text for text in self.texts if len(text) > _LONGEST_PATTERN]
        self._short = re.compile("|".join(short), re.IGNORECASE) if short else None
        self._slugs = {found for text in self.texts if len(found := slug(text)) > 1}
        self._probes = [canonical_json(max(text.split(), key=len))[1:-1].lower() for text in self.texts]

    def stand_in(self, text: str) -> bool:
        """Whether one of them stands in a text."""
        return bool(self._short and self._short.search(text)) or any(long in text for long in self._long)

    def may_stand_in(self, record: str) -> bool:
        """Whether it is worth while to look into the JSON of a record."""
        lowered = record.lower() if self._probes else ""
        return any(probe in lowered for probe in self._probes)

    def without(self, text: str, mark: str) -> str:
        """The text with a mark in their place."""
        for long in self._long:
            text = text.replace(long, mark)
        return self._short.sub(mark, text) if self._short else text

    def name(self, ref: str) -> bool:
        """Whether a ref is made of one of them."""
        return any(f"-{one}-" in f"-{ref}-" for one in self._slugs)


def _pattern(text: str) -> str:
    words = r"\s+".join(map(re.escape, text.split()))
    return rf"(?<!\w){words}(?!\w)"


def without_argument(command: str, name: str, signs: Sequence[str], words: Words, mark: str) -> str:
    """A command line with a mark in place of what it says of a field, and of these words wherever they stand.

    name: the first step of the field. signs: of the arguments that say what is to go: = and += where it came, -= where it went.
    """
    try:
        typed = shlex.split(command)
    except ValueError:  # a line that no shell would take: it was not typed into one
        return words.without(command, mark)
    left = []
    for one in typed:
        found = _ARGUMENT.match(one)
        if found and found[1].partition(".")[0] == name and found[2] in signs:
            left.append(f"{found[0]}{mark}")
        else:
            left.append(words.without(one, mark))
    return command if left == typed else shlex.join(left)


def in_plain(said: Any, words: Words) -> Iterator[Leaf]:
    """The values of plain data in which these words stand."""
    for leaf in leaves(said):
        if isinstance(leaf.value, str) and words.stand_in(leaf.value):
            yield leaf
