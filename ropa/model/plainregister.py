"""A whole register as plain data (JSON, YAML) and back: kinds in plural, records with their refs."""

from collections.abc import Mapping
from typing import Any

from ropa.errors import Faults, Refused
from ropa.model.canonical import plain
from ropa.model.common import Documented
from ropa.model.explain import read_record
from ropa.model.register import KINDS, Register
from ropa.words import nearest

KEYS: Mapping[str, str] = {
    "organisations": "organisation",
    "data_categories": "data_category",
    "subject_categories": "subject_category",
    "retention_rules": "retention_rule",
    "measures": "measure",
    "systems": "system",
    "notices": "notice",
    "activities": "activity",
    "waivers": "waiver",
    "own_facts": "own_facts",
}
"""Key of a kind in the text of a register → kind."""


def register_as_plain(register: Register) -> dict[str, Any]:
    """The register as plain data; kinds without records are left out."""
    said: dict[str, Any] = {"ropa": 1}
    for key, kind in KEYS.items():
        if records := register.records.get(kind):
            said[key] = [plain(record) for record in records.values()]
    return said


def register_from_plain(said: Any, *, at: str) -> Register:
    """The register that plain data describe. All faults are collected and raised together; `at` names the file."""
    if not isinstance(said, dict) or not any(key in said for key in KEYS):
        raise Refused(
            "is not the text of a register.", at=at, do=f"One of these keys is wanted: {', '.join(KEYS)}."
        )
    faults: list[Refused] = []
    records: list[Documented] = []
    for key, value in said.items():
        if key == "ropa":
            continue
        if key not in KEYS:
            near = nearest(key, list(KEYS))
            faults.append(
                Refused(
                    f"there is no kind of record '{key}'.",
                    at=at,
                    do=f"Did you mean {near[0]}?" if near else "",
                )
            )
            continue
        _read_kind(key, value, at, records, faults)
    register = Register.of(records)
    faults += _twice(records, at)
    faults += [
        Refused(
            f"{mention.path} names the {mention.kind.replace('_', ' ')} '{mention.ref}', which is not there.",
            at=f"{at}: {record.ref}",
        )
        for record, mention in register.dangling()
    ]
    if faults:
        raise faults[0] if len(faults) == 1 else Faults(faults)
    return register


def _read_kind(key: str, value: Any, at: str, records: list[Documented], faults: list[Refused]) -> None:
    if not isinstance(value, list):
        faults.append(Refused(f"'{key}' is not a list.", at=at))
        return
    for n, one in enumerate(value, 1):
        if not isinstance(one, dict):
            faults.append(Refused(f"{key} {n} is not a record with fields.", at=at))
            continue
        try:
            records.append(read_record(KINDS[KEYS[key]], one, at=f"{at}: {one.get('ref') or f'{key} {n}'}"))
        except Faults as several:
            faults += several.each
        except Refused as trouble:
            faults.append(trouble)


def _twice(records: list[Documented], at: str) -> list[Refused]:
    seen: set[tuple[str, str]] = set()
    faults = []
    for record in records:
        if (record.kind, record.ref) in seen:
            faults.append(Refused(f"the ref '{record.ref}' stands twice among the {record.plural}.", at=at))
        seen.add((record.kind, record.ref))
    return faults
