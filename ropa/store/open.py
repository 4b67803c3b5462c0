"""Opening a register: an SQLite file by path, or any database by SQLAlchemy URL. Only `create` makes one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ropa.errors import Refused
from ropa.store import file
from ropa.store.faults import plainly, refused
from ropa.store.version import EARLIER, VERSION

if TYPE_CHECKING:  # who only reads a file does without SQLAlchemy
    from sqlalchemy import Connection, Engine

    from ropa.store.unread import Ask


@dataclass(frozen=True)
class Store:
    """An open register, at the place as messages name it. new: whether its file may be made."""

    place: str
    new: bool = False

    @cached_property
    def engine(self) -> "Engine":
        """SQLAlchemy's engine for it."""
        from ropa.store.engine import engine_of_file, engine_of_url

        return (
            engine_of_url(self.place) if is_url(self.place) else engine_of_file(self.place, create=self.new)
        )

    @cached_property
    def file(self) -> str:
        """The path of its SQLite file; "" for the database of a server."""
        if not is_url(self.place):
            return self.place
        from sqlalchemy import make_url
        from sqlalchemy.exc import ArgumentError

        try:
            url = make_url(self.place)
        except ArgumentError:  # no address at all: `engine` says so
            return ""
        return (url.database or "") if url.get_backend_name() == "sqlite" else ""

    @contextmanager
    def asking(self, *, sharing: bool = False) -> Iterator["Ask"]:
        """One consistent view of the register, for reading in plain SQL. sharing: see `file.one_view`; for who keeps what is read."""
        if is_url(self.place):
            with self.reading() as connection:
                yield connection.exec_driver_sql
        else:
            with plainly(self.place), file.one_view(self.place, sharing=sharing) as connection:
                yield connection.execute

    @contextmanager
    def reading(self) -> Iterator["Connection"]:
        """One consistent view of the register."""
        with plainly(self.place), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator["Connection"]:
        """A transaction that holds the only pen: all of it is written, or nothing.

        Raises Conflict where another file was put in the register's place meanwhile: what is written would be lost with the old.
        """
        with (
            plainly(self.place),
            file.staying(self.file) as still_there,
            self.engine.connect().execution_options(writes=True) as connection,
            connection.begin(),
        ):
            yield connection
            still_there()


def is_url(where: str) -> bool:
    """Whether `where` is a database URL and not a path."""
    return "://" in where


def open_store(where: str, moved: Callable[[Path | None], None] | None = None) -> Store:
    """The register at a path or URL. Raises Refused where there is none, or one of a later version.

    One of an earlier version is copied, then brought to this one; `moved` is told where the copy is (None: of a server's
    database none is made).
    """
    if not is_url(where):
        path = Path(where)
        _refuse_broken_link(path)
        if not path.exists():
            raise Refused("there is no register here.", at=where, do="Make one: ropa init")
        if path.is_dir():
            raise Refused("this is a folder.", at=where, do="Name the file of a register with --db.")
    store = Store(where)
    if version_of(store) != VERSION:
        from ropa.store.migrate import bring_up

        kept = bring_up(store)
        if moved:
            moved(kept)
    return store


def _refuse_broken_link(path: Path) -> None:
    if path.is_symlink() and not path.exists():
        raise Refused(
            f"this is a link, and what it leads to is not there: {path.readlink()}.",
            at=str(path),
            do="Connect the disk or share that it is on, or mend the link.",
        )


def create_store(where: str) -> Store:
    """A new, empty register. Raises Refused where something is there already; a failure leaves no file."""
    from ropa.store.engine import is_empty
    from ropa.store.migrate import upgrade

    if is_url(where):
        store = Store(where)
        with plainly(where):
            if not is_empty(store.engine):
                raise Refused("this database is not empty.", at=where, do="Name an empty one.")
        upgrade(store)
        return store
    path = Path(where)
    _refuse_broken_link(path)
    if path.exists():
        raise Refused("there is a register already; it stays as it is.", at=where, do="Use another folder.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refused(f"the folder cannot be made: {error.strerror}.", at=str(path.parent)) from error
    store = Store(where, new=True)
    try:
        upgrade(store)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return store


def version_of(store: Store) -> str:
    """The version at which the tables of a database stand. Raises Refused for what is no register, or of a later ropa."""
    try:
        if is_url(store.place):
            from ropa.store.engine import version_in

            version = version_in(store.engine)
        else:
            version = file.version_in(store.place)
    except Refused:
        raise
    except Exception as error:
        raise refused(error, store.place) from error
    if version is None:
        raise Refused("this database holds no register.", at=store.place, do="Name another with --db.")
    if version not in (VERSION, *EARLIER):
        raise Refused(
            f"the register was written by another version of ropa (its tables stand at {version}, these at {VERSION}); "
            "it stays as it is.",
            at=store.place,
            do="Use a newer ropa.",
        )
    return version
