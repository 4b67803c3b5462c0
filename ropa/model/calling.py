"""What a person calls a record and its kind, and the noun under which commands know it."""

from ropa.model.common import Documented


def called_one(cls: type[Documented], *, ours: bool | None) -> str:
    """What a person calls a record of a kind; of organisations one of ours is an entity, another one a vendor."""
    return cls.noun if _is_either(cls, ours=ours) else command_of(cls, ours=ours)


def called_kind(record: Documented) -> str:
    """What a person calls the kind of a record."""
    return called_one(type(record), ours=getattr(record, "ours", None))


def called_many(cls: type[Documented], *, ours: bool | None) -> str:
    """What a person calls several of them."""
    return cls.plural if _is_either(cls, ours=ours) else "entities" if ours else "vendors"


def _is_either(cls: type[Documented], *, ours: bool | None) -> bool:
    return ours is None or "ours" not in cls.model_fields


def command_of(cls: type[Documented], *, ours: bool | None) -> str:
    """The noun under which commands know a kind: organisations that are not said to be ours are most often outside."""
    return "entity" if ours else cls.word or cls.kind


def called(record: Documented) -> str:
    """A record by its ref and its name: PA-0014 (Newsletter)."""
    return f"{record.ref} ({record.name})"
