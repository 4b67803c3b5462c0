"""A published notice comes through the real command, block by block, into the list, the gaps and the workbook."""

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from ropa.reference.countries import country, in_eea
from tests.cli.running import Ropa
from tests.listed import LISTED, Listed

NOT_STATED = {"purposes": "ROPA-A104", "recipients": "ROPA-A106", "retention": "ROPA-A108"}
VAGUE = ("various types of Data", "Data communicated while using the service")
MECHANISM, TRANSFERS = "ROPA-T101", "ROPA-A107"


@dataclass(frozen=True)
class Block:
    """A block as the notice writes it. lines: as provenance gives them."""

    ref: str
    data: tuple[str, ...]
    places: tuple[str, ...]
    lines: str

    @property
    def outside(self) -> list[str]:
        """The codes of its places outside the EEA, in the notice's order."""
        places = [p for p in self.places if p != "European Union"]
        codes = [country(place).code for place in places]
        return [code for code in codes if not in_eea(code, _day())]


def _day() -> Any:
    from ropa.cli.options import today

    return today()


def blocks_in(text: str) -> list[Block]:
    """The blocks of a notice, read as plainly as can be: a line of data, and perhaps a line of places under it."""
    found: list[Block] = []
    lines = [*text.splitlines(), ""]
    for number, (line, below) in enumerate(pairwise(lines), 1):
        if line.startswith("Personal Data: "):
            with_places = below.startswith("Place of processing: ")
            found.append(
                Block(
                    f"PA-{len(found) + 1:04d}",
                    tuple(line.partition(": ")[2].split("; ")),
                    tuple(below.partition(": ")[2].split("; ")) if with_places else (),
                    f"{number}-{number + 1}" if with_places else str(number),
                )
            )
    return found


@pytest.fixture(scope="session", params=LISTED, ids=lambda listed: listed.path.stem)
def listed(request: pytest.FixtureRequest) -> Listed:
    """A notice and the list of its facts."""
    return request.param  # type: ignore[no-any-return]


@pytest.fixture(scope="session")
def notice(listed: Listed) -> Path:
    return listed.path


@pytest.fixture(scope="session")
def imported(notice: Path, tmp_path_factory: pytest.TempPathFactory) -> Ropa:
    """`ropa` in a folder with a register that holds nothing but the notice."""
    ropa = Ropa(tmp_path_factory.mktemp("seed"))
    assert ropa("init").code == 0
    ran = ropa("import", notice, "--yes")
    assert ran.code == 0, ran
    return ropa


@pytest.fixture(scope="session")
def blocks(notice: Path) -> list[Block]:
    return blocks_in(notice.read_text("utf-8"))


def test_the_plain_reading_is_that_of_the_facts(blocks: list[Block], listed: Listed) -> None:
    """The 22 blocks that the other tests walk are those of the list of facts, down to each term, place and line."""
    assert [(b.data, b.places, b.lines) for b in blocks] == [
        (f.data, f.places, f"{f.first}-{f.last}" if f.places else str(f.first)) for f in listed.blocks
    ]


def test_the_list_holds_each_block_as_it_was_written(
    imported: Ropa, blocks: list[Block], notice: Path
) -> None:
    """Each block is a draft with its data, its transfers and its lines, and nothing that the notice does not state."""
    activities = imported("activity", "list", "--json").json
    names = {c["ref"]: c["name"] for c in imported("data", "list", "--json").json}
    assert len(blocks) == 22
    assert [a["ref"] for a in activities[:22]] == [b.ref for b in blocks]
    for block, activity in zip(blocks, activities, strict=False):
        written = [line.get("description") or names[line["category"]] for line in activity["data"]]
        assert [w.casefold() for w in written] == [d.casefold() for d in block.data], block.ref
        assert [leg["destination"] for leg in activity.get("transfers", [])] == block.outside
        assert all(set(leg) == {"destination"} for leg in activity.get("transfers", []))
        inside = [p for p in block.places if p in ("Ireland", "European Union")]
        assert all(place in activity["description"] for place in inside)
        said = {k: activity["provenance"][0][k] for k in ("source", "lines")}
        assert said == {"source": notice.name, "lines": block.lines}
        assert activity["status"] == "draft"
        assert not {"purposes", "recipients", "systems", "measures", "reviewed_on"} & set(activity)
        assert not any("retention" in line for line in activity["data"])
    rest = {a["purposes"][0]["text"]: a.get("recipients", []) for a in activities[22:]}
    assert set(rest) == {"provide the Service", "process subscription payments"}
    assert rest["process subscription payments"] == [{"organisation": "stripe"}]
    assert rest["provide the Service"] == []


def test_the_gaps_ask_what_each_block_leaves_open(imported: Ropa, blocks: list[Block]) -> None:
    """Purpose, recipients and retention are asked of every block; the mechanism of each with a transfer, and only of these."""
    ran = imported("gaps", "--json")
    assert ran.code == 1
    open_at = {(f["ref"], f["rule"]) for f in ran.json["findings"] if f["severity"] == "missing"}
    fields = {(f["ref"], f["rule"]): f["field"] for f in ran.json["findings"]}
    for block in blocks:
        for field, rule in NOT_STATED.items():
            assert (block.ref, rule) in open_at, f"{block.ref}: nothing asks for {field}"
        assert ((block.ref, MECHANISM) in open_at) is bool(block.outside), block.ref
        assert ((block.ref, TRANSFERS) in open_at) is not bool(block.outside), block.ref
        legs = [f"transfers.{n}.mechanism" for n in range(1, len(block.outside) + 1)]
        assert fields.get((block.ref, MECHANISM), "") == ", ".join(legs), "a finding names each leg"
        vague = any(term.startswith(VAGUE) for term in block.data)
        assert ((block.ref, "ROPA-Q103") in fields) is vague, f"{block.ref}: vague data, or not"


def test_the_notice_keeps_what_it_says_of_itself(imported: Ropa, listed: Listed) -> None:
    """Controller, site, contact, date, age, days to answer, services, and what is announced without being given."""
    said = imported("notice", "show", "postdicom", "--json").json
    assert (said["last_updated"], said["minimum_age"], said["response_days"]) == (
        str(listed.last_updated), listed.minimum_age, listed.response_days,
    )  # fmt: skip
    assert said["name"] == said["address"] == listed.title
    told: dict[str, list[str]] = {}
    for one in said["told"]:
        told.setdefault(one["topic"], []).append(one["text"])
    assert set(told["service named"]) == set(listed.services)
    announced = {topic.partition(": ")[2] for topic in told if topic.startswith("announced, not given")}
    assert announced == set(listed.announced)
    controller = imported("entity", "show", said["entity"], "--json").json
    assert (controller["name"], controller["email"]) == (listed.controller, listed.contact_email)


def test_the_workbook_agrees_with_each_block(imported: Ropa, blocks: list[Block], tmp_path: Path) -> None:
    """Records, Data, Transfers and Open points of the workbook hold what the notice gives, and say what it does not."""
    path = tmp_path / "seed.xlsx"
    ran = imported("export", "--out", path)
    assert ran.code == 0, ran
    book = load_workbook(path)
    sheets: dict[str, list[dict[str, str]]] = {}
    for sheet in book:
        rows = list(sheet.iter_rows(values_only=True))
        heads = [str(head).partition(" — ")[0] for head in rows[0]]
        sheets[sheet.title] = [
            {h: str(v) for h, v in zip(heads, row, strict=True) if v is not None} for row in rows[1:]
        ]
    for block in blocks:
        mine = {name: [r for r in rows if r.get("No.") == block.ref] for name, rows in sheets.items()}
        (record,) = mine["Controller records 30(1)"]
        assert record["(b) Purposes"] == record["(d) Recipients"] == "not recorded"
        written = [r.get("What exactly") or r["Category of data"] for r in mine["Data"]]
        assert [w.casefold() for w in written] == [d.casefold() for d in block.data]
        assert {r["Time limit"] for r in mine["Data"]} == {"not recorded"}
        legs = [r["Country or organisation"] for r in mine["Transfers"]]
        outside = [p for p in block.places if p not in ("Ireland", "European Union")]
        assert legs == (outside or ["not recorded"])
        assert all(r.get("Mechanism") == "not recorded" for r in mine["Transfers"] if block.outside)
        asked = {r["Rule"] for r in mine["Open points"]}
        assert asked >= set(NOT_STATED.values())
        assert (MECHANISM in asked) is bool(block.outside)
    assert not sheets["Processor records 30(2)"]
