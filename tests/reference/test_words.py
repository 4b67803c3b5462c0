import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropa.words import fold, listing, nearest


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("U.S.A.", "usa"),
        ("  Île-de-France ", "ile de france"),
        ("e_mail--address", "E mail address"),
        ("STRASSE", "Straße"),
        ("Kraków Łódź", "krakow lodz"),
        ("n.v.t.", "NVT"),
        ("ｆｕｌｌ", "full"),
        ("data\u00adbase", "database"),
        ("l’Union", "l'union"),
        ("Ελλάδα", "ελλαδα"),
    ],
)
def test_spellings_of_one_word_fold_alike(one: str, other: str) -> None:
    """Case, accents, dots of abbreviations, signs and invisible hyphens make no difference."""
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"), [("がか", "かか"), ("कि", "का"), ("6.1.b", "61b"), ("مدينة", "بيانات")]
)
def test_different_words_stay_different(one: str, other: str) -> None:
    """Marks that carry meaning in their script, and dots between figures, are not lost."""
    assert fold(one) != fold(other)


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text: str) -> None:
    """A folded text is in its final form, whatever the script."""
    assert fold(fold(text)) == fold(text)


def test_near_spellings_come_as_they_are_written() -> None:
    """The nearest candidates keep their own spelling, best first; nothing near gives nothing."""
    assert nearest("germny", ["Guernsey", "Germany", "France"])[0] == "Germany"
    assert nearest("qqqq", ["Germany"]) == []


@pytest.mark.parametrize(
    ("items", "said"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), ("abc", "a, b and c")]
)
def test_items_are_listed_as_in_a_sentence(items: list[str], said: str) -> None:
    """Commas, and one word before the last item."""
    assert listing(items) == said
