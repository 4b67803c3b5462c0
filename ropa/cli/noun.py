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


_REFS = {
    "vendor": "mockmail",
    "entity": "musterfeld",
    "activity": "PA-0001",
    "data": "email-address",
    "subject": "applicants",
    "retention": "applicants-6m",
    "measure": "separation",
    "system": "log-server",
    "notice": "staff",
}
"""A record of each noun in the shipped example organisation: what the examples speak of."""
_SAID = {
    "activity": "owner='Head of HR'",
    "organisation": "email=privacy@example.org",
    "data_category": "special=none",
    "subject_category": "vulnerable=yes",
    "retention_rule": "period='10 years'",
    "measure": "art32='32(1)(b)'",
    "system": "hosting_countries=DE",
    "notice": "language=en",
}
_STATED = {
    "activity": "transfers",
    "organisation": "representative",
    "retention_rule": "criterion",
    "system": "vendor",
    "measure": "dpv_iri",
    "notice": "minimum_age",
}
_SETTINGS = {
    "activity": (
        "PA-0001 purposes.1.legal_basis=contract",
        "PA-0001 recipients+='{organisation: mockmail, role: processor}'",
        "PA-0001 measures-=separation",
        "--department 'human resources' owner='HR desk' --dry-run",
    ),
    "vendor": (
        "mockmail agreements.1.valid_until='end of 2027'",
        "mockmail sub_processors+='{organisation: invented-relay, country: US}'",
        "--country US tags+=abroad --dry-run",
    ),
}
"""Further uses of `set`: a field of a part, a new part, one less in a list, a filter in place of refs."""


def example(noun: Noun, verb: str) -> str:
    """One example of each use of the verb, for its help."""
    return "\n\n".join(f"Example: ropa {noun.word} {verb} {use}" for use in _uses(noun, verb))


def _uses(noun: Noun, verb: str) -> list[str]:
    """What follows noun and verb, use by use."""
    ref, said = _REFS[noun.word], _SAID[noun.kind]
    about = _STATED.get(noun.kind, "description")
    activity = noun.kind == "activity"
    if verb == "list":
        usual = "--basis consent --status '!ended'" if activity else "--text newsletter --json"
        return [
            usual,
            *(["--due 2027-01-31"] if activity else []),
            *(["--shipped"] if noun.catalogue else []),
        ]
    if verb == "set":
        return [f"{ref} {said}", *_SETTINGS.get(noun.word, (f"{ref} tags+=checked", f"{ref} tags-=checked"))]
    return {
        "show": [ref, f"{ref} --json"],
        "add": [f"'A name' {said}", f"--from new-{noun.word}.yaml"],
        "edit": [ref],
        "state": [f"{ref} {about} --reason 'why it does not apply'"],
        "unstate": [f"{ref} {about}"],
        "copy": [f"{ref} 'Another name'"],
        "rename": [f"{ref} 'A new name'" if activity else f"{ref} another-ref"],
        "remove": [f"{'PA-0027' if activity else 'doubled'} --why 'recorded twice'"],
    }[verb]


def word_of(kind: str) -> str:
    """The noun under which a kind of record is added; an organisation that is named elsewhere is most often outside."""
    from ropa.model.calling import command_of
    from ropa.model.register import KINDS

    return command_of(KINDS[kind], ours=None)
