"""Holding the register against a seal, and a time-stamp against both."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from ropa.errors import Refused
from ropa.store.replay import Problem

if TYPE_CHECKING:
    from ropa.store.open import Store
    from ropa.store.seal import Seal

_REPLY = ".tsr"
_LIMIT = 2_000_000
_CLOCKS = timedelta(hours=1)
"""By how much the clocks of two computers in one house may differ."""
_Read = TypeVar("_Read")


@dataclass(frozen=True)
class SealVerdict:
    """The revision and hash of a seal; whether the register still has them; what is wrong; in lines what holds, and what was not checked."""

    revision: int
    hash: str
    held: bool
    problems: tuple[Problem, ...]
    good: tuple[str, ...]
    unchecked: tuple[str, ...]


def prove_seal(path: Path, store: "Store", reply: Path | None, anchors: Path | None) -> SealVerdict:
    """Hold the register against a seal; and the seal's time-stamp, which is looked for beside it.

    reply: the file of the time-stamp, where it lies elsewhere. anchors: the certificates that the user trusts.
    """
    from ropa.store.seal import read_seal

    content = _content(path)
    seal = _at(path, read_seal, content)
    broken, held = _held(seal, store)
    problems, good, unchecked = [Problem(path.name, broken)] if broken else [], [held] if held else [], []
    beside = path.with_suffix(_REPLY)
    reply = reply or (beside if beside.exists() and beside != path else None)
    if reply:
        fault, held, unsaid = _stamped(reply, seal, content, anchors)
        problems += [Problem(reply.name, fault)] if fault else []
        good += [f"{reply.name}: {held}"] if held else []
        unchecked += [f"{reply.name}: {unsaid}"] if unsaid else []
    elif anchors:
        raise Refused(
            "has no time-stamp beside it.", at=str(path), do=f"Name its reply: --stamp FILE{_REPLY}"
        )
    return SealVerdict(seal.revision, seal.hash, not broken, tuple(problems), tuple(good), tuple(unchecked))


def _held(seal: "Seal", store: "Store") -> tuple[str, str]:
    """What is wrong between the seal and the register, or else what holds."""
    from ropa.store.mark import mark_of

    number, day = f"r{seal.revision}", seal.sealed[:10]
    mark, last = mark_of(store, seal.revision), mark_of(store)
    if mark is None:
        ends = f"ends at r{last.revision}" if last else "holds nothing yet"
        return (
            f"this register {ends}, the seal of {day} is of {number}: it is another one than that of {seal.name}, or was put back to an older state",
            "",
        )
    if mark.hash != seal.hash:
        now = f"{number} has another hash now: {mark.hash}; on {day} it was {seal.hash}"
        return (
            f"{now}. Its history was rewritten since, or it is another register than that of {seal.name}",
            "",
        )
    after = mark_of(store, seal.revision + 1)
    if after is not None and _moment(after.at) < _moment(seal.sealed) - _CLOCKS:
        at = after.at[:16].replace("T", " ")
        late = "it was written later than it says, or a clock was wrong"
        return (
            f"r{after.revision} says {at} UTC, and the seal of {seal.sealed[:16]} UTC ends at {number}: {late}",
            "",
        )
    return (
        "",
        f"{number} still has the hash of the seal of {day}: nothing up to {number} was rewritten since.",
    )


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text.removesuffix("Z")).replace(tzinfo=UTC)


def _stamped(reply: Path, seal: "Seal", content: bytes, anchors: Path | None) -> tuple[str, str, str]:
    """What is wrong with a time-stamp, what it proves, and what of it was not checked."""
    from ropa.store.timestamp import fault_of, is_over, read_reply

    stamp = _at(reply, read_reply, _content(reply))
    when = f"{stamp.at:%Y-%m-%d %H:%M:%S} UTC"
    over = {"hash": f"the hash of r{seal.revision}", "file": "this very file of the seal"}.get(
        is_over(stamp, seal.hash, content)
    )
    if over is None:
        return (
            (
                f"is a time-stamp of {when} over something else ({stamp.algorithm} {stamp.imprint}): neither over the hash of "
                f"r{seal.revision} nor over the file of this seal as it is now"
            ),
            "",
            "",
        )
    if anchors is None:
        return (
            "",
            "",
            f"says {when} and is over {over}. Who signed it was not checked: name the authority's certificate with --tsa-ca.",
        )
    if fault := _at(anchors, lambda trusted: fault_of(stamp, trusted), _content(anchors)):
        return (
            f"the time-stamp of {when} by {stamp.signer} does not hold under {anchors.name}: {fault}",
            "",
            "",
        )
    return (
        "",
        f"{stamp.signer} stamped {over} at {when}; the signature holds under {anchors.name}.",
        "whether a certificate was revoked can only be seen on the network, and was not checked.",
    )


def _content(path: Path) -> bytes:
    """The bytes of a file, and of an endless one no more than it takes to refuse it."""
    try:
        with path.open("rb") as file:
            return file.read(_LIMIT)
    except OSError as trouble:
        raise Refused(f"cannot be read: {trouble.strerror or trouble}.", at=str(path)) from None


def _at(path: Path, read: Callable[[bytes], _Read], content: bytes) -> _Read:
    """What is read out of a file; a refusal names it."""
    try:
        return read(content)
    except Refused as trouble:
        raise Refused(trouble.what, at=str(path), do=trouble.do) from None
