"""The kinds of value a field can hold, each read in the user's spelling and kept in one standard form.

A reader either understands a spelling for certain or refuses it with the choices. Blank text is None: a blank is a gap.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import Field, GetCoreSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from ropa.errors import Refused
from ropa.model.codes import vocabulary
from ropa.model.dates import parse_day
from ropa.model.periods import parse_interval, parse_period

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*$")
ACTIVITY_REF = re.compile(r"PA-\d{4,}$")
WAIVER_REF = re.compile(r"W-\d{4,}$")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
TEXT_LIMIT = 20_000_000
"""Characters in one text: the longest notice that is read."""

YES_NO = {
    **dict.fromkeys(("yes", "true", "y", "ja", "oui", "si", "sì", "sí", "1"), True),
    **dict.fromkeys(("no", "false", "n", "nein", "non", "nee", "0"), False),
}


def refusal(trouble: Refused) -> PydanticCustomError:
    """The same trouble in the form that pydantic collects, so that all of a record's faults are told at once."""
    return PydanticCustomError("refused", "{what}", {"what": trouble.what, "do": trouble.do})


def reading(read: Callable[[str], Any]) -> Callable[[Any], Any]:
    """A validator that reads a text with `read`, turns blank into None and lets other values pass to the type check."""

    def validate(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        if not value or value.isspace():
            return None
        try:
            return read(value)
        except Refused as trouble:
            raise refusal(trouble) from None

    return validate


def clean_text(text: str) -> str:
    """The text without white space around it. Refuses what no file, table or page can hold."""
    return keep_text(text).strip()


def keep_text(text: str) -> str:
    """The text as it stands. Refuses what no file, table or page can hold."""
    if "\x00" in text:
        raise Refused("holds a NUL character.", do="Take it out.")
    if not text.isascii():
        try:
            text.encode("utf-8")
        except UnicodeEncodeError:
            raise Refused("holds half of a character (a lone surrogate).", do="Type it again.") from None
    if len(text) > TEXT_LIMIT:
        raise Refused(
            f"is longer than {TEXT_LIMIT:,} characters.", do="Keep it in a file and name the file here."
        )
    return text


def control_in(text: str) -> str:
    """The first sign that a screen would obey and nobody can read, in words; "" where there is none but tabs and line ends.

    Nobody types one on purpose. What a file holds is kept as it stands, and shown.
    """
    found = _CONTROL.search(text)
    if not found:
        return ""
    what = "a mark that turns the reading direction" if found[0] > "\x9f" else "a control character"
    return f"{what} (code {ord(found[0])}) at place {found.start() + 1}"


def parse_slug(text: str) -> str:
    """A ref as it is written; Refused where it has other signs than small letters, digits and single hyphens."""
    if not SLUG.match(text):
        raise Refused(f"'{text}' is not a ref.", do="A ref has small letters a-z, digits and single hyphens.")
    return text


def parse_activity_ref(text: str) -> str:
    """PA-0001 and so on; a small p or missing zeros are mended."""
    found = re.match(r"(?i)pa-?(\d+)$", text.strip())
    if not found:
        raise Refused(f"'{text}' is not an activity's ref.", do="It looks like PA-0001.")
    return f"PA-{int(found[1]):04d}"


def parse_waiver_ref(text: str) -> str:
    """W-0001 and so on."""
    if not WAIVER_REF.match(text):
        raise Refused(f"'{text}' is not a waiver's ref.", do="It looks like W-0001.")
    return text


def parse_country(text: str) -> str:
    """The ISO 3166-1 alpha-2 code of a country, territory or region named in any of six languages."""
    from ropa.reference.countries import country

    typed = text.strip()
    return country(
        typed.upper() if len(typed) == 2 else typed
    ).code  # "fr" in a field is a code, in a text it is a word


def parse_yes_no(text: str) -> bool:
    """Yes or no, in six languages."""
    answer = YES_NO.get(text.strip().casefold())
    if answer is None:
        raise Refused(f"'{text}' is neither yes nor no.")
    return answer


def parse_number(text: str) -> int:
    """A whole number, with or without marks of thousands as white space."""
    digits = re.sub(r"[\s_]", "", text)
    if not re.fullmatch(r"-?\d{1,15}", digits):
        raise Refused(f"'{text}' is not a whole number.")
    return int(digits)


@dataclass(frozen=True)
class Value:
    """Says what a field's value stands for, and reads it. It stands in the field's annotation.

    shape: text, day, period, country, code, number, yes/no or ref. read: turns the user's spelling into the standard
    form. vocabulary: for a code, its list in `ropa.model.codes`. names: for a ref, the kind of the record it names.
    done: for a day, whether it is one on which something was done, and so cannot be still to come. word: for a text, whether
    it is a mark that holds no comma, so that commas part several of them.
    """

    shape: str
    read: Callable[[str], Any]
    vocabulary: str = ""
    names: str = ""
    done: bool = False
    word: bool = False

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Read before the type is checked."""
        return core_schema.no_info_before_validator_function(reading(self.read), handler(source))


def code(name: str) -> Value:
    """A text out of the vocabulary of that name."""
    return Value("code", lambda text: vocabulary(name).parse(text), vocabulary=name)


def ref(kind: str) -> Value:
    """The ref of a record of that kind."""
    return Value("ref", parse_activity_ref if kind == "activity" else parse_slug, names=kind)


_TEXT = Value("text", clean_text)
_COUNTRY = Value("country", parse_country)

Text = Annotated[str | None, _TEXT]
Verbatim = Annotated[str | None, Value("text", keep_text)]
"""A text whose white space counts, so that its line numbers stay true."""
Line = Annotated[str, Value("text", lambda text: " ".join(clean_text(text).split()))]
"""A text of one line that cannot be blank: the name of a record."""
Word = Annotated[str, _TEXT]
"""A text that cannot be blank: a name, or a member of a list."""
Mark = Annotated[str, Value("text", clean_text, word=True)]
"""A word by which something is found, such as a tag or a domain; several are typed with commas between."""
Day = Annotated[date | None, Value("day", parse_day)]
DayDone = Annotated[date | None, Value("day", parse_day, done=True)]
"""A day on which something was done."""
YesNo = Annotated[bool | None, Value("yes/no", parse_yes_no)]
Number = Annotated[Annotated[int, Field(ge=0, le=10**12)] | None, Value("number", parse_number)]
Position = Annotated[Annotated[int, Field(ge=1, le=10**6)], Value("number", parse_number)]
"""The place of a part in its list, counted from 1."""
Period = Annotated[str | None, Value("period", parse_period)]
"""An ISO 8601 duration in years, months, weeks, days."""
Interval = Annotated[str | None, Value("period", parse_interval)]
"""How often something is done: the ISO 8601 duration from one time to the next."""
Country = Annotated[str | None, _COUNTRY]
CountryCode = Annotated[str, _COUNTRY]
"""A country as a member of a list."""

Slug = Annotated[str, Value("ref", parse_slug)]
ActivityId = Annotated[str, Value("ref", parse_activity_ref)]
WaiverId = Annotated[str, Value("ref", parse_waiver_ref)]

OrganisationRef = Annotated[str | None, ref("organisation")]
ActivityRef = Annotated[str | None, ref("activity")]
DataCategoryRef = Annotated[str | None, ref("data_category")]
SubjectCategoryRef = Annotated[str | None, ref("subject_category")]
RetentionRuleRef = Annotated[str | None, ref("retention_rule")]
SystemRefs = tuple[Annotated[str, ref("system")], ...]
MeasureRefs = tuple[Annotated[str, ref("measure")], ...]
NoticeRef = Annotated[str | None, ref("notice")]
NoticeRefs = tuple[Annotated[str, ref("notice")], ...]
