"""What records say, in the words of a form's language."""

from typing import Any

from pydantic import BaseModel

from ropa.model.common import Statement
from ropa.model.redacted import is_mark
from ropa.model.speech import country_name
from ropa.model.walk import FieldSaid
from ropa.sheets.forms.tongue import Tongue
from ropa.sheets.layout import Asked
from ropa.sheets.saying import DOES_NOT_APPLY, Words, lines_of, without_country
from ropa.sheets.table import Answer, Blank, Partly


class Speech(Words):
    """Speaks for one register on one day in one language. law: whose borders count. role: whose record it is."""

    def __init__(self, asked: Asked, tongue: Tongue, law: str, role: str) -> None:
        super().__init__(asked.register, asked.on)
        self.days = asked.days
        self.tongue = tongue
        self.law = law
        self.role = role
        self.blank = Blank(tongue.say("not recorded"))

    def word(self, key: str, **named: str | int) -> str:
        """A phrase of the program's own."""
        return self.tongue.say(key, **named)

    def missing(self, what: str) -> str:
        """That something is not recorded: "Mechanism: not recorded"."""
        return self.word("of", what=what, said=self.blank)

    def whole(self, lines: "list[str]", missing: "list[str]") -> str:
        """Lines, and after them what is missing, which marks the cell; "" for neither."""
        return lines_of(lines, lines_of(missing))

    def spoken(self, value: Any, known: FieldSaid) -> str:
        """The value of a field in words of this language; "" for what is not said."""
        if value is None or value == ():
            return ""
        if known.part:
            return super().spoken(value, known)
        return "; ".join(self._one(one, known) for one in (value if known.many else (value,)))

    def _one(self, value: Any, known: FieldSaid) -> str:
        said = ""
        if is_mark(value):
            return str(value)
        if known.shape == "country":
            said = self.tongue.country(value)
        elif known.shape == "period":
            said = self.tongue.period(value)
        elif known.shape == "yes/no":
            said = self.word("yes" if value else "no")
        elif known.vocabulary:
            said = self.tongue.code(known.vocabulary, value)
        return said or super().spoken((value,) if known.many else value, known)

    def or_answer(self, text: str, record: Any, *about: str) -> str:
        """The text; where it is empty the statement about the field; where there is none a blank that can be seen."""
        return text or self.answer(record, *about) or self.blank

    def stated(self, statement: Statement) -> str:
        """A statement in a sentence."""
        by = ", ".join(filter(None, (statement.by, statement.on.isoformat() if statement.on else "")))
        does_not = statement.says == DOES_NOT_APPLY
        says = self.word("does not apply" if does_not else "checked")
        reason = statement.reason or self.word("no reason")
        return f"{self.word('of', what=says, said=reason)}{f' ({by})' if by else ''}"

    def none(self, key: str) -> Answer:
        """A sentence in place of a value: that there is nothing to say, as the records themselves show."""
        return Answer(self.word(key))

    def partly(self, text: str, *, gap: bool) -> str:
        """The text, marked where a part of it is not recorded."""
        return Partly(text) if gap and text else text

    def street(self, record: BaseModel | None) -> str:
        """The address without the country, in this language or in English."""
        found = super().street(record)
        code = getattr(record, "country", None)
        return without_country(found, country_name(code)) if code else found

    def _time_limit(self, ref: str) -> str:
        from ropa.model.catalogue import RetentionRule

        rule = self.register.get(RetentionRule, ref)
        if rule is None:
            return ref
        limit = "; ".join(filter(None, (self.say(rule, "period"), self.say(rule, "criterion"))))
        starts = self.say(rule, "starts")
        return self.word("counted from", limit=limit, starts=starts) if limit and starts else limit
