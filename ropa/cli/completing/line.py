"""The line as the shell has it → the words before the cursor, and the word that is being typed."""

from dataclasses import dataclass

_BREAKS = " \t\n\"'><=;|&(:"
"""Where bash begins a word anew, as far as it replaces what is typed (its COMP_WORDBREAKS, unless somebody sets them)."""


@dataclass(frozen=True)
class Typed:
    """words: those before the cursor's, without the program's name. now: the beginning of the word at the cursor.

    kept: how much of that word the shell leaves as it stands; it replaces what comes after. quote: the quotation mark that is
    open at the cursor.
    """

    words: tuple[str, ...]
    now: str
    kept: int = 0
    quote: str = ""


def of_bash(line: str, point: int, breaks: str = _BREAKS) -> Typed:
    """A line of bash up to its cursor, which is counted in bytes. Quotation marks and backslashes are taken off."""
    words: list[str] = []
    word, begun, quote, kept = "", False, "", 0
    signs = iter(line.encode()[:point].decode(errors="ignore"))
    for sign in signs:
        if quote:
            if sign == quote:
                quote = ""
            elif sign == "\\" and quote == '"':
                word += next(signs, "")
            else:
                word += sign
        elif sign in " \t\n":
            if begun:
                words.append(word)
            word, begun, kept = "", False, 0
        elif sign in "\"'":
            quote, begun, kept = sign, True, len(word)
        else:
            begun = True
            word += next(signs, "") if sign == "\\" else sign
            if sign != "\\" and sign in breaks:
                kept = len(word)
    return Typed(tuple(words[1:]), word, kept, quote)


def of_words(text: str) -> Typed:
    """The words as other shells hand them over: one a line, the last one at the cursor and with a full stop after it."""
    *words, now = text[:-1].split("\n")
    return Typed(tuple(words[1:]), now.lstrip("\"'"))
