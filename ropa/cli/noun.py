"""A noun of the command line: the word for a kind of record, and an example of each of its verbs."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Noun:
    """A word of the command line for a kind of record.

    ours: entities (True), vendors (False), or no matter (None). catalogue: whether terms for it are shipped.
    """

    word: str
    kind: str
    ours: bool | None = None
    catalogue: bool = False

    @property
    def cls(self) -> Any:
        """The class of its records."""
        from ropa.model.register import KINDS

        return KINDS[self.kind]

    @property
    def one(self) -> str:
        """What a person calls one of them."""
        from ropa.model.calling import called_one

        return called_one(self.cls, ours=self.ours)

    @property
    def many(self) -> str:
        """What a person calls several of them."""
        from ropa.model.calling import called_many

        return called_many(self.cls, ours=self.ours)


def example(noun: Noun, verb: str) -> str:
    """One example of the verb's use, for its help."""
    ref = {
        "vendor": "mockmail",
        "entity": "musterfeld",
        "activity": "PA-0001",
        "data": "email-address",
        "subject": "applicants",
        "retention": "applicants-6m",
        "measure": "separation",
        "system": "log-server",
        "notice": "staff",
    }[noun.word]
    say = {
        "activity": "owner='Head of HR'",
        "organisation": "email=privacy@example.org",
        "data_category": "special=none",
        "subject_category": "vulnerable=yes",
        "retention_rule": "period='10 years'",
        "measure": "art32='32(1)(b)'",
        "system": "hosting_countries=DE",
        "notice": "language=en",
    }[noun.kind]
    about = {
        "activity": "transfers",
        "organisation": "representative",
        "retention_rule": "criterion",
        "system": "vendor",
        "measure": "dpv_iri",
        "notice": "minimum_age",
    }.get(noun.kind, "description")
    words = {
        "list": "ropa activity list --basis consent --status '!ended'\n\nExample: ropa activity list --due 2027-01-31"
        if noun.kind == "activity"
        else f"ropa {noun.word} list --text newsletter --json"
        + (f"\n\nExample: ropa {noun.word} list --shipped" if noun.catalogue else ""),
        "show": f"ropa {noun.word} show {ref}",
        "add": f"ropa {noun.word} add 'A name' {say}",
        "edit": f"ropa {noun.word} edit {ref}",
        "set": f"ropa {noun.word} set {ref} {say}",
        "state": f"ropa {noun.word} state {ref} {about} --reason 'why it does not apply'",
        "unstate": f"ropa {noun.word} unstate {ref} {about}",
        "copy": f"ropa {noun.word} copy {ref} 'Another name'",
        "rename": f"ropa activity rename {ref} 'A new name'"
        if noun.kind == "activity"
        else f"ropa {noun.word} rename {ref} another-ref",
        "remove": f"ropa {noun.word} remove {'PA-0027' if noun.kind == 'activity' else 'doubled'} --why 'recorded twice'",
    }[verb]
    return f"Example: {words}"


def word_of(kind: str) -> str:
    """The noun under which a kind of record is added; an organisation that is named elsewhere is most often outside."""
    from ropa.model.calling import command_of
    from ropa.model.register import KINDS

    return command_of(KINDS[kind], ours=None)
