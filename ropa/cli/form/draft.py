"""The draft of a form: every answer as it was typed, kept at once, so that nothing typed is ever lost."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from ropa.cli.kept import Kept, keep, kept
from ropa.errors import Refused


@dataclass
class Draft:
    """What was answered so far.

    answers: path of the question and the text. later: answers that wait for their question to come again, after a step
    back, or where one before them fits no more. typing: what stands in the line now. file: where it is kept; None until there
    is something to keep, or where the disk refuses. resumed: whether it was left once, and is gone on with.
    """

    noun: str
    place: str
    answers: list[tuple[str, str]] = field(default_factory=list)
    later: list[tuple[str, str]] = field(default_factory=list)
    typing: str = ""
    file: Kept | None = None
    resumed: bool = False

    @property
    def name(self) -> str:
        """What the record is called, as far as it was said."""
        return next(
            (text for path, text in self.answers if path == "name" and text.strip()), "without a name"
        )

    def keep(self) -> None:
        """Keep it as it stands. Raises Refused where the disk says no; what was kept before stays whole."""
        said = {"answers": self.answers, "later": self.later, "typing": self.typing}
        text = json.dumps(said, ensure_ascii=False)
        if self.file is None:
            self.file = keep(text, _name(self.noun), place=self.place, suffix=".json")
        else:
            self.file.keep(text)

    def let_go(self) -> None:
        """Leave it for a later time, or for another program."""
        if self.file is not None:
            self.file.let_go()

    def forget(self) -> None:
        """It is written, or wanted no more."""
        if self.file is not None:
            self.file.forget()
            self.file = None


def drafts(noun: str, place: str) -> Sequence[Draft]:
    """The drafts of that noun that nobody is at work on, the last one first. A file that cannot be read stays where it is."""
    found = []
    for file in kept(_name(noun), place=place):
        try:
            said = json.loads(file.text())
            answers, later = (
                [(str(path), str(text)) for path, text in said[which]] for which in ("answers", "later")
            )
            found.append(Draft(noun, place, answers, later, str(said["typing"]), file, resumed=True))
        except (Refused, ValueError, KeyError, TypeError):
            file.let_go()
    return found


def _name(noun: str) -> str:
    return f"form {noun}"
