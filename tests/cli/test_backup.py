"""`ropa backup`, `ropa restore`, and the copy before a large import."""

import json
import sqlite3
from pathlib import Path

import pytest

from tests.cli.running import Inside, Ropa
from tests.cli.terminal import Terminal


def test_a_backup_says_what_it_is(example: Inside) -> None:
    """File, revision and hash; a folder gives a dated name; a file that is there stays unless --force is said."""
    hash_ = example("verify", "--json").json["hash"]
    ran = example("backup", "b.db")
    assert ran.out == f"b.db: proven, r1, hash {hash_}\n"
    (example.folder / "safe").mkdir()
    made = Path(example("backup", "safe", "--json").json["file"])
    assert made.parent.name == "safe"
    assert example("verify", "--db", str(made)).code == 0
    assert "already" in example.refused("backup", "b.db")
    assert example("backup", "b.db", "--force").code == 0
    assert "register itself" in example.refused("backup", "data/register.db", "--force")
    assert "folder is not there" in example.refused("backup", "none/b.db")
    assert "server" in example.refused("restore", "b.db", "--db", "postgresql://host/register")


def test_a_restore_asks_and_says_what_is_lost(ropa: Ropa) -> None:
    """Without a yes nothing changes; the revisions that go are named; the register that was there can be restored again."""
    ropa("init", "--name", "Exempla GmbH", "--country", "DE")
    ropa("backup", "b.db")
    ropa("activity", "add", "Payroll", "--why", "from the works council")
    for words in ((), ("--dry-run",)):
        ran = ropa("restore", "b.db", *words)
        assert "r2  " in ran.err
        assert "from the works council" in ran.err
        assert "nothing in it was altered since" in ran.err
        assert ran.code == (0 if words else 2)
        assert ropa("verify", "--json").json["revision"] == 2
    at_desk = Terminal(ropa.folder, "restore", "b.db")
    at_desk.wait_for("[y/N]")
    at_desk.type("n\n")
    assert at_desk.end() == 2
    assert [p.name for p in (ropa.folder / "data").iterdir()] == ["register.db"]
    ran = ropa("restore", "b.db", "--yes")
    assert (ran.code, ropa("activity", "list", "--json").json) == (0, [])
    kept = ran.err.splitlines()[-1].rpartition(": ")[2]
    assert ropa("restore", kept, "--yes").code == 0
    assert len(ropa("activity", "list", "--json").json) == 1


def test_a_restore_says_whose_backup_it_is(example: Inside, tmp_path: Path) -> None:
    """Another register's backup is told before the yes; histories that part, too; and a register that is gone comes back."""
    example("backup", "b.db")
    example("activity", "set", "PA-0001", "owner=HR desk")
    example("backup", "c.db")
    example("restore", "b.db", "--yes")
    example("activity", "set", "PA-0001", "owner=Head of Legal")
    assert "the same up to r1, and part there" in example("restore", "c.db", "--dry-run").err
    example("init", "--name", "Other", "--db", "other.db")
    assert "backup of another register" in example("restore", "other.db", "--dry-run").err
    example.register.unlink()
    ran = example("restore", "c.db", "--yes")
    assert "there is no register here now" in ran.err
    assert example("verify", "--json").json["revision"] == 2


def test_a_large_import_is_preceded_by_a_copy(example: Inside) -> None:
    """Of more records than a preview shows; not for a few, not where the answer is no, and none of an empty register."""
    organisations = [{"ref": f"v-{n}", "name": f"Vendor {n}", "ours": False} for n in range(70)]
    (example.folder / "many.json").write_text(json.dumps({"organisations": organisations}))
    (example.folder / "few.json").write_text(json.dumps({"organisations": organisations[:3]}))
    backups = example.register.parent / "backups"
    example("import", "few.json", "--yes")
    example("import", "many.json")
    example("import", "many.json", "--dry-run")
    assert not backups.exists()
    ran = example("import", "many.json", "--yes")
    assert "The register as it was before: data/backups/register-" in ran.err
    (copy,) = backups.iterdir()
    assert example("verify", "--db", str(copy), "--json").json["revision"] == 2
    assert example("verify", "--json").json["revision"] == 3


def test_without_a_copy_nothing_is_imported(example: Inside) -> None:
    """One line says why, and the register is what it was."""
    organisations = [{"ref": f"v-{n}", "name": f"Vendor {n}", "ours": False} for n in range(70)]
    (example.folder / "many.json").write_text(json.dumps({"organisations": organisations}))
    (example.register.parent / "backups").write_text("in the way")
    ran = example("import", "many.json", "--yes")
    assert ran.code == 2
    assert "no copy could be made before an import, so nothing was changed" in ran.err
    assert example("verify", "--json").json["revision"] == 1


@pytest.mark.parametrize("words", [("status",), ("activity", "set", "PA-0001", "owner=HR")])
def test_a_register_of_a_later_ropa_stays_as_it_is(example: Inside, words: tuple[str, ...]) -> None:
    """It is refused in one line, and no copy is made."""
    raw = sqlite3.connect(example.register)
    raw.execute("update alembic_version set version_num = '9999'")
    raw.commit()
    raw.close()
    before = example.register.read_bytes()
    assert "another version" in example.refused(*words)
    assert example.register.read_bytes() == before
    assert [p.name for p in example.register.parent.iterdir()] == ["register.db"]
