"""Checks the chain of a register, and shares nothing with ropa: python checker.py FILE. docs/verify.md explains it."""

import json
import sqlite3
import sys
from hashlib import sha256


def text(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def check(path):
    """The last hash, and what is wrong: an empty list where nothing is."""
    db = sqlite3.connect(path)
    db.row_factory = sqlite3.Row
    wrong, last, newest, taken = [], "", {}, {}
    for r in db.execute("select * from redaction order by revision, position"):
        place = r["past"], r["place"]
        if place in newest and newest[place]["salt"] is not None:
            wrong.append(f"r{r['revision']}: an older salt is left")
        newest[place] = r
        covered = [*place, json.loads(r["fields"]), r["digest"]]
        taken.setdefault(r["revision"], []).append(covered)

    def look(place, said, salt, digest):
        redacted = newest.get(place)
        own, expected = (redacted["salt"], redacted["digest"]) if redacted else (salt, digest)
        fits = len(own or b"") == 16 and sha256(own + said.encode()).hexdigest() == expected
        if not fits or (redacted and salt is not None):
            wrong.append(f"r{place[0]}: {place[1]}")

    for n, r in enumerate(db.execute("select * from revision order by number").fetchall(), 1):
        covered = {"format": "ropa-chain-1", "number": n, "at": r["at"], "previous": last}
        covered |= {"changes": [], "redactions": taken.pop(n, [])}
        for name in ("actor", "why", "command"):
            look((n, name), text([name, r[name]]), r[name + "_salt"], r[name + "_digest"])
            covered[name] = r[name + "_digest"]
        for c in db.execute("select * from change where revision = ? order by position", [n]):
            record = "null" if c["record"] is None else c["record"]
            said = f"[{text(c['kind'])},{text(c['ref'])},{record}]"
            look((n, str(c["position"])), said, c["salt"], c["digest"])
            covered["changes"].append(c["digest"])
        last = sha256(text(covered).encode()).hexdigest()
        if (r["number"], r["hash"]) != (n, last):
            wrong.append(f"r{n}: its hash")
            last = r["hash"]
    gap = "select 1 from {} group by revision having (min(position), max(position)) <> (1, count(*))"
    orphan = "select 1 from change where revision > (select count(*) from revision)"
    rest = [*taken, *db.execute(orphan)]
    rest += [*db.execute(gap.format("change")), *db.execute(gap.format("redaction"))]
    if rest:
        wrong.append("changes or redactions are missing, or without their revision")
    return last, wrong


if __name__ == "__main__":
    print(*check(sys.argv[1]))
