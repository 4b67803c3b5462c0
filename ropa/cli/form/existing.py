"""A form over a record that is there: questions about some of its fields, for who mends it."""

from datetime import date

from ropa.cli.form.state import Form, said_of
from ropa.compare import Change
from ropa.model.common import Documented
from ropa.model.register import Register


class Existing(Form):
    """What is asked of a record of the register, and what its answers change."""

    def __init__(self, register: Register, record: Documented, day: date, actor: str) -> None:
        super().__init__(register, record.kind, day, actor=actor)
        self.said = said_of(record)
        self._own = record

    def changes(self) -> list[Change]:
        """What would be written: what comes along, and the record as it is now where that is another one."""
        record = self.record()
        return [
            *(Change(None, one) for one in self._along),
            *([Change(self._own, record)] if record != self._own else []),
            *(Change(self._before[ref], one) for ref, one in self._changed.items()),
        ]
