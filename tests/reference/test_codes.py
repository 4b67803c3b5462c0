import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropa.errors import Ambiguous, Refused
from ropa.reference.codes import legal_bases, mechanisms, scc_sets, special_conditions, special_sorts
from ropa.reference.facts import cells, table

ALL = {vocabulary.name: vocabulary for vocabulary in
       (legal_bases(), special_conditions(), mechanisms(), scc_sets(), special_sorts())}  # fmt: skip


@pytest.mark.parametrize("name", ALL)
def test_a_code_and_its_label_can_be_typed_back(name: str) -> None:
    """What the program prints, it reads, in any case."""
    for code in ALL[name].codes:
        label = ALL[name].label(code)
        for text in (code, label, label.upper(), f"{code} ({label})", f" {label} "):
            assert ALL[name].parse(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Art. 6 (1) b GDPR", "6(1)(b)"),
        ("6.1.b", "6(1)(b)"),
        ("6 1 b", "6(1)(b)"),
        ("Art 6(1) lit. b DSGVO", "6(1)(b)"),
        ("Art. 6 Abs. 1 S. 1 lit. f DSGVO", "6(1)(f)"),
        ("Art. 6 Abs. 1 Satz 1 Buchst. f DS-GVO", "6(1)(f)"),
        ("Art. 6 I c DSGVO", "6(1)(c)"),
        ("Article 6, paragraph 1, point (b)", "6(1)(b)"),
        ("point (f) of Article 6(1) of Regulation (EU) 2016/679", "6(1)(f)"),
        ("article 6, paragraphe 1, point e) du RGPD", "6(1)(e)"),
        ("artikel 6, eerste lid, onder f, AVG", "6(1)(f)"),
        ("artículo 6.1.c) del RGPD", "6(1)(c)"),
        ("art. 6, par. 1, lett. a) GDPR", "6(1)(a)"),
        ("6(1)(b) – performance of a contract", "6(1)(b)"),
        ("Contract (Art. 6(1)(b) GDPR)", "6(1)(b)"),
        ("contract", "6(1)(b)"),
        ("Consent", "6(1)(a)"),
        ("legitimate interest", "6(1)(f)"),
        ("Legitimate Interests", "6(1)(f)"),
        ("legal obligation", "6(1)(c)"),
        ("vital interests", "6(1)(d)"),
        ("public task", "6(1)(e)"),
        ("public interest", "6(1)(e)"),
        ("Einwilligung", "6(1)(a)"),
        ("Vertrag", "6(1)(b)"),
        ("berechtigtes Interesse", "6(1)(f)"),
        ("intérêt légitime", "6(1)(f)"),
        ("interet legitime", "6(1)(f)"),
        ("gerechtvaardigd belang", "6(1)(f)"),
        ("obligación legal", "6(1)(c)"),
        ("legittimo interesse", "6(1)(f)"),
    ],
)
def test_spellings_of_a_legal_basis_are_understood(text: str, code: str) -> None:
    """Citations in six languages, and the usual names."""
    assert legal_bases().parse(text) == code


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("6.1.z", r"'6\.1\.z' is not one of 6\(1\)\(a\) … 6\(1\)\(f\)\."),
        ("b", "lacks its article"),
        ("6(4)", "no legal basis of its own"),
        ("Art. 6 (4) GDPR", "no legal basis of its own"),
        ("compatible purpose", "no legal basis of its own"),
        ("9(2)(a)", "is not one of"),
        ("49(1)(a)", "is not one of"),
        ("not 6(1)(b)", "is not one of"),
        ("no 6(1)(b)", "is not one of"),
        ("6(1)(b) or something", "is not one of"),
        ("concent", r"Did you mean 6\(1\)\(a\) consent\?"),
        ("", "is not one of"),
        ("6(1)(b)\x1b[31m=cmd()", "is not one of"),
    ],
)
def test_what_is_no_legal_basis_is_refused(text: str, said: str) -> None:
    """With the list, and the next step where there is one; never Ambiguous."""
    with pytest.raises(Refused, match=said) as refusal:
        legal_bases().parse(text)
    assert not isinstance(refusal.value, Ambiguous)


@pytest.mark.parametrize(
    "text",
    [
        "Art. 6",
        "6(1)",
        "6(1)(b) and (f)",
        "6(1)(b) and (e)",
        "6(1)(b), 6(1)(f)",
        "6(1)(b) consent",
        "law",
        "interest",
    ],
)
def test_a_text_that_fits_several_bases_is_not_guessed(text: str) -> None:
    """One purpose has one basis: the choices are named and none is taken."""
    with pytest.raises(Ambiguous, match=r"Say which: 6\(1\)"):
        legal_bases().parse(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("scc", "46-2-c"), ("Standard Contractual Clauses", "46-2-c"), ("Standardvertragsklauseln", "46-2-c"),
        ("adequacy", "45"), ("DPF", "45"), ("Art. 45", "45"), ("Art. 46 (2) (c) GDPR", "46-2-c"),
        ("Article 49(1)(a)", "49-1-a"), ("explicit consent", "49-1-a"), ("BCR-C", "47-bcr-c"), ("48", "48"),
        ("49(1) second subparagraph", "49-1-sub2"), ("IDTA", "uk-idta"), ("Swiss SCC", "ch-16-2-d"),
    ],
)  # fmt: skip
def test_spellings_of_a_mechanism_are_understood(text: str, code: str) -> None:
    """Names, abbreviations and citations."""
    assert mechanisms().parse(text) == code


@pytest.mark.parametrize(
    ("text", "choice"),
    [
        ("BCR", "47-bcr-p"), ("Art. 47", "47-bcr-c"), ("consent", "49-1-a"), ("Art. 49", "49-1-sub2"),
        ("Art. 46", "46-3-b"), ("Privacy Shield", "45"), ("SCC module 2", "46-2-c"), ("contract", "49-1-c"),
    ],
)  # fmt: skip
def test_a_vague_mechanism_is_refused_with_choices(text: str, choice: str) -> None:
    """Consent is no ground for a transfer by itself, the Privacy Shield is over, BCR come in two sorts."""
    with pytest.raises(Ambiguous, match="Say which") as refusal:
        mechanisms().parse(text)
    assert choice in refusal.value.do


def test_sets_of_clauses_are_not_mechanisms_and_mechanisms_are_not_sets() -> None:
    """A leg rests on 46(2)(c); which set was signed stands in the agreement."""
    assert not [code for code in mechanisms().codes if code.startswith(("scc-", "28-"))]
    assert scc_sets().codes == (
        "scc-2021-914", "scc-2001-497", "scc-2004-915", "scc-2010-87", "scc-2002-16",
        "uk-idta", "uk-addendum", "uk-old-scc",
    )  # fmt: skip
    assert scc_sets().parse("Implementing Decision (EU) 2021/914") == "scc-2021-914"
    with pytest.raises(Refused, match="no transfer tool"):
        scc_sets().parse("2021/915")
    with pytest.raises(Ambiguous):
        scc_sets().parse("SCC")


@pytest.mark.parametrize(
    ("text", "code"),
    [("none", "none"), ("health", "health-data"), ("Gesundheitsdaten", "health-data"), ("Art. 10", "criminal-data"),
     ("Trade union membership", "trade-union-membership"), ("biometric", "biometric-identification")],
)  # fmt: skip
def test_sorts_of_special_data_are_understood(text: str, code: str) -> None:
    """By name in six languages, or by article where that is one sort."""
    assert special_sorts().parse(text) == code


@pytest.mark.parametrize("text", ["yes", "sensitive", "Art. 9", "9(1)"])
def test_special_without_the_sort_is_ambiguous(text: str) -> None:
    """A yes does not say which sort."""
    with pytest.raises(Ambiguous, match="health-data"):
        special_sorts().parse(text)


def test_conditions_are_those_of_the_law() -> None:
    """Ten points of 9(2); 9(4) is refused, bare consent must be explicit."""
    assert [code[-2] for code in special_conditions().codes] == list("abcdefghij")
    assert special_conditions().parse("Art. 9 Abs. 2 lit. i DSGVO") == "9(2)(i)"
    with pytest.raises(Refused, match="no condition of its own"):
        special_conditions().parse("9(4)")
    with pytest.raises(Ambiguous, match="explicit"):
        special_conditions().parse("consent")


@pytest.mark.parametrize("name", ALL)
def test_shipped_aliases_name_one_code_that_exists(name: str) -> None:
    """Each alias of the table leads to its code, unless that code is refused with a reason."""
    for row in table("aliases"):
        if row["vocabulary"] != name:
            continue
        if row["code"] in ALL[name].labels:
            assert ALL[name].parse(row["alias"]) == row["code"]
        else:
            with pytest.raises(Refused):
                ALL[name].parse(row["alias"])


def test_unclear_words_offer_codes_that_exist() -> None:
    """Each choice can be typed back; each word is refused as Ambiguous."""
    for row in table("unclear"):
        if row["vocabulary"] in ALL:
            vocabulary = ALL[row["vocabulary"]]
            assert set(cells(row["choices"])) <= set(vocabulary.codes)
            with pytest.raises(Ambiguous):
                vocabulary.parse(row["word"])


@given(st.text(max_size=40))
def test_any_text_is_a_code_or_refused(text: str) -> None:
    """No text brings anything but a code of the list or a refusal."""
    for vocabulary in ALL.values():
        try:
            assert vocabulary.parse(text) in vocabulary.codes
        except Refused as refusal:
            assert refusal.what  # noqa: PT017
