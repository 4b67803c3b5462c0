"""Facts that running text of the family states: who, how old, how soon, what for, with whose service."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from ropa.notices.labels import words_of
from ropa.notices.parts import Part
from ropa.notices.phrases import NO_FACT, facts, patterns
from ropa.notices.reading import Announced, Counted, Lines, NamedService, StatedPurpose, Told, Understood
from ropa.notices.units import Unit
from ropa.reference.catalogue import known_vendor
from ropa.words import fold

_LONGEST = 20_000
_CAPITALISED = re.compile(r"[A-ZÀ-ÖØ-Þ0-9][\w&'’.+-]*(?: [A-ZÀ-ÖØ-Þ0-9][\w&'’.+-]*)*")
_LONGEST_ITEM = 120  # without a bullet, only a short line is taken for an item of a list
_MOST_WORDS = 4
_ARTICLES = frozenset("the this that any we you der die das le la les de het il lo el los ce cette".split())
# Vendors whose name is an everyday word: a capital at the start of a sentence does not make it theirs, so they count
# only where a sentence says that they do something, or lists them as services.
_EVERYDAY = frozenset("x fin monday clarity segment notion outlook resend sentry crisp mistral".split())
_OF_A_COOKIE = re.compile(r"[”\"’'“]?\s*cookies?\b", re.IGNORECASE)
"""After the name of a cookie, which is no service: "the 'DoubleClick' cookie"."""
_FOLLOWING = re.compile(
    r"(?:the |le |les |die |de |las? |los )?(?:following|seguenti|folgende[nr]?|suivante?s|volgende|siguientes)\b|utilizzando\b",
    re.IGNORECASE,
)
_ITEMS = "item "
_ANNOUNCES = "announce "
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Passage:
    """Running text: its words and the function that gives the words between two offsets with their lines."""

    text: str
    told: Callable[[int, int], Told]


def passages(parts: Iterable[Part]) -> tuple[Passage, ...]:
    """The running text among the parts; what is longer than any paragraph is left alone."""
    return tuple(_passage(part) for part in parts if part.kind == "prose" and len(part.text) <= _LONGEST)


def _passage(part: Part) -> Passage:
    offset = part.unit.text.find(part.text, part.start)
    return Passage(part.text, lambda start, end: part.unit.told(offset + start, offset + end))


def controller(texts: Iterable[Passage], language: str) -> Told | None:
    """Who is said to be the controller ("X is the Data Controller")."""
    for passage, found in _matches(texts, language, "controller"):
        if fold(found["name"]).split()[0] not in _ARTICLES:
            return passage.told(found.start("name"), found.end("name"))
    return None


def subjects(texts: Iterable[Passage], language: str) -> tuple[Told, ...]:
    """The notice's words for the people whose data it collects, each once."""
    told = [passage.told(*found.span("term")) for passage, found in _matches(texts, language, "subjects")]
    return tuple({one.text: one for one in reversed(told)}.values())[::-1]


def number(texts: Iterable[Passage], language: str, fact: str) -> Counted | None:
    """The number that a fact is given with, or None where the notice gives two different ones."""
    found = list(_matches(texts, language, fact))
    values = {next(int(value) for value in match.groupdict().values() if value) for _, match in found}
    if len(values) != 1:
        return None
    told = found[0][0].told(*_sentence(found[0][0].text, *found[0][1].span()))
    return Counted(values.pop(), told.text, told.lines)


def purposes(texts: Iterable[Passage], language: str) -> tuple[StatedPurpose, ...]:
    """What the notice says data is used for, and the service that the same passage says does it."""
    stated = []
    for passage, found in _matches(texts, language, "purposes"):
        for start, end in _purposes(found["list"], found.start("list"), language):
            told = passage.told(start, end)
            if _FOLLOWING.match(told.text):
                continue  # "for the following purposes" announces them
            stated.append(StatedPurpose(told.text, told.lines, _done_by(told.text, passage, language)))
    return tuple(stated)


def services(texts: Iterable[Passage], language: str) -> tuple[NamedService, ...]:
    """Services of others that running text names: by what it says of them, or because the catalogue knows them."""
    named: dict[str, tuple[str, dict[Lines, None], dict[Told, None]]] = {}
    for passage in texts:
        said = dict(_said(passage, language))
        for start, end in sorted({*said, *in_catalogue(passage.text)}):
            if _OF_A_COOKIE.match(passage.text, end):
                continue
            told = passage.told(start, end)
            _, lines, sentences = named.setdefault(fold(told.text), (told.text, {}, {}))
            lines[told.lines] = None
            if sentence := said.get((start, end)):
                sentences[passage.told(*sentence)] = None
    return tuple(NamedService(name, tuple(lines), tuple(said)) for name, lines, said in named.values())


def lists(
    units: list[Unit], language: str
) -> tuple[tuple[Announced, ...], dict[str, tuple[Told, ...]], list[Told]]:
    """What a notice announces with a colon: the topics whose list is missing, the lists that are there, their leads."""
    missing: list[Announced] = []
    given: dict[str, tuple[Told, ...]] = {}
    leads: list[Told] = []
    heading = ""
    for index, unit in enumerate(units):
        heading = unit.text if unit.level and not unit.text.endswith(":") else heading
        if unit.hits or not unit.text.endswith(":") or len(unit.text) > _LONGEST:
            continue
        topic = _topic(unit.text, language)
        if not topic:
            topic = _topic(heading, language) if _is_listed(units, index + 1) else ""
        if not topic:
            continue
        items = _items(units, index + 1, topic, language)
        told = unit.told()
        if items:
            given[topic] = (*given.get(topic, ()), *items)
            leads.append(told)
        else:
            missing.append(Announced(topic, told.text, told.lines))
    return tuple(one for one in missing if one.topic not in given), given, leads


def understood(texts: Iterable[Passage], language: str) -> Iterator[Understood]:
    """Sentences of the family that define a word or explain a general matter, and state no fact."""
    kinds = [kind for opening in NO_FACT for kind in facts(language, opening)]
    for passage in texts:
        for kind in kinds:
            if any(pattern.search(passage.text) for pattern in patterns(language, kind)):
                told = passage.told(0, len(passage.text))
                yield Understood(kind, told.text, told.lines)
                break


def describes(name: str, following: str, languages: Iterable[str]) -> bool:
    """True when the text after a heading begins "<heading> is a …": the heading is a service's name."""
    if not following.casefold().startswith(name.casefold() + " "):
        return False
    rest = following[len(name) + 1 :]
    return any(pattern.match(rest) for language in languages for pattern in patterns(language, "is_a"))


def _matches(texts: Iterable[Passage], language: str, fact: str) -> Iterator[tuple[Passage, re.Match[str]]]:
    for passage in texts:
        for pattern in patterns(language, fact):
            for found in pattern.finditer(passage.text):
                yield passage, found


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The bounds of the sentence around text[start:end]."""
    after = re.compile(r"[.!?](?=\s|$)").search(text, end)
    return text.rfind(". ", 0, start) + 1, after.end() if after else len(text)


def _purposes(listed: str, offset: int, language: str) -> list[tuple[int, int]]:
    words = "|".join(map(re.escape, sorted(words_of("and", frozenset({language})))))
    joints = [
        (0, 0),
        *(joint.span() for joint in re.finditer(rf",\s+(?:(?:{words})\s+)?|\s+(?:{words})\s+", listed)),
    ]
    stops = [*(start for start, _ in joints[1:]), len(listed)]
    spans = [(offset + joint[1], offset + stop) for joint, stop in zip(joints, stops, strict=True)]
    # "to provide and improve the Service" is one purpose: it is split only where each part stands by itself.
    alone = all(len(listed[start - offset : end - offset].split()) > 1 for start, end in spans)
    return spans if alone else [(offset, offset + len(listed))]


def _done_by(purpose: str, passage: Passage, language: str) -> str | None:
    stems = _stems(purpose)
    for pattern in patterns(language, "handled"):
        for found in pattern.finditer(passage.text):
            if stems & _stems(found["what"]):
                return found["name"]
    return None


def _stems(text: str) -> set[str]:
    return {word[:6] for word in fold(text).split() if len(word) > 5}


def _said(passage: Passage, language: str) -> Iterator[tuple[Span, Span]]:
    """Where a sentence names who does something, or lists services; and where those words of it stand."""
    for pattern in patterns(language, "handled"):
        for found in pattern.finditer(passage.text):
            if _is_name(found["name"]):
                yield found.span("name"), found.span()
    joiners = "|".join(
        map(re.escape, (*sorted(words_of("and", frozenset({language}))), "or", "oder", "ou", "of", "o"))
    )
    for pattern in patterns(language, "such_as"):
        for found in pattern.finditer(passage.text):
            for name in re.finditer(rf"(?:[^,\s]+(?: (?!(?:{joiners}) )[^,\s]+)*)", found["names"]):
                start = name.start() + (led.end() if (led := re.match(rf"(?:{joiners}) ", name[0])) else 0)
                span = found.start("names") + start, found.start("names") + name.end()
                if _is_name(passage.text[slice(*span)]):
                    yield span, found.span()


def _is_name(text: str) -> bool:
    return fold(text).split()[:1] != [] and fold(text).split()[0] not in _ARTICLES


def in_catalogue(text: str) -> Iterator[tuple[int, int]]:
    """The longest runs of capitalised words that the catalogue knows as a vendor or a service."""
    for run in _CAPITALISED.finditer(text):
        words = [
            (run.start() + word.start(), run.start() + word.end()) for word in re.finditer(r"\S+", run[0])
        ]
        index = 0
        while index < len(words):
            for count in range(min(_MOST_WORDS, len(words) - index), 0, -1):
                start, end = words[index][0], words[index + count - 1][1]
                name = re.sub(r"(?:['’]s)?[.,]*$", "", text[start:end])
                if fold(name) not in _EVERYDAY and known_vendor(name) is not None:
                    yield start, start + len(name)
                    index += count - 1
                    break
            index += 1


def services_in(text: str) -> Iterator[str]:
    """The names of vendors and services of the catalogue in a text of any language."""
    yield from (text[start:end] for start, end in in_catalogue(text))


def _topic(text: str, language: str) -> str:
    """The topic whose word stands nearest the colon."""
    at = {
        fact.removeprefix(_ANNOUNCES): found.start()
        for fact in facts(language, _ANNOUNCES)
        for pattern in patterns(language, fact)
        for found in pattern.finditer(text)
    }
    return max(at, key=lambda topic: at[topic]) if at else ""


def _is_listed(units: list[Unit], index: int) -> bool:
    """Whether a list with bullets follows: below a heading it is of what the heading says."""
    return index < len(units) and units[index].bullet


def _items(units: list[Unit], index: int, topic: str, language: str) -> tuple[Told, ...]:
    items: list[Told] = []
    as_list = index < len(units) and units[index].bullet
    for unit in units[index:]:
        short = len(unit.text) <= _LONGEST_ITEM
        fits = short and any(pattern.search(unit.text) for pattern in patterns(language, _ITEMS + topic))
        if unit.hits or unit.level or (not unit.bullet if as_list else not fits):
            break
        items.append(unit.told())
    return tuple(items)
