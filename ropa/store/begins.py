"""Where the tables begin in a damaged file: its own list of tables may be destroyed while the tables are not."""

import os
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

_HEADER, _PAGES = 100, 28
"""Of an SQLite file: how long its header is, and where in it stands how many pages there are, and behind that, which are free."""
_OF_TABLE, _OF_INDEX = 13, (2, 10)
"""What the first byte of a page says that holds rows of a table, and of one that belongs to an index."""
Begins = dict[str, int]


def opens(file: Path, tables: set[str]) -> bool:
    """Whether the list of tables reads, and names all of these. The journal of a killed program is played in by this."""
    try:
        with closing(sqlite3.connect(file)) as raw:
            return tables <= _listed(raw).keys()
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return False


def with_new_list(file: Path, sound: Path) -> None:
    """Give a file a list of tables that reads, as a new register has it, behind its last page; all else stays where it is.

    A table that began where the file has no page any more, or of which nothing tells for certain where, is not in it.
    """
    for end in ("-journal", "-wal"):
        file.with_name(f"{file.name}{end}").unlink(missing_ok=True)
    with closing(sqlite3.connect(sound)) as new:
        (size,) = new.execute("pragma page_size").fetchone()
        plain = {name: _plainly(new, name) for name in _listed(new)}
    content = file.read_bytes()
    begins = _begins(content, size, _layouts(sound, file.with_name("layout.db")))
    pages = max(-(-len(content) // size), 1)
    os.truncate(file, pages * size)
    with file.open("r+b") as raw:
        raw.write(_first_page(sound.read_bytes()[:_HEADER], size, pages))
    with closing(sqlite3.connect(file)) as old, old:
        old.execute("pragma writable_schema = on")
        old.executemany(
            "insert into sqlite_master (type, name, tbl_name, rootpage, sql) values ('table', ?, ?, ?, ?)",
            [(name, name, begin, plain[name]) for name, begin in begins.items() if 1 < begin <= pages],
        )


def _listed(raw: sqlite3.Connection) -> Begins:
    return dict(raw.execute("select name, rootpage from sqlite_master where type = 'table'"))


def _plainly(new: sqlite3.Connection, table: str) -> str:
    """A table without its indexes and rules: only what tells how its rows are read."""
    columns = new.execute(f'pragma table_info("{table}")').fetchall()
    keys = [name for _, name, type_, _, _, key in columns if key and type_.upper() == "INTEGER"]
    row_number = keys[0] if len(keys) == sum(bool(column[-1]) for column in columns) == 1 else None
    said = (f'"{name}"{" integer primary key" if name == row_number else ""}' for _, name, *_ in columns)
    return f'CREATE TABLE "{table}" ({", ".join(said)})'


def _layouts(sound: Path, aside: Path) -> list[Begins]:
    """Where the tables begin in a register as it was made, and in one that was packed since (a redaction does that)."""
    shutil.copyfile(sound, aside)
    found = []
    with closing(sqlite3.connect(aside)) as raw:
        found.append(_listed(raw))
        raw.execute("vacuum")
        found.append(_listed(raw))
    return found


def _begins(content: bytes, size: int, layouts: list[Begins]) -> Begins:
    """Where the tables begin: as what is left of the list says; of one that it does not name, as all layouts that fit say."""
    found: dict[str, set[int]] = {}
    for name in layouts[0]:
        text = re.escape(name.encode())
        for match in re.finditer(b"table" + text * 2 + b"(.{1,4}?)CREATE TABLE", content, re.DOTALL):
            found.setdefault(name, set()).add(int.from_bytes(match[1], "big"))
    certain = {name: roots.pop() for name, roots in found.items() if len(roots) == 1}
    fitting = [
        layout
        for layout in layouts
        if certain.items() <= layout.items()
        and not any(_first(content, size, page) in _OF_INDEX for page in layout.values())
    ]
    for name in layouts[0].keys() - certain.keys():
        said = {layout[name] for layout in fitting}
        if len(said) == 1:
            certain[name] = said.pop()
    return certain


def _first(content: bytes, size: int, page: int) -> int:
    at = (page - 1) * size
    return content[at] if at < len(content) else 0


def _first_page(header: bytes, size: int, pages: int) -> bytes:
    """The first page of a file whose list of tables is empty, and of which no page is free."""
    page = bytearray(size)
    page[:_HEADER] = header
    page[_PAGES : _PAGES + 12] = pages.to_bytes(4, "big") + bytes(8)
    page[_HEADER] = _OF_TABLE
    page[_HEADER + 5 : _HEADER + 7] = (size % 65536).to_bytes(2, "big")  # rows are put in from its end
    return bytes(page)
