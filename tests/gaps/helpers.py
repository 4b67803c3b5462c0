"""Small registers for the tests of the rules: a complete base, and what a case changes in it."""

import shlex
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from ropa.gaps import Outcome, Report
from ropa.model.assign import assign
from ropa.model.canonical import plain
from ropa.model.common import Documented
from ropa.model.plainregister import KEYS, register_from_plain
from ropa.model.register import KINDS, Register

HERE = Path(__file__).parent
TODAY = date(2026, 11, 24)
NOUNS = {
    "entity": "organisation",
    "vendor": "organisation",
    "retention": "retention_rule",
    "data": "data_category",
    "subject": "subject_category",
}
STANDS_FOR = {
    "TREATY of YEAR": "Treaty between Austria and India of 2012",
    "ACT, section": "Tax Adviser Act, section 8,",
    "EARLIER": "2018-06-01",
    "AUTHORISATION": "general",
    "PROTECTING": "role-based-access",
    "RESTORING": "restore-test",
    "TESTING": "penetration-test",
    "ENCRYPTING": "disk-encryption",
    "OTHER_BASIS": "6(1)(f)",
    "OUTCOME": "low",
    "ANSWER": "not met",
    "NOTICE": "staff",
    "OTHER_GROUND": "6(1)(b)",
    "FOR_SPECIAL": "9(2)(a)",
    "SUPPLIER": "overseas",
    "MODULE": "2",
    "FATE": "archive",
    "COVERS": "HR",
    "SINCE": "2024-01-01",
    "UNTIL": "2027-10-31",
    "CHECKED": "2026-11-02",
    "YES-OR-NO": "yes",
    "SOURCE": "Earlier employer",
    "NUMBER": "40",
    "ENTITY": "acme",
    "ORGANISATION": "bureau",
    "CLIENT": "town",
    "ROLE": "processor",
    "COUNTRY": "AT",
    "RULE": "wages-7y",
    "DATA": "bank-account",
    "SUBJECTS": "employees",
    "MECHANISM": "46-2-c",
    "BASIS": "6(1)(b)",
    "CONDITION": "9(2)(b)",
    "AGE": "15",
    "9(2)(…)": "9(2)(b)",
    "MEASURE": "role-based-access",
    "PERIOD": "P5Y",
    "DATE": "2026-11-01",
    "…": "Answer complaints of customers about late parcels",
}
"""What a user would write for each word that a suggested command leaves open."""


def base(which: str = "controller") -> dict[str, Any]:
    return yaml.safe_load((HERE / "base.yaml").read_text(encoding="utf-8"))[which]


def register(which: str = "controller", changes: dict[str, Any] | None = None) -> Register:
    """The base with the fields of each record of `changes` in place of its own; a record it lacks is added."""
    said = base(which)
    for key, records in (changes or {}).items():
        known = {record["ref"]: record for record in said.setdefault(key, [])}
        for record in records:
            if record["ref"] not in known:
                said[key].append(record)
            else:
                known[record["ref"]].update(record)
    kept = {
        key: [{k: v for k, v in r.items() if v is not None} for r in records] for key, records in said.items()
    }
    return register_from_plain(kept, at="case")


def carried_out(commands: str, before: Register) -> Register:
    """The register after the commands that a finding suggests, with the open words filled in as a user would."""
    for open_word, meant in STANDS_FOR.items():
        commands = commands.replace(open_word, meant)
    records = {(record.kind, record.ref): plain(record) for record in before}
    for command in commands.split(" && "):
        _, noun, verb, ref, *rest = shlex.split(command)
        cls = KINDS[NOUNS.get(noun, noun)]
        if verb == "add":
            verb, ref, rest = "set", "PA-0900", [f"name={ref}", *rest]
        said = records.setdefault((cls.kind, ref), {"ref": ref})
        # The same of several records: "set" and "review" take more refs than one.
        while rest and (cls.kind, rest[0]) in records:
            one = rest.pop(0)
            after = carried_out(
                shlex.join([_, noun, verb, one, *(r for r in rest if (cls.kind, r) not in records)]), before
            )
            records[cls.kind, one] = plain(after.records[cls.kind][one])
        if verb == "remove":
            del records[cls.kind, ref]
        else:
            _change(verb, said, cls, rest)
    keys = {kind: key for key, kind in KEYS.items()}
    after: dict[str, Any] = {}
    for (kind, _), said in records.items():
        after.setdefault(keys[kind], []).append(said)
    return register_from_plain(after, at="mended")


def _change(verb: str, said: dict[str, Any], cls: type[Documented], rest: list[str]) -> None:
    match verb:
        case "set":
            for expression in rest:
                assign(said, cls, expression)
        case "state":
            says = "checked, is right" if rest[0].startswith("ROPA-") else "does not apply"
            kept = [one for one in said.get("statements", []) if one.get("about") != rest[0]]
            said["statements"] = [*kept, {"about": rest[0], "says": says, "reason": rest[2]}]
        case "unstate":
            said["statements"] = [one for one in said["statements"] if one.get("about") != rest[0]]
        case "rename":
            said["name"] = rest[0]
        case "review":
            said["reviewed_on"] = TODAY.isoformat()


def one(report: Report, rule_id: str, ref: str = "PA-0001") -> Outcome:
    (outcome,) = [o for o in report.outcomes if o.rule.id == rule_id and o.record.ref == ref]
    return outcome


def waived(**changes: Any) -> Register:
    waiver = {
        "ref": "W-0001",
        "name": "Purpose of payroll",
        "rule": "ROPA-A104",
        "record_kind": "activity",
        "record": "PA-0001",
        "reason": "HR rewrites it this month",
        "until": "2026-12-31",
    }
    return register(
        changes={"activities": [{"ref": "PA-0001", "purposes": []}]} | {"waivers": [waiver | changes]}
    )
