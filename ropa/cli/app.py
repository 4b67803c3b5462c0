"""The program's entry: commands that are imported when they are used, and errors in one line."""

import gc
import os
import sys
from collections.abc import Callable
from importlib import import_module
from io import TextIOWrapper
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperCommand, TyperGroup

from ropa import __version__
from ropa.cli.options import commands
from ropa.cli.waiting import waiting
from ropa.errors import Faults, Refused

_RECORDS, _WHOLE, _PAST, _SAFE = "Records", "The whole register", "History and proof", "Safe keeping"

COMMANDS: dict[str, tuple[str, str, str]] = {
    "activity": (
        "ropa.cli.nouns:activity",
        _RECORDS,
        "Processing activities, as controller and as processor.",
    ),
    "vendor": (
        "ropa.cli.nouns:vendor",
        _RECORDS,
        "Organisations outside: vendors, partners, clients, authorities.",
    ),
    "entity": ("ropa.cli.nouns:entity", _RECORDS, "Organisations of ours."),
    "data": ("ropa.cli.nouns:data", _RECORDS, "Categories of personal data."),
    "subject": ("ropa.cli.nouns:subject", _RECORDS, "Categories of data subjects."),
    "retention": (
        "ropa.cli.nouns:retention",
        _RECORDS,
        "Retention rules: how long, from when, on what ground.",
    ),
    "system": ("ropa.cli.nouns:system", _RECORDS, "Systems that activities run on."),
    "measure": ("ropa.cli.nouns:measure", _RECORDS, "Security measures."),
    "notice": ("ropa.cli.nouns:notice", _RECORDS, "Privacy notices."),
    "transfer": (
        "ropa.cli.transfer:app",
        _RECORDS,
        "What leaves the EEA: where to, to whom, on what ground.",
    ),
    "init": ("ropa.cli.init:init", _WHOLE, "Make a new register in this folder."),
    "import": ("ropa.cli.bring:bring", _WHOLE, "Read a notice or a register's text: preview, ask, commit."),
    "status": ("ropa.cli.status:status", _WHOLE, "One screen: what is here, what is open, what to do next."),
    "due": ("ropa.cli.due:due", _WHOLE, "What is overdue, and what falls due soon."),
    "gaps": ("ropa.cli.gaps:gaps", _WHOLE, "The open questions, what matters most first."),
    "gaps fix": ("ropa.cli.fix:fix", _WHOLE, "Mend the gaps, one question at a time."),
    "gaps letter": (
        "ropa.cli.letter:letter",
        _WHOLE,
        "The questions for one colleague, to mail and to fill in.",
    ),
    "whatif": (
        "ropa.cli.whatif:whatif",
        _WHOLE,
        "Which gaps would open and close, if: nothing is written.",
    ),
    "waive": ("ropa.cli.waive:waive", _WHOLE, "Accept a gap on purpose: why, by whom, until when."),
    "unwaive": ("ropa.cli.waive:unwaive", _WHOLE, "Take a waiver back."),
    "rules": ("ropa.cli.rules:app", _WHOLE, "The rules of the gap analysis, with their law."),
    "facts": (
        "ropa.cli.facts:app",
        _WHOLE,
        "The dated facts that rules and forms rest on, with their sources.",
    ),
    "export": ("ropa.cli.export:export", _WHOLE, "Write the register as a workbook or text."),
    "layouts": ("ropa.cli.export:layouts", _WHOLE, "The forms that export can write."),
    "find": ("ropa.cli.find:find", _WHOLE, "Any record, any field."),
    "sql": ("ropa.cli.sql:sql", _WHOLE, "Ask the tables in SQL; nothing can be written."),
    "schema": ("ropa.cli.schema:schema", _WHOLE, "JSON Schema of the records."),
    "help": ("ropa.cli.topics:help_", _WHOLE, "What a field wants, with its law; or a command's help."),
    "completion": ("ropa.cli.completing.command:completion", _WHOLE, "Let the Tab key complete words."),
    "log": ("ropa.cli.log:log", _PAST, "Who changed what, when and why."),
    "diff": ("ropa.cli.diff:diff", _PAST, "What changed between two days, revisions or files."),
    "undo": ("ropa.cli.undo:undo", _PAST, "Take a revision back, by a new one."),
    "redact": ("ropa.cli.redact:redact", _PAST, "Take something out of the history for good."),
    "verify": ("ropa.cli.verify:verify", _PAST, "Prove that nothing was altered, here or in a workbook."),
    "seal": ("ropa.cli.seal:seal", _PAST, "Write the hash into a text that can be kept elsewhere."),
    "backup": ("ropa.cli.backup:backup", _SAFE, "Copy the register, and prove the copy."),
    "doctor": ("ropa.cli.doctor:doctor", _SAFE, "Look at the file, its place and its copies."),
    "restore": ("ropa.cli.restore:restore", _SAFE, "Put back a backup, or a record as it was on a day."),
    "rescue": ("ropa.cli.rescue:rescue", _SAFE, "Save what can be saved of a damaged register."),
}
"""Name → where it lives, its group in the help, its one line of help."""


def _load(name: str) -> Any:
    """The command of that name, imported now."""
    where, _, line = COMMANDS[name]
    module, attribute = where.split(":")
    found = getattr(import_module(module), attribute)
    app = found if isinstance(found, typer.Typer) else _single(name, found)
    app.info.help = line if isinstance(found, typer.Typer) else app.info.help
    command = typer.main.get_command(app)
    command.name = name
    return command


def _single(name: str, function: Callable[..., Any]) -> typer.Typer:
    app = commands()
    app.command(name)(function)
    return app


_RARELY = 1_000_000
"""Objects between two searches for garbage: importing and loading make many that stay, and each search visits them all."""
_INTERRUPTED = 130
"""What typer makes of Ctrl-C."""


class Commands(TyperGroup):
    """Shows every command's one line without importing it, and imports the one that is used."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.commands = {name: TyperCommand(name, help=line) for name, (_, _, line) in COMMANDS.items()}

    def format_commands(self, _: Any, formatter: Any) -> None:
        """The commands in their groups."""
        for group in dict.fromkeys(group for _, group, _ in COMMANDS.values()):
            with formatter.section(group):
                formatter.write_dl(
                    [(name, line) for name, (_, own, line) in COMMANDS.items() if own == group]
                )

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The real command in place of its one line."""
        if (both := " ".join(args[:2])) in COMMANDS and len(
            args
        ) > 1:  # `gaps FILE`, and beside it `gaps letter`
            return both, _load(both), args[2:]
        name, command, rest = super().resolve_command(ctx, args)
        return name, (_load(name) if name else command), rest


app = typer.Typer(cls=Commands, add_completion=False, rich_markup_mode=None)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"ropa {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def ropa(
    context: typer.Context,
    db: Annotated[
        str, typer.Option(metavar="PLACE", help="The register: a path or a database URL.", envvar="ROPA_DB")
    ] = "",
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Keep the records of processing activities that GDPR Article 30 asks for.

    Begin with `ropa init`, or with a privacy notice: `ropa import notice.html`. Then: `ropa gaps`.
    """
    if db:
        os.environ["ROPA_DB"] = db
    if context.invoked_subcommand is None:
        _begin()


def main(argv: list[str] | None = None) -> NoReturn:
    """Run the program. Exit 0: all went well; 1: it found gaps, differences, conflicts; 2: it could not, and one line on stderr tells why."""
    words = list(sys.argv[1:] if argv is None else argv)
    _print_anything()
    if "_ROPA_COMPLETE" in os.environ:
        _complete()
    gc.set_threshold(_RARELY)
    try:
        if "--json" in words and "--csv" in words:
            raise Refused("--json and --csv cannot both be had.", do="Say one of them.")
        # Running any command makes typer load pydantic; `ropa` alone needs neither.
        with waiting():
            outcome = app(words, standalone_mode=False, prog_name="ropa") if words else _begin()
        if outcome == _INTERRUPTED:
            _stopped()
        sys.stdout.flush()
    except Refused as trouble:
        _refuse(trouble, words)
    except typer.TyperException as misuse:
        from ropa.cli.misuse import in_one_line

        _tell(in_one_line(misuse))
        _leave(2)
    except (KeyboardInterrupt, typer.Abort):
        _stopped()
    except (BrokenPipeError, SystemExit) as end:
        _leave_early(end)
    except Exception as error:
        if "--debug" in words:
            raise
        _tell(
            f"This should not have happened: {type(error).__name__}: {error}. Run it again with: ropa --debug …"
        )
        _leave(2)
    _leave(outcome if isinstance(outcome, int) else 0)


def _begin() -> int:
    """`ropa` alone: what is here. Exit 0."""
    from ropa.cli.begin import begin

    begin()
    return 0


def _complete() -> NoReturn:
    """A shell asks what may follow. Exit 0, whatever is typed."""
    from ropa.cli.completing.answer import answer

    answer(typer.main.get_command(app))
    _leave(0)


def _print_anything() -> None:
    """A terminal that cannot show a character shows its code; in a pipe everything is UTF-8."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace", encoding=None if stream.isatty() else "utf-8")


def _refuse(trouble: Refused, words: list[str]) -> NoReturn:
    if "--debug" in words:
        raise trouble
    for one in trouble.each if isinstance(trouble, Faults) else [trouble]:
        _tell(str(one))
    _leave(2)


def _leave_early(end: BaseException) -> NoReturn:
    """Who reads no further (`| head`) has what was wanted: exit 0. Another end stays what it is."""
    # Where a pipe is closed typer puts a silent stream in place of stdout, and ends with 1 as if something were wrong.
    if isinstance(end, SystemExit) and type(sys.stdout).__name__ != "PacifyFlushWrapper":
        raise end
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.__stdout__.fileno() if sys.__stdout__ else 1)
    _leave(0)


def _stopped() -> NoReturn:
    _tell("Stopped; nothing was written.")
    _leave(2)


def _tell(line: str) -> None:
    from ropa.cli.console import safe, wrapped

    text = safe(" ".join(line.split("\n")))
    if sys.stderr.isatty():
        text = "\n".join(wrapped(text, os.get_terminal_size(sys.stderr.fileno()).columns or 80))
    print(text, file=sys.stderr)


def _leave(code: int) -> NoReturn:
    raise SystemExit(code)
