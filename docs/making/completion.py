"""ropa/cli/completing/words.json: what completion knows without loading the model, walked out of the model.

Fields with their help, closed lists with their labels, the shipped catalogue, rules, layouts, countries.
"""

import json
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from docs.making.fields import parts
from ropa.gaps.rule import SEVERITIES
from ropa.gaps.rules import RULES
from ropa.model.catalogued import CATALOGUES
from ropa.model.codes import PLAIN, vocabulary
from ropa.model.register import KINDS
from ropa.model.walk import FieldSaid, fields, main
from ropa.reference.countries import countries
from ropa.reference.facts import table
from ropa.sheets.layouts import layouts

_NEVER_SET = ("ref", "ours", "provenance", "statements", "sha256")


def words_as_json() -> str:
    """The file, a line an entry so that a change of one field is a change of one line."""
    made: dict[str, Mapping[str, Any]] = {
        "kinds": {kind: cls.__name__ for kind, cls in KINDS.items()},
        "plurals": {kind: [cls.noun, cls.plural] for kind, cls in KINDS.items()},
        "classes": {cls.__name__: _fields(cls) for cls in (*KINDS.values(), *parts().values())},
        "lists": {name: _labels(name) for name in sorted({*_vocabularies(), *PLAIN})},
        "catalogue": {
            kind: {row["slug"]: row["name"] for row in table(name)} for kind, name in CATALOGUES.items()
        },
        "countries": {code: one.name for code, one in sorted(countries().items())},
        "rules": {one.id: one.title for one in RULES.values()},
        "severities": dict.fromkeys(SEVERITIES, ""),
        "layouts": {name: one.title for name, one in layouts().items()},
    }
    return json.dumps(made, ensure_ascii=False, indent=1, sort_keys=False)


def _fields(cls: type[BaseModel]) -> dict[str, dict[str, Any]]:
    return {said.name: _said(said) for said in fields(cls) if said.name not in _NEVER_SET}


def _said(said: FieldSaid) -> dict[str, Any]:
    """What completion asks of a field; what is empty is left out."""
    part = said.part
    known = {
        "help": said.help,
        "shape": said.shape,
        "many": said.many,
        "list": said.vocabulary,
        "names": said.names,
        "part": part.__name__ if part else "",
        "main": main(part) if part else "",
    }
    return {key: value for key, value in known.items() if value}


def _vocabularies() -> set[str]:
    every = [*KINDS.values(), *parts().values()]
    return {said.vocabulary for cls in every for said in fields(cls) if said.vocabulary}


def _labels(name: str) -> dict[str, str]:
    words = vocabulary(name)
    meanings: Mapping[str, str] | None = getattr(words, "meanings", None)
    return {code: meanings[code] if meanings else words.label(code) for code in words.codes}
