"""The forms in another spreadsheet program: what it saves again is cell by cell the same."""

import shutil
import subprocess
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest

from ropa.sheets.forms import LAYOUTS
from ropa.sheets.layouts import lay_out
from ropa.sheets.proof.difference import differences
from ropa.sheets.proof.origin import digest_of, origin_of
from ropa.sheets.proof.read import workbook_in
from tests.sheets.test_article30 import small

ON = date(2026, 11, 24)


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not on this machine")
def test_every_form_is_the_same_when_libreoffice_has_saved_it(tmp_path: Path) -> None:
    """So a form that went through a colleague's program can still be held against the register."""
    files = [tmp_path / f"{layout.name}.xlsx" for layout in LAYOUTS]
    for layout, file in zip(LAYOUTS, files, strict=True):
        file.write_bytes(lay_out(small(), layout, on=ON))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    words = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", tmp_path / "out", *files]
    subprocess.run(words, check=True, capture_output=True, timeout=300)
    for file in files:
        old = workbook_in(BytesIO(file.read_bytes()))
        new = workbook_in(BytesIO((tmp_path / "out" / file.name).read_bytes()))
        assert list(differences(new, old, file.name)) == []
        assert (digest_of(new), origin_of(new)) == (digest_of(old), origin_of(old))
        assert new.foreign == ()
        assert not [sheet.hides for sheet in new.sheets if sheet.hides]
