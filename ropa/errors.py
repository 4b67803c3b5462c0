"""What the program says when it cannot go on: what, where, and what to do next."""


class Refused(Exception):
    """Something the user can mend. The library raises it; only the command line knows exit codes.

    what: one sentence that names the trouble.
    at: where it is (a file, a cell, a line, a field), or nothing.
    do: the next step, as a sentence or a command.
    """

    def __init__(self, what: str, *, at: str = "", do: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.at = at
        self.do = do

    def __str__(self) -> str:
        """One line: where, what, what to do next."""
        line = f"{self.at}: {self.what}" if self.at else self.what
        return f"{line} {self.do}" if self.do else line


class Ambiguous(Refused):
    """A word that fits more than one thing. The choices are named; none is taken."""


class Conflict(Refused):
    """A record was changed by somebody else since the change was prepared."""


class Faults(Refused):
    """Several faults of one input, told together."""

    def __init__(self, each: "list[Refused]") -> None:
        super().__init__("\n".join(str(one) for one in each))
        self.each = each
