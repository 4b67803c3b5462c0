"""Folders that a fault begins in."""

import shutil
from datetime import date
from pathlib import Path

from ropa.compare import applied
from ropa.compare import Change
from ropa.model.activity import Activity
from ropa.model.register import Register
from ropa.sheets.layouts import layout_named, save
from tests.faults.state import register_in


def with_import(example: Path, folder: Path, many: int) -> Path:
    """A copy of the example's folder, and in it more.json: the register with so many activities more."""
    shutil.copytree(example, folder)
    register = register_in(folder)
    like = register.activities["PA-0001"]
    new = [
        Change(None, like.model_copy(update={"ref": f"PA-{n:04d}", "name": f"Payroll of branch {n}"}))
        for n in range(1001, 1001 + many)
    ]
    more = applied(register, new)
    save(folder / "more.json", more, layout_named("json"), on=date(2026, 11, 25), findings=None)
    return folder


def with_editor(example: Path, folder: Path) -> tuple[Path, dict[str, str]]:
    """A copy of the example's folder, and an editor that types something into any text that it opens."""
    shutil.copytree(example, folder)
    editor = folder.parent / "editor"
    editor.write_text('#!/bin/sh\nsed -i "s/Head of HR/Head of People/" "$1"\n')
    editor.chmod(0o755)
    return folder, {"EDITOR": str(editor)}
