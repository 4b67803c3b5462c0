"""The controllers for whom a processor works (Art. 30(2)(a) and (b))."""

from ropa.model.organisation import Organisation
from ropa.model.parts import Client
from ropa.sheets.forms.answers.parties import contact_of, no_need
from ropa.sheets.forms.answers.registry import About, answers
from ropa.sheets.forms.speech import Speech


def _whom(say: Speech, about: About) -> Organisation | None:
    client: Client | None = about.part
    return say.register.get(Organisation, client.organisation) if client else None


@answers("client", "clients.organisation", "clients.described_as")
def client(say: Speech, about: About) -> str:
    """Name and contact of the controller, or the words for it where no organisation is named."""
    if about.part is None:
        return say.or_answer("", about.its, "clients")
    described = say.say(about.part, "described_as")
    if not about.part.organisation:
        return described or say.blank
    lines, missing = contact_of(say, about.part.organisation)
    return say.whole([*lines, described], missing)


@answers("client representative")
def client_representative(say: Speech, about: About) -> str:
    """The representative of the controller, with contact."""
    return _officer(say, about, "representative")


@answers("client officer")
def client_officer(say: Speech, about: About) -> str:
    """The data protection officer of the controller, with contact."""
    return _officer(say, about, "dpo")


def _officer(say: Speech, about: About, field: str) -> str:
    organisation = _whom(say, about)
    if organisation and (none := no_need(say, About(organisation, field=field))):
        return none
    person = getattr(organisation, field, None)
    told = {name: say.say(person, name) for name in ("name", "address", "country", "email", "phone")}
    told["address"] = say.street(person)
    said = ", ".join(filter(None, told.values()))
    return say.or_answer(said, organisation, field) if organisation else say.blank


@answers("client processing", "clients.categories")
def client_processing(say: Speech, about: About) -> str:
    """What is done for the controller."""
    if about.part is None:
        return say.or_answer("", about.its, "clients")
    said = say.say(about.part, "categories")
    return said or say.part_answer(about.its, "clients", about.number, "categories") or say.blank


@answers("client contracts")
def client_contracts(say: Speech, about: About) -> str:
    """Where the contract of Art. 28 with the controller is kept."""
    organisation = _whom(say, about)
    found = organisation.agreements if organisation else ()
    documents = [say.say(one, "document") for one in found if one.kind == "art28"]
    return say.whole(documents, []) or say.blank
