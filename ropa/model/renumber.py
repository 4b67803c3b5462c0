"""Numbers of parts after one was taken out: what names a later part by its number goes on naming the same one."""

import re
from typing import Any

from ropa.errors import Refused


def taken_out(said: dict[str, Any], parts: str, number: int) -> None:
    """Mend the plain data of a record, in place, after part `number` (from 1) of the list `parts` was taken out.

    A statement about that part goes with it; those about later ones follow them, and so do the purposes that lines of
    data name. Raises Refused where a line of data would be left with no purpose of its own: blank would mean all.
    """
    if "statements" in said:
        said["statements"] = [
            {**one, "about": about}
            for one in said["statements"]
            if (about := _path(one.get("about", ""), parts, number)) is not None
        ]
    if parts != "purposes":
        return
    for n, line in enumerate(said.get("data", []), 1):
        used = [int(p) for p in line.get("purposes", [])]
        kept = [p - (p > number) for p in used if p != number]
        if used and not kept:
            raise Refused(
                f"data {n} is used by purpose {number} alone.",
                do=f"Say first which purposes use it (data.{n}.purposes=…), or take it out (data-={n}).",
            )
        if used:
            line["purposes"] = kept


def _path(about: str, parts: str, number: int) -> str | None:
    found = re.fullmatch(rf"{parts}\.(\d+)(\..*)?", about)
    if not found:
        return about
    if int(found[1]) == number:
        return None
    return f"{parts}.{int(found[1]) - (int(found[1]) > number)}{found[2] or ''}"
