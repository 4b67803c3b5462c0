"""A spreadsheet that others made, at `ropa import`: which column is which field is shown, kept in a file if wanted, and used again."""

from pathlib import Path
from typing import Any

from ropa.cli.console import talk
from ropa.cli.reading import Read
from ropa.compare import Change, applied
from ropa.errors import Refused
from ropa.model.register import Register

_SHOWN = 40
_FEW = 8


def reader(mapping: str) -> Any:
    """Reads such a spreadsheet. mapping: a YAML file of heading and field; where it is not there yet, the proposal is written into it."""

    def read(content: bytes, name: str, register: Register) -> Read:
        from ropa.sheets.foreign.bring import read_foreign

        found = read_foreign(content, name, register, _decided(mapping))
        if not found.account.adds_up:
            raise Refused("the account of its cells does not add up; nothing was read.", at=name)
        _show(name, found.mapping)
        _keep(mapping, found.mapping)
        changes = tuple(Change(None, record) for record in found.records)
        shown = tuple(change for change in changes if change.after in found.activities)
        remarks = (*_remarks(found, register), *_blanks(content))
        return Read(applied(register, changes), changes, shown, remarks=remarks)

    return read


def _decided(mapping: str) -> dict[str, str]:
    """What the file says. Raises Refused where it cannot be read."""
    if not mapping or not Path(mapping).exists():
        return {}
    from ropa.sheets.register_text import read_plain

    said = read_plain(Path(mapping).read_bytes(), mapping)
    if not isinstance(said, dict) or not all(isinstance(word, str) for word in said.values()):
        raise Refused("is no mapping.", at=mapping, do="Each line is HEADING: FIELD, or HEADING: note")
    return {str(heading): word for heading, word in said.items()}


def _show(name: str, mapping: Any) -> None:
    talk(f"{name}: which column is taken for which field", style="bold")
    for sheet, heading, field in mapping[:_SHOWN]:
        flat = " ".join(heading.split())
        talk(f"  {flat[:60]}{'…' if len(flat) > 60 else ''} → {field}  ({sheet})")
    if len(mapping) > _SHOWN:
        talk(f"  and {len(mapping) - _SHOWN} more")


def _keep(mapping: str, found: Any) -> None:
    if not mapping:
        talk(
            "To change that: ropa import FILE --mapping columns.yaml --dry-run, then mend that file and import again."
        )
        return
    if Path(mapping).exists():
        return
    from ropa.sheets.yaml_text import yaml_of
    from ropa.whole import appearing

    text = yaml_of({heading: field for _, heading, field in found})
    with appearing(Path(mapping)) as draft:
        draft.write_text(text, encoding="utf-8")
    talk(f"{mapping}: the proposal, to mend and to use again. A column that fits nothing is: note")


def _blanks(content: bytes) -> Any:
    from ropa.sheets.unpacked import without_value

    if cells := without_value(content):
        more = f" and {len(cells) - _FEW} more" if len(cells) > _FEW else ""
        yield (
            f"Formulas without a value and cells that show an error, read as blanks: {', '.join(cells[:_FEW])}{more}."
            " Open the file in a spreadsheet program, save it, and import it again."
        )


def _remarks(found: Any, register: Register) -> Any:
    a = found.account
    yield (
        f"{a.cells} cells with content: {a.headings} headings, {a.fields} became values, {a.notes} stand in the notes of their"
        f" activity, {a.outside} from outside the tables in the notes of the first one. None was left out."
    )
    names = {one.name.casefold(): one.ref for one in register.activities.values()}
    for record in found.activities:
        if (ref := names.get(record.name.casefold())) is not None:
            yield f"{record.ref} {record.name}: {ref} bears the same name. If they are one: ropa activity remove {record.ref}"
