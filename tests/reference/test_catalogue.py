import pytest

from ropa.reference.catalogue import known_data, known_measure, known_subject, known_vendor
from ropa.reference.countries import countries
from ropa.reference.facts import cells, table

KNOWN = {
    "data_categories": known_data,
    "subject_categories": known_subject,
    "measures": known_measure,
    "vendors": known_vendor,
}


@pytest.mark.parametrize("name", KNOWN)
def test_no_name_means_two_rows(name: str) -> None:
    """Ref, name and aliases of a row lead to it and to no other."""
    for row in table(name):
        for word in (row["slug"], row["name"], row["name"].upper(), *cells(row["aliases"])):
            found = KNOWN[name](word)
            assert found is not None
            assert found.slug == row["slug"], word


@pytest.mark.parametrize("name", ["data_categories", "subject_categories"])
def test_parents_exist_and_end(name: str) -> None:
    """Each parent is a row of the same table, and nobody is their own ancestor."""
    parents = {row["slug"]: row["parent"] for row in table(name)}
    for slug, parent in parents.items():
        above = [slug]
        while parent:
            assert parent not in above
            above.append(parent)
            parent = parents[parent]  # noqa: PLW2901


def test_special_categories_of_the_catalogue_exist() -> None:
    """Each category names a known sort, says "none", or leaves open what depends."""
    sorts = {row["id"] for row in table("special_categories")} | {"none", ""}
    assert {row["special"] for row in table("data_categories")} <= sorts
    assert all(
        row["special"] != "none"
        for row in table("data_categories")
        if row["parent"] in ("sensitive", "criminal")
    )


def test_only_an_exact_name_is_known() -> None:
    """A near spelling or a longer phrase is unknown, however close."""
    assert known_data("e-mail ADDRESS") == known_data("email-address")
    assert [known_data(text) for text in ("email adress", "email address of the customer", "", "-")] == [
        None
    ] * 4
    assert known_vendor("Google Ireland Limited") is None


def test_what_is_not_said_stays_open() -> None:
    """Vague data are no category that is not special."""
    vague = known_data("various types of Data")
    assert vague is not None
    assert (vague.slug, vague.level, vague.special) == ("unspecified", "unspecified", "")
    children = known_subject("Kinder")
    assert children is not None
    assert (children.vulnerable, children.children) == (True, True)


def test_vendors_are_in_places_that_are_known() -> None:
    """Country cells hold codes of the table of countries."""
    for row in table("vendors"):
        for column in ("entity_country", "parent_country"):
            assert row[column] in countries() or not row[column]
