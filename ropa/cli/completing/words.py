"""What completion knows of the model, from words.json, which `make docs` writes out of the model itself."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any


@cache
def known() -> Mapping[str, Any]:
    """kinds, plurals, classes, lists, catalogue, countries, rules, severities, layouts: see docs/making/completion.py."""
    found: Mapping[str, Any] = json.loads(Path(__file__).with_name("words.json").read_text(encoding="utf-8"))
    return found


def fields_of(cls: str) -> Mapping[str, Mapping[str, Any]]:
    """The fields of a record or part by the name of its class: help, shape, many, list, names, part, main."""
    found: Mapping[str, Mapping[str, Any]] = known()["classes"][cls]
    return found
