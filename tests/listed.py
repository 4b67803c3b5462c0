"""What a published notice says, listed by hand: the yardstick of the tests that walk one from its text to the workbook.

The notice ships retold, and its list with the tests; the notice that was retold is walked as well where it lies beside the tree.
"""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[1]
BESIDE = ROOT.parent / "shared" / "notices"


@dataclass(frozen=True)
class Block:
    """A block as the notice writes it. first, last: its lines, from that of the data to that of the places."""

    data: tuple[str, ...]
    places: tuple[str, ...]
    first: int
    last: int


@dataclass(frozen=True)
class Listed:
    """A notice and what is to be read of it."""

    path: Path
    title: str
    last_updated: date
    controller: str
    contact_email: str
    minimum_age: int
    response_days: int
    services: tuple[str, ...]
    announced: tuple[str, ...]
    blocks: tuple[Block, ...]


def _shipped() -> Listed:
    said: dict[str, Any] = yaml.safe_load((ROOT / "tests" / "data" / "postdicom.yaml").read_text("utf-8"))
    blocks = tuple(
        Block(tuple(one["data"]), tuple(one.get("places", ())), *one["lines"]) for one in said.pop("blocks")
    )
    return Listed(
        ROOT / "data" / "notices" / "postdicom-2026-04-15.txt",
        last_updated=date.fromisoformat(said.pop("last_updated")),
        services=tuple(said.pop("services")),
        announced=tuple(said.pop("announced")),
        blocks=blocks,
        **said,
    )


def _retold() -> Listed:
    said = json.loads((BESIDE / "seed-facts.json").read_text("utf-8"))
    return Listed(
        BESIDE / "seed-notice.txt",
        title=said["title"],
        last_updated=date.fromisoformat(said["last_updated"]),
        controller=said["controller"],
        contact_email=said["contact_email"],
        minimum_age=said["minimum_age"],
        response_days=said["response_time_days"],
        services=tuple(said["named_in_prose"]),
        announced=tuple(said["announced_but_not_given"]),
        blocks=tuple(
            Block(
                tuple(one["personal_data"]),
                tuple(one["places"]),
                one["line"],
                one.get("places_line", one["line"]),
            )
            for one in said["blocks"]
        ),
    )


SHIPPED = _shipped()
LISTED = (SHIPPED, _retold()) if (BESIDE / "seed-facts.json").exists() else (SHIPPED,)
