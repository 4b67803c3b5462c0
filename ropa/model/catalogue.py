"""The shared catalogues: categories of data and of people, retention rules, measures, systems."""

from typing import Annotated

from ropa.model.base import listed, needed, said
from ropa.model.common import Documented
from ropa.model.values import (
    Country,
    CountryCode,
    DataCategoryRef,
    MeasureRefs,
    OrganisationRef,
    Period,
    Slug,
    SubjectCategoryRef,
    Text,
    YesNo,
    code,
)

_REF = "Short name in small letters, such as"


class DataCategory(Documented):
    """A category of personal data, such as email address."""

    kind = "data_category"
    word = "data"
    noun = "data category"
    plural = "data categories"
    shown = ("ref", "name", "parent", "special")

    ref: Slug = needed("Ref", f"{_REF} email-address.")
    parent: DataCategoryRef = said("Parent", "The wider category it belongs to.", answers="30(1)(c)")
    special: Annotated[str | None, code("special_sorts")] = said(
        "Special", "None, a sort of Art. 9(1), or Art. 10.", answers="9(1); 10"
    )
    family: Text = said("Family", "The heading under which authorities' forms list it.", answers="30(1)(c)")
    description: Text = said("Description", "What it holds.", answers="30(1)(c)")
    dpv_iri: Text = said("DPV concept", "The concept of the W3C Data Privacy Vocabulary.", own=True)


class SubjectCategory(Documented):
    """A category of data subjects, such as employees."""

    kind = "subject_category"
    word = "subject"
    noun = "data-subject category"
    plural = "data-subject categories"
    shown = ("ref", "name", "vulnerable", "children", "staff")

    ref: Slug = needed("Ref", f"{_REF} employees.")
    parent: SubjectCategoryRef = said("Parent", "The wider category it belongs to.", answers="30(1)(c)")
    vulnerable: YesNo = said("Vulnerable", "Whether they depend on us or need protection.", answers="35(1)")
    children: YesNo = said("Children", "Whether they are children.", answers="8; 6(1)(f)")
    staff: YesNo = said("Staff", "Whether they work for us.", answers="88")
    description: Text = said("Description", "Who they are.", answers="30(1)(c)")
    dpv_iri: Text = said("DPV concept", "The concept of the W3C Data Privacy Vocabulary.", own=True)


class RetentionRule(Documented):
    """How long, from when, on what ground, and what happens then."""

    kind = "retention_rule"
    word = "retention"
    noun = "retention rule"
    plural = "retention rules"
    shown = ("ref", "name", "period", "criterion", "starts", "ground")

    ref: Slug = needed("Ref", f"{_REF} invoices-10y.")
    period: Period = said("Period", "How long, such as 10 years (P10Y).", answers="30(1)(f); 5(1)(e)")
    criterion: Text = said(
        "Criterion", "What decides, where no period can be given.", answers="30(1)(f); 13(2)(a)"
    )
    starts: Text = said("Starts", "What the period is counted from.", answers="30(1)(f)")
    ground: Text = said("Ground", "The law or reason behind it.", answers="5(1)(e); 5(2)")
    country: Country = said("Country", "Whose law sets it.", answers="5(1)(e)")
    fate: Annotated[str | None, code("fate")] = said(
        "Fate", "What happens at the end.", answers="5(1)(e); 17"
    )
    method: Text = said("Method", "How that is done.", answers="5(1)(e); 32")


class Measure(Documented):
    """A technical or organisational measure (Art. 32(1))."""

    kind = "measure"
    noun = "measure"
    plural = "measures"
    shown = ("ref", "name", "art32", "nature")

    ref: Slug = needed("Ref", f"{_REF} encryption-at-rest.")
    art32: Annotated[str | None, code("measure kind")] = said(
        "Kind", "The point of Art. 32(1).", answers="32(1)"
    )
    nature: Annotated[str | None, code("nature")] = said(
        "Nature", "Technical, organisational or physical.", answers="32(1)"
    )
    description: Text = said("Description", "What one could go and look at.", answers="30(1)(g); 30(2)(d)")
    dpv_iri: Text = said("DPV concept", "The concept of the W3C Data Privacy Vocabulary.", own=True)


class System(Documented):
    """A system on which activities run."""

    kind = "system"
    noun = "system"
    plural = "systems"
    shown = ("ref", "name", "vendor", "hosting_countries")

    ref: Slug = needed("Ref", f"{_REF} crm.")
    vendor: OrganisationRef = said("Vendor", "Who makes or runs it.", answers="28; 30(1)(d)")
    vendor_access: YesNo = said(
        "Vendor has access", "Whether the vendor can see the data.", answers="28; 4(8)"
    )
    hosting_countries: tuple[CountryCode, ...] = listed(
        "Hosting countries", "Where it is hosted.", answers="30(1)(e); 44"
    )
    measures: MeasureRefs = listed(
        "Measures", "The measures that protect it.", answers="30(1)(g); 30(2)(d); 32(1)"
    )
    description: Text = said("Description", "What it does.", answers="30(1)(g)")
