"""Every way to alter a register with another program, by the table of docs/verify.md: who finds it, and what only a hash kept elsewhere can find."""

import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from ropa.store.chain import SAID, change_text, digest, revision_hash, said_text
from ropa.store.open import Store
from ropa.store.verify import verify
from tests.cli.running import TREE, Inside
from tests.faults.state import REGISTER
from tests.faults.tally import tally
from tests.store.checker import check

LAST = 8
ALL = range(1, LAST + 1)
Raw = sqlite3.Connection
Deed = Callable[[Raw], object]


@dataclass(frozen=True)
class Kept:
    """A folder with a register of eight revisions, the seal of the last one, and the register as it was at r6."""

    folder: Path
    seal: Path
    older: Path


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """Records came, changed and went, and a text was redacted."""
    ropa = Inside(tmp_path_factory.mktemp("kept"))
    older, seal = ropa.folder / "older.db", ropa.folder / "seal.txt"
    for words in (
        ("init", "--name", "Exempla GmbH", "--country", "DE"),
        ("measure", "add", "Locks", "description=The janitor's name"),
        ("measure", "set", "locks", "description=The janitor", "--why", "no names"),
        ("measure", "add", "Alarm"),
        ("measure", "remove", "alarm", "--yes", "--why", "sold"),
        ("redact", "locks", "description", "--as-of", "r2", "--yes", "--why", "asked to"),
        ("measure", "set", "locks", "description=The porter"),
        ("measure", "add", "Badges"),
    ):
        if words[-1] == "Badges":
            shutil.copy(ropa.register, older)
        ran = ropa(*words)
        assert ran.code == 0, ran
    assert ropa("seal", "--out", seal).code == 0
    # As if it had been made months after the last change: nothing but the hash is under its check.
    said = re.sub(
        r"(?m)^Sealed: .*", "Sealed:      2099-03-31 08:00:00 UTC", seal.read_text(encoding="ascii")
    )
    seal.write_text(said, encoding="ascii")
    return Kept(ropa.folder, seal, older)


def _sql(text: str, *values: object) -> Deed:
    return lambda raw: raw.execute(text, values)


def _out(number: int) -> Iterator[Deed]:
    yield _sql("delete from change where revision = ?", number)
    yield _sql("delete from redaction where revision = ?", number)
    yield _sql("delete from revision where number = ?", number)


def _exchanged(number: int) -> Iterator[Deed]:
    for old, new in ((number, 99), (number + 1, number), (99, number + 1)):
        yield _sql("update change set revision = ? where revision = ?", new, old)
        yield _sql("update redaction set revision = ? where revision = ?", new, old)
        yield _sql("update revision set number = ? where number = ?", new, old)


def _digest_anew(raw: Raw, number: int) -> None:
    """Compute the digests of a revision from its texts and salts."""
    columns = ", ".join(f"{name}, {name}_salt" for name in SAID)
    said = raw.execute(f"select {columns} from revision where number = ?", (number,)).fetchone()
    for n, name in enumerate(SAID):
        if said[2 * n + 1] is None:  # redacted
            continue
        new = digest(said[2 * n + 1], said_text(name, said[2 * n]))
        raw.execute(f"update revision set {name}_digest = ? where number = ?", (new, number))
    rows = raw.execute("select position, kind, ref, record, salt from change where revision = ?", (number,))
    for position, kind, ref, record, salt in rows.fetchall():
        if salt is not None:
            new = digest(salt, change_text(kind, ref, record))
            raw.execute(
                "update change set digest = ? where (revision, position) = (?, ?)", (new, number, position)
            )


def _hash_anew(raw: Raw, first: int) -> None:
    """Compute the digests and hashes of all revisions from this one on."""
    for number in range(first, LAST + 2):
        row = raw.execute("select at from revision where number = ?", (number,)).fetchone()
        if row is None:
            return
        _digest_anew(raw, number)
        before = raw.execute("select hash from revision where number = ?", (number - 1,)).fetchone()
        previous = before[0] if before else ""
        columns = ", ".join(f"{name}_digest" for name in SAID)
        said = raw.execute(f"select {columns} from revision where number = ?", (number,)).fetchone()
        changes = raw.execute(
            "select digest from change where revision = ? order by position", (number,)
        ).fetchall()
        redacted = raw.execute(
            "select past, place, fields, digest from redaction where revision = ? order by position",
            (number,),
        )
        hash_ = revision_hash(
            {"number": number, "at": row[0], "previous": previous},
            dict(zip(SAID, said, strict=True)),
            [one for (one,) in changes],
            [(past, place, [fields[2:-2]], of) for past, place, fields, of in redacted],
        )
        raw.execute("update revision set previous = ?, hash = ? where number = ?", (previous, hash_, number))


def _appended(raw: Raw) -> None:
    """A revision behind the last one, with a time of long ago, or as early as the chain lets it be."""
    raw.execute(
        "insert into revision select number + 1, format, at, actor, actor_salt, actor_digest, 'long known', why_salt, why_digest, "
        "command, command_salt, command_digest, hash, '' from revision where number = ?",
        (LAST,),
    )
    _hash_anew(raw, LAST + 1)


def _put_back(older: Path, raw: Raw) -> None:
    """The whole file as it was two changes ago."""
    with closing(sqlite3.connect(older)) as before:
        raw.commit()
        before.backup(raw)


_TEXT = """replace(record, '"name":"', '"name":"X')"""
_WORDS = "substr({0}, 1, length({0}) - 1) || 'x'"
_INVENTED = (
    "insert into redaction select 8, 1, 4, '1', '[\"name\"]', x'00112233445566778899aabbccddeeff', "
    "digest from change where revision = 4"
)


def _ways(older: Path) -> dict[str, list[tuple[Deed, ...]]]:
    """The lines of the table, and for each the deeds that it means."""
    each = "revision = ? and record is not null"
    return {
        "a record of the present": [
            (_sql("update measure set description = 'x' where ref = 'locks'"),),
            (_sql("delete from measure where ref = 'locks'"),),
            (_sql("insert into measure (ref, name) values ('forged', 'Forged')"),),
            (_sql("update organisation set country = 'FR'"),),
        ],
        "a record of the past, its salt or its digest": [
            *((_sql(f"update change set record = {_TEXT} where {each}", n),) for n in (1, 2, 3, 4, 7, 8)),
            *((_sql("update change set salt = randomblob(16) where revision = ?", n),) for n in (1, 2, 3, 4, 5, 7, 8)),
            *((_sql(f"update change set digest = {_WORDS.format('digest')} where revision = ?", n),) for n in (1, 2, 3, 4, 5, 7, 8)),
        ],
        "who, why, command or time of a revision": [
            *((_sql(f"update revision set {name} = 'x' || {name} where number = ?", n),) for n in ALL for name in SAID),
            *((_sql("update revision set at = substr(at, 1, 22) || '0000Z' where number = ?", n),) for n in ALL),
            *((_sql("update revision set at = '2020' || substr(at, 5) where number = ?", n),) for n in ALL),
        ],
        "a revision is taken out, the first or in the middle": [tuple(_out(n)) for n in ALL[:-1]],
        "two revisions are exchanged": [tuple(_exchanged(n)) for n in ALL[:-1]],
        "a change or a redaction is taken out, put in, or moved": [
            *((_sql("delete from change where revision = ?", n),) for n in (1, 2, 3, 4, 5, 7, 8)),
            *((_sql("insert into change select revision, 9, kind, ref || 'x', salt, record, digest from change where revision = ?", n),) for n in (2, 8)),
            *((_sql("update change set position = 2 where revision = ?", n),) for n in (2, 8)),
            (_sql("update redaction set position = 5 where position = 2"),),
            *((_sql("update change set revision = 6 where revision = ?", n),) for n in (4, 7)),
            (_sql("delete from redaction"),), (_sql("update redaction set past = 3"),), (_sql("update redaction set revision = 7"),),
            (_sql("insert into redaction select revision, 9, past, place, fields, salt, digest from redaction where position = 1"),),
        ],
        "a text is altered and its digest recomputed": [
            *((_sql(f"update change set record = {_TEXT} where {each}", n), partial(_digest_anew, number=n)) for n in (1, 3, 4, 7, 8)),
            *((_sql("update revision set why = 'forged' where number = ?", n), partial(_digest_anew, number=n)) for n in ALL),
        ],
        "a text is altered and a redaction invented for it, without a revision": [
            (_sql("update change set record = '{\"name\":\"(redacted in r8)\",\"ref\":\"alarm\"}', salt = null where revision = 4"), _sql(_INVENTED)),
        ],
        "the last revisions are taken out, and the present with them": [(partial(_put_back, older),)],
        "the last revisions are written anew, with all hashes recomputed": [
            (_sql("update revision set why = 'forged' where number = ?", n), partial(_hash_anew, first=n)) for n in ALL[1:]
        ],
        "everything is written anew from the beginning": [
            (_sql("update revision set actor = 'Somebody else'"), partial(_hash_anew, first=1)),
        ],
        "a revision is put behind the last one, with a time before the seal": [(_appended,)],
    }  # fmt: skip


def _table() -> dict[str, tuple[bool, bool, bool]]:
    """The lines of docs/verify.md: whether the checker, `ropa verify` and a seal find it."""
    said = (TREE / "docs" / "verify.md").read_text(encoding="utf-8").partition("## What is found")[2]
    rows = re.findall(r"^\| (.+?) \| (.*?) ?\| (.*?) ?\| (.*?) ?\|$", said, re.MULTILINE)
    return {what: ("found" in a, "found" in b, "found" in c) for what, a, b, c in rows[1:] if what}


def _found(kept: Kept) -> tuple[bool, bool, bool]:
    """Whether the checker, `ropa verify` and `ropa verify --seal` find something wrong."""
    register = kept.folder / REGISTER
    with_seal = Inside(kept.folder)("verify", "--seal", kept.seal)
    assert with_seal.code in {0, 1}, with_seal
    return bool(check(register)[1]), not verify(Store(str(register))).ok, with_seal.code == 1


def test_every_line_of_the_page(kept: Kept) -> None:
    """What the page says is found is found, by whom it says; what only a hash kept elsewhere can find is found by a seal, and by nothing else."""
    said, register = _table(), kept.folder / REGISTER
    sound, tried, lost = register.read_bytes(), 0, []
    assert _found(kept) == (False, False, False)
    ways = _ways(kept.older)
    assert [*said] == [*ways], "docs/verify.md and this file name other deeds"
    for what, each in ways.items():
        for n, deeds in enumerate(each, 1):
            register.write_bytes(sound)
            with closing(sqlite3.connect(register)) as raw, raw:
                for deed in deeds:
                    deed(raw)
            assert register.read_bytes() != sound, (what, n)
            by_checker, by_verify, by_seal = _found(kept)
            expected = (said[what][0], said[what][1], True)
            tried += 1
            if (by_checker, by_verify, by_seal) != expected:
                lost.append(f"{what} ({n}): {(by_checker, by_verify, by_seal)}, not {expected}")
    register.write_bytes(sound)
    tally("tampering", tried=tried, lost=lost)
