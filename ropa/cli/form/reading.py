"""How one typed answer is read: by the model itself, so that the form takes what every other way takes."""

from collections.abc import Callable
from typing import Any

from pydantic import BaseModel, ValidationError

from ropa.cli.form.state import Form
from ropa.model.base import Record
from ropa.model.canonical import plain
from ropa.model.dates import day_in_words
from ropa.model.explain import troubles
from ropa.model.register import KINDS
from ropa.model.walk import FieldSaid


def reading(cls: type[BaseModel], known: FieldSaid, form: Form) -> Callable[[str], Any]:
    """How one typed answer is read: by the model itself, so that the form takes what every other way takes."""
    base = (
        {"ref": "PA-0001" if cls is KINDS["activity"] else "x", "name": "x"}
        if issubclass(cls, Record)
        else {}
    )

    def read(text: str) -> Any:
        if known.shape == "day" and (day := day_in_words(text, form.day)):
            text = day.isoformat()
        try:
            made = cls.model_validate({**base, known.name: [text] if known.many else text})
        except ValidationError as error:
            raise troubles(error, cls)[0] from None
        value = plain(made).get(known.name)
        return value[0] if known.many and value else value

    return read
