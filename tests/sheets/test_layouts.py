"""The layouts that there are, and the two that are text."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings

from ropa.errors import Refused
from ropa.model.organisation import Organisation
from ropa.model.plainregister import register_as_plain
from ropa.model.register import Register
from ropa.sheets.layouts import lay_out, layout_named, layouts, save
from ropa.sheets.register_text import read_register_text
from tests.strategies import registers

ON = date(2026, 11, 24)


def test_layouts_are_found_where_they_live() -> None:
    """Each says what it is; a name that is none is refused with those there are."""
    assert {"article30", "json", "yaml"} <= set(layouts())
    for layout in layouts().values():
        assert layout.title
        assert layout.what
        assert layout.suffix.startswith(".")
    with pytest.raises(Refused, match="article30"):
        layout_named("articel30")


def test_listing_the_layouts_loads_nothing_heavy() -> None:
    """A layout imports what it writes with when it writes."""
    script = "import sys; from ropa.sheets.layouts import layouts; layouts(); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert not {"xlsxwriter", "openpyxl", "pandas", "yaml", "docx", "ropa.gaps"} & set(done.stdout.split())


@pytest.mark.parametrize("name", ["json", "yaml"])
@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(register=registers())
def test_a_register_comes_home_from_its_text(name: str, register: Register) -> None:
    """Not a sign is lost, changed or taken for another type."""
    assert read_register_text(lay_out(register, name, on=ON), f"r.{name}").records == register.records


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(registers())
def test_yaml_keeps_every_type_for_readers_that_guess(register: Register) -> None:
    """NO, on, 1e3 and 2026-11-24 stay texts, yes and no stay yes and no, for a reader that knows nothing of ropa."""
    assert yaml.safe_load(lay_out(register, "yaml", on=ON)) == register_as_plain(register)


def test_every_text_of_the_yaml_is_in_quotes() -> None:
    """So that a reader of YAML 1.2, to whom 1e3 is a number and y a word, reads the same as one of YAML 1.1."""
    register = Register.of(
        [Organisation(ref="no", name="1e3", country="NO", phone="0x1F", address="y", ours=True)]
    )
    assert lay_out(register, "yaml", on=ON).decode() == (
        'ropa: 1\norganisations:\n- ref: "no"\n  name: "1e3"\n  ours: true\n  address: "y"\n  country: "NO"\n  phone: "0x1F"\n'
    )


def test_an_entity_is_refused_where_it_cannot_be_meant() -> None:
    """The whole register is whole; a vendor, or nobody, is no entity of ours."""
    register = Register.of(
        [Organisation(ref="ours", name="Ours", ours=True), Organisation(ref="bureau", name="Bureau")]
    )
    with pytest.raises(Refused, match="whole register"):
        lay_out(register, "json", on=ON, entity="ours")
    for other in ("bureau", "nobody"):
        with pytest.raises(Refused, match="Ours are ours"):
            lay_out(register, "article30", on=ON, entity=other)


def test_saving_replaces_a_file_only_when_forced(tmp_path: Path) -> None:
    """The bytes are those of `lay_out`."""
    path, register = tmp_path / "r.json", Register.of([Organisation(ref="ours", name="Ours")])
    save(path, register, "json", on=ON)
    assert path.read_bytes() == lay_out(register, "json", on=ON)
    with pytest.raises(Refused, match="already"):
        save(path, register, "json", on=ON)
    save(path, register, "json", on=ON, force=True)


def test_an_empty_register_can_be_laid_out() -> None:
    """On the first day there is nothing in it, and that is no error."""
    for layout in layouts():
        assert lay_out(Register.of([]), layout, on=ON)
