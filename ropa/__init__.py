"""ropa: a register of processing activities (GDPR Article 30).

For a notebook or a script: `load` takes a register out of its file, `frames` turns it into pandas data frames.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from pandas import DataFrame

    from ropa.model.register import Register

__version__ = "0.1.0"
__all__ = ["__version__", "frames", "load"]


def load(place: str, as_of: "date | int | None" = None) -> "Register":
    """The register in a file (or at a database URL), now, at the end of a day (UTC) or after a revision. It is only read.

    Raises `ropa.errors.Refused` where there is none, or a damaged one.
    """
    from ropa.store.load import load as load_from
    from ropa.store.open import open_store

    return load_from(open_store(place), as_of)


def frames(register: "Register") -> "dict[str, DataFrame]":
    """The register as data frames by name, internal fields included: see `ropa.sheets.frames.frames` and docs/frames.md."""
    from ropa.sheets.frames import frames as frames_of

    return frames_of(register)
