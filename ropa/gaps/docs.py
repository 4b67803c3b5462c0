"""The rules as a page, made from the rules themselves."""

import re
from collections.abc import Iterator

from ropa.gaps.rule import SEVERITIES, TARGETS, Rule
from ropa.gaps.rules import RULES
from ropa.gaps.themes import THEMES, theme_of
from ropa.model.activity import Activity
from ropa.model.organisation import DataProtectionOfficer, Organisation, Representative
from ropa.model.parts import Client, DataLine, Purpose, Recipient, Transfer
from ropa.model.walk import fields

LETTERS = {
    "30(1)(a)": "who: controller and, where there are any, joint controller, representative, data protection officer; how to reach them",
    "30(1)(b)": "what for: the purposes",
    "30(1)(c)": "whose data, and which: categories of people and of personal data",
    "30(1)(d)": "to whom: categories of recipients, those abroad included",
    "30(1)(e)": "where there are any: transfers, the country or international organisation; the safeguards of Art. 49(1), second subparagraph",
    "30(1)(f)": "where possible: the time limits for erasing each category of data",
    "30(1)(g)": "where possible: a general description of the measures of Art. 32(1)",
    "30(2)(a)": "who: processor, each controller served and, where there are any, their representatives and the data protection officer; how to reach them",
    "30(2)(b)": "the categories of processing done for each controller",
    "30(2)(c)": "where there are any: transfers, as in 30(1)(e)",
    "30(2)(d)": "where possible: a general description of the measures, as in 30(1)(g)",
}
"""The items of Article 30 in the order of the law, with what each asks for in short."""
_PARAGRAPHS = (
    ("30(3)", "the record is in writing, electronic form included", "whatever the register holds is; a link alone is no content", "ROPA-Q104"),
    ("30(4)", "it is made available to the authority on request", "`ropa export`, with revision and hash; `--as-of` for an earlier day", "ROPA-Q104"),
    ("30(5)", "no duty under 250 persons, unless a risk is likely, or it is not occasional, or special or criminal data are in it", "`organisation.employees`", "ROPA-G105"),
)  # fmt: skip
"""The paragraphs behind the lists: what each says, what answers it, the rule that looks at it."""
_CITED = re.compile(r"30\([12]\)(?:\([a-g]\))?(?:-\([a-g]\))?")


def answering(letter: str) -> tuple[Rule, ...]:
    """The rules of severity missing whose law cites that item of Article 30, by its letter."""
    return tuple(one for one in RULES.values() if one.severity == "missing" and letter in _letters(one.law))


def _letters(law: str) -> set[str]:
    """The items of Article 30 that a law text cites, "30(1)(c)-(d)" taken apart."""
    found: set[str] = set()
    for cited in _CITED.findall(law):
        first, _, last = cited.partition("-")
        head, letter = first[:5], first[6:7]
        until = last[1:2] or letter
        found |= {f"{head}({chr(code)})" for code in range(ord(letter), ord(until) + 1)} if letter else set()
    return found


def rules_as_markdown() -> str:
    """docs/rules.md: how to read it, Article 30 letter by letter, every rule."""
    return "\n".join([*_head(), *_letter_by_letter(), *_each()]) + "\n"


def _head() -> Iterator[str]:
    counts = ", ".join(
        f"{n} `{s}`" for s in SEVERITIES if (n := sum(r.severity == s for r in RULES.values()))
    )
    yield "# The rules of the gap analysis"
    yield ""
    yield f"{len(RULES)} rules: {counts}. This page is made from the rules themselves (`make docs`)."
    yield ""
    yield 'Of a record a rule says that it is met, that something is missing ("open", where it is a risk or wording), or that it does not apply.'
    yield "A blank is never an answer; a statement with a reason is one, where the rule says so. A placeholder is a blank."
    yield "A finding says what is not recorded. It does not say that the processing is unlawful (CJEU C-60/22)."
    yield ""
    yield "- `missing`: content or a step that a law demands. `risk`: a pattern that tends to go wrong, so that somebody has to judge it."
    yield "- `quality`: words that help nobody, and records left alone too long. `info`: a remark, left out of every count."
    yield "- Complete: each `missing` rule that applies is met, or waived with a reason while the waiver lasts. Stated not to apply: not asked."
    yield "- The share is answered of asked, all weighing the same, drafts nothing. A purpose without a legal basis is named beside it, whatever the share."
    yield "- `sure` tells how certain we are that the law asks it and that the test sees it."
    yield ""


def _letter_by_letter() -> Iterator[str]:
    yield "## Article 30, letter by letter"
    yield ""
    yield "The duty is in our words; the law is OJ L 119 of 4 May 2016. Rules in brackets look at the same point, and are no letter: wording, contradictions."
    yield ""
    yield "| letter | the duty in short | fields that answer it | rules |"
    yield "|---|---|---|---|"
    for letter, duty in LETTERS.items():
        beside = ", ".join(
            _linked(one)
            for one in RULES.values()
            if one.severity != "missing" and letter in _letters(one.law)
        )
        rules = ", ".join(map(_linked, answering(letter))) + (f" ({beside})" if beside else "")
        yield f"| {letter} | {duty} | {', '.join(_fields(letter))} | {rules} |"
    for paragraph, duty, answered, rule in _PARAGRAPHS:
        yield f"| {paragraph} | {duty} | {answered} | ({_linked(RULES[rule])}) |"
    yield ""
    yield "Not in 30(2): purposes, legal bases, people and data, recipients, time limits. Of a processor's record they are never `missing`."
    yield ""
    yield "## What is missing by another article"
    yield ""
    yield "No letter of Article 30 asks for these. They are `missing` all the same, for the article named asks for them without any judgement."
    yield ""
    yield "| rule | what it asks | law |"
    yield "|---|---|---|"
    for one in beside_the_letters():
        yield f"| {_linked(one)} | {one.title} | {one.law} |"
    yield ""


def beside_the_letters() -> tuple[Rule, ...]:
    """The rules of severity missing that no item of Article 30 asks."""
    asked = {one.id for letter in LETTERS for one in answering(letter)}
    return tuple(one for one in RULES.values() if one.severity == "missing" and one.id not in asked)


def _linked(one: Rule) -> str:
    return f"[{one.id}](#{one.id.lower()})"


def _fields(letter: str) -> Iterator[str]:
    """Paths of the fields that say of themselves that they answer the letter."""
    places = (
        ("", Activity),
        ("purposes.", Purpose),
        ("data.", DataLine),
        ("recipients.", Recipient),
        ("transfers.", Transfer),
        ("clients.", Client),
        ("organisation.", Organisation),
        ("organisation.dpo.", DataProtectionOfficer),
        ("organisation.representative.", Representative),
    )
    for prefix, cls in places:
        for said in fields(cls):
            if not said.part and letter in _letters(said.answers):
                yield f"`{prefix}{said.name}`"


def _each() -> Iterator[str]:
    theme = ""
    for one in sorted(RULES.values(), key=lambda r: (list(THEMES).index(theme_of(r)), r.id)):
        if theme_of(one) != theme:
            theme = theme_of(one)
            yield f"## {THEMES[theme]}"
            yield ""
        yield from _rule(one)


def _rule(one: Rule) -> Iterator[str]:
    yield f"### {one.id}"
    yield ""
    yield f"**{one.title}.** {one.why}"
    yield ""
    yield f"- Severity: `{one.severity}`. Sure: {one.sure}. Asks: {'; '.join(TARGETS[target] for target in one.on)}."
    yield f"- Law: {one.law}"
    yield f"- Question: {one.ask}"
    yield f"- When: {one.applies}"
    yield f"- Good: {one.good}"
    yield f"- Bad: {one.bad}"
    yield f"- Fix: `{one.sample(one.fix)}`"
    if one.otherwise:
        yield f"- Or state: `{one.sample(one.otherwise)}`"
    if one.explainable:
        yield f'- A statement on {one.id}, with a reason, closes it; so does "checked, is right" on the field, for that field.'
    if one.facts:
        yield f"- Facts: {', '.join(one.facts)}"
    yield ""
