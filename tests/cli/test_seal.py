"""`ropa seal` and `ropa verify --seal`: the hash that was kept elsewhere, held against the register later."""

import re
import shutil
import sqlite3
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli.running import Inside
from tests.store.tsa import Authority, authority


def sealed(example: Inside, *words: str) -> Path:
    assert example("seal", "--out", "seal.txt", *words).code == 0
    return example.folder / "seal.txt"


def test_a_seal_holds_while_the_register_goes_on(example: Inside) -> None:
    """One command now, one later; the register itself is not changed by either."""
    before = example.register.read_bytes()
    path = sealed(example)
    assert example.register.read_bytes() == before
    hash_ = example("log", "--json").json[0]["hash"]
    assert "".join(re.findall(r"\b[0-9a-f]{8}\b", path.read_text("ascii"))) == hash_
    example("activity", "set", "PA-0001", "name=Wages")
    ran = example("verify", "--seal", path)
    day = datetime.now(UTC).date()
    assert ran.code == 0
    assert f"r1 still has the hash of the seal of {day}: nothing up to r1 was rewritten since.\n" in ran.out
    said = example("verify", "--seal", path, "--json").json
    assert said == {"ok": True, "revision": 1, "hash": hash_, "problems": []}


def test_without_a_file_it_is_on_the_screen(example: Inside) -> None:
    """So that it can be piped into a mail."""
    ran = example("seal")
    (example.folder / "mail.txt").write_text(ran.out)
    assert (ran.code, ran.err) == (0, "")
    assert "Register of: Musterfeld Messtechnik GmbH\n" in ran.out
    assert example("verify", "--seal", "mail.txt").code == 0


def rewrite(register: Path) -> None:
    """Rewrite the whole history so well that the register proves itself: the same records, written anew by another hand."""
    text = register.parent / "whole.json"
    Inside(register.parent.parent)("export", "--layout", "json", "--out", text)
    register.unlink()
    ropa = Inside(register.parent.parent)
    assert ropa("init").code == 0
    assert ropa("import", text, "--yes", "--actor", "somebody else").code == 0
    text.unlink()


def test_a_history_written_anew_is_found_by_the_seal_alone(example: Inside) -> None:
    """The forged register proves itself; only what was kept elsewhere can tell. Both hashes are named, exit 1."""
    path = sealed(example)
    hash_ = example("log", "--json").json[0]["hash"]
    rewrite(example.register)
    assert example("verify").code == 0
    ran = example("verify", "--seal", path)
    assert ran.code == 1
    assert "r1 has another hash now: " in ran.out
    assert hash_ in ran.out
    assert example("log", "--json").json[-1]["hash"] in ran.out


def test_a_register_that_was_put_back_is_found(example: Inside) -> None:
    """The seal is of a later revision than there is."""
    shutil.copy(example.register, example.folder / "old.db")
    example("activity", "set", "PA-0001", "name=Wages")
    path = sealed(example)
    shutil.copy(example.folder / "old.db", example.register)
    ran = example("verify", "--seal", path)
    assert ran.code == 1
    assert "this register ends at r1" in ran.out
    assert "is of r2" in ran.out


def test_what_does_not_prove_itself_is_not_sealed(example: Inside) -> None:
    """And a seal that held does not hide that the tables were altered."""
    path = sealed(example)
    with sqlite3.connect(example.register) as file:
        file.execute("update activity set name = 'Pay list' where ref = 'PA-0001'")
    file.close()
    assert "nothing was sealed" in example.refused("seal", "--out", "again.txt")
    assert not (example.folder / "again.txt").exists()
    ran = example("verify", "--seal", path)
    assert ran.code == 1
    assert "PA-0001" in ran.out
    assert "still has the hash" not in ran.out + ran.err


def test_a_seal_replaces_nothing_unasked(example: Inside) -> None:
    """A file that is there stays, two files need two names."""
    path = sealed(example)
    first = path.read_text()
    assert "--force" in example.refused("seal", "--out", path)
    assert path.read_text() == first
    assert example("seal", "--out", path, "--force").code == 0
    assert "one file" in example.refused("seal", "--out", "x", "--query", "x")
    assert "nowhere" in example.refused("seal", "--out", "nowhere/seal.txt")


def test_an_empty_register_is_not_sealed(empty: Inside) -> None:
    """There is nothing to prove yet."""
    assert "nothing yet" in empty.refused("seal")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--seal", "nix.txt"), "nix.txt"),
        (("--seal", "data"), "data"),
        (("--seal", "data/register.db"), "holds no seal"),
        (("a.xlsx", "--seal", "seal.txt"), "one after the other"),
        (("--stamp", "seal.tsr"), "--seal FILE"),
        (("--tsa-ca", "ca.pem"), "--seal FILE"),
        (("--seal", "seal.txt", "--tsa-ca", "ca.pem"), "no time-stamp beside it"),
        (("--seal", "seal.txt", "--stamp", "nix.tsr"), "nix.tsr"),
        (("--seal", "seal.txt", "--stamp", "seal.txt"), "no time-stamp reply"),
    ],
)
def test_a_wrong_use_is_one_line(example: Inside, words: tuple[str, ...], said: str) -> None:
    """Missing files, folders, files of another kind, options that do not go together."""
    sealed(example)
    assert said in example.refused("verify", *words)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """A time-stamping authority whose certificates are valid."""
    return authority(tmp_path_factory.mktemp("tsa") / "one")


def stamped(example: Inside, service: Authority) -> Path:
    """A sealed register, and the authority's reply beside the seal."""
    path = sealed(example, "--query", "seal.tsq")
    path.with_suffix(".tsr").write_bytes(service.reply((example.folder / "seal.tsq").read_bytes()))
    return path


def test_a_time_stamp_is_found_beside_the_seal_and_checked(example: Inside, service: Authority) -> None:
    """With the authority's certificate: who stamped what when. Without: that this was not checked. Revocation is never claimed."""
    path = stamped(example, service)
    ran = example("verify", "--seal", path)
    assert ran.code == 0
    assert "Who signed it was not checked" in ran.err
    assert "signature holds" not in ran.out
    ran = example("verify", "--seal", path, "--tsa-ca", service.ca)
    assert ran.code == 0
    day = f"{datetime.now(UTC):%Y-%m-%d}"
    assert f"seal.tsr: CN=Example Stamping Service stamped the hash of r1 at {day} " in ran.out
    assert "the signature holds under ca.pem.\n" in ran.out
    assert "revoked" in ran.err


def test_the_query_is_one_that_openssl_reads(example: Inside, service: Authority) -> None:
    """SHA-256 over the register's hash itself, with the certificate asked for; and openssl verifies the reply to it."""
    path = stamped(example, service)
    shown = subprocess.run(
        ["openssl", "ts", "-query", "-in", example.folder / "seal.tsq", "-text"], capture_output=True, text=True, check=True
    ).stdout  # fmt: skip
    assert "Hash Algorithm: sha256" in shown
    assert "Certificate required: yes" in shown
    hash_ = example("log", "--json").json[0]["hash"]
    dump = re.findall(r"^    [0-9a-f]{4} - (.{48})", shown, re.MULTILINE)
    assert re.sub(r"[^0-9a-f]", "", "".join(dump)) == hash_
    subprocess.run(
        [
            "openssl", "ts", "-verify", "-queryfile", example.folder / "seal.tsq", "-in", path.with_suffix(".tsr"),
            "-CAfile", service.ca,
        ],
        check=True, capture_output=True,
    )  # fmt: skip


@pytest.mark.parametrize("algorithm", ["sha256", "sha512"])
def test_a_stamp_over_the_file_of_the_seal_counts_too(
    example: Inside, service: Authority, algorithm: str
) -> None:
    """Web pages of authorities stamp a file that is handed in; then that very file must be kept."""
    path = sealed(example)
    (example.folder / "theirs.tsr").write_bytes(service.reply_for(path, algorithm))
    words = ("verify", "--seal", path, "--stamp", "theirs.tsr", "--tsa-ca", service.ca)
    ran = example(*words)
    assert ran.code == 0, ran
    assert "stamped this very file of the seal" in ran.out
    path.write_text(path.read_text() + "\n")
    ran = example(*words)
    assert ran.code == 1
    assert "over something else" in ran.out


def test_a_stamp_over_another_revision_is_told(example: Inside, service: Authority) -> None:
    """A wrong imprint: whoever signed it, it says nothing of this seal."""
    stamped(example, service)
    example("activity", "set", "PA-0001", "name=Wages")
    assert example("seal", "--out", "later.txt").code == 0
    ran = example("verify", "--seal", "later.txt", "--stamp", "seal.tsr", "--tsa-ca", service.ca)
    assert ran.code == 1
    assert "seal.tsr: is a time-stamp of " in ran.out
    assert "over something else" in ran.out
    assert "r2 still has the hash" in ran.err


def test_a_stamp_of_another_authority_is_told(
    example: Inside, service: Authority, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The certificate that the user trusts is of somebody else, though it bears the same name."""
    other = authority(tmp_path_factory.mktemp("tsa") / "other")
    ran = example("verify", "--seal", stamped(example, service), "--tsa-ca", other.ca)
    assert ran.code == 1
    assert "does not hold under ca.pem: " in ran.out
    assert "ErrorStack" not in ran.out


def test_a_certificate_that_had_expired_is_told(
    example: Inside, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """At the time of the stamp, that is; one that expired later takes nothing away."""
    old = authority(tmp_path_factory.mktemp("tsa") / "old", since=datetime(2020, 1, 1, tzinfo=UTC))
    ran = example("verify", "--seal", stamped(example, old), "--tsa-ca", old.ca)
    assert ran.code == 1
    assert "does not hold under ca.pem: a certificate had expired when it was signed\n" in ran.out


def test_a_reply_that_is_torn_or_altered_is_told(example: Inside, service: Authority) -> None:
    """Cut at many places: refused. A bit of what is signed flipped: refused, or the signature does not hold."""
    path = stamped(example, service)
    reply = path.with_suffix(".tsr")
    whole = reply.read_bytes()
    for cut in range(0, len(whole), 97):
        reply.write_bytes(whole[:cut])
        assert "no time-stamp reply" in example.refused("verify", "--seal", path, "--tsa-ca", service.ca)
    signed = whole.index(bytes.fromhex(example("log", "--json").json[0]["hash"]))
    for place in range(signed, signed + 64):
        reply.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        ran = example("verify", "--seal", path, "--tsa-ca", service.ca)
        assert ran.code in (1, 2), place
        assert "signature holds" not in ran.out


@pytest.mark.parametrize("anchor", ["seal.txt", "data/register.db", "seal.tsr"])
def test_what_is_no_certificate_is_one_line(example: Inside, service: Authority, anchor: str) -> None:
    """A file that was named by mistake."""
    path = stamped(example, service)
    assert f"{anchor}: holds no certificate" in example.refused("verify", "--seal", path, "--tsa-ca", anchor)
