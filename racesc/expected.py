"""The words of a syntax mistake: what was expected, what stands there, what to write.

`parse.py` knows the terminals that the parser would have taken; this module turns
them into a message in the user's words, and adds a help line where a fix is likely.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from dataclasses import dataclass

from racesc.errors.syntax import SyntaxMistake
from racesc.scan import open_brackets
from racesc.source import Span

END = "$END"
_CLOSERS = {"(": ")", "[": "]", "{": "}"}
_ITEMS = frozenset(("NAME", "UPPER", "SEQUENTIAL", "INT", "STRING"))

# What follows a bracket's end: where one of these stands, the bracket is still open.
_AFTER_BRACKETS = frozenset(("->", "=>", "==", "="))

# The words of clauses; those of a base environment are names where a step may begin.
_ENV_CLAUSES = "describe solve sample verify plant witnesses level law example tags"
_SUITE_CLAUSES = "from using size depth goal require level mix take disjoint split"

# Groups in the order in which they are tried; one that fits takes its words away.
# Symbols stand for themselves, names in capitals are terminals of the grammar.
_TYPE = "UPPER NAME ( STRING"
_BOUND = "INT NAME ( - SIZE_OF END_OF EXTREME"
_LITERAL = "INT - STRING [ ( { true false GRAPH"
_REFINEMENT = "in len over rows cols nodes distinct sorted nonzero"
_GROUPS: tuple[tuple[frozenset[str], str], ...] = tuple(
    (frozenset(symbols.split()), words)
    for symbols, words in (
        ("NAME UPPER SEQUENTIAL " + _ENV_CLAUSES, "a step"),
        (
            "env type newtype use suite package",
            "a declaration (`env`, `type`, `use`, …)",
        ),
        (
            "describe solve sample verify level law example tags",
            "a clause such as `describe`",
        ),
        ("from using size depth goal take", "a clause such as `from`"),
        (_LITERAL + " NAME _", "a value, a name or `_`"),
        (_LITERAL + " NAME", "a value or a name"),
        (_LITERAL, "a value"),
        (_BOUND + " ..", "a range such as `0..9`"),
        (_BOUND, "a bound such as `9` or `len(items)`"),
        (_TYPE, "a type"),
        ("NAME UPPER", "a name"),
        (_REFINEMENT + " SIZE_OF", "a refinement such as `in 0..9`"),
        (_REFINEMENT, "a refinement such as `in 0..9`"),
        ("+ - * // % ^", "an operator such as `+`"),
        ("INT DECIMAL", "a number"),
    )
)
_WORDS = {
    "NAME": "a name",
    "UPPER": "a name that begins with a capital letter",
    "INT": "a number",
    "STRING": "a string",
    END: "the end",
}
# Left out, in this order, where a message would list too much: they only go on with
# what stands there already.
_MINOR = (
    "a refinement such as `in 0..9`",
    "an operator such as `+`",
    "`.`",
    "`[`",
    "`as`",
    "`(`",
    "`/`",
    "`|`",
    "`..`",
    "the end",
)
_MOST = 3


@dataclass(frozen=True)
class Place:
    """Where reading stopped.

    ``text`` is the whole file and ``start`` where the piece being read begins; ``at``
    and ``end`` enclose the token that does not fit, ``kind`` is its terminal ("$END"
    at the end, "" for characters that are no token). ``accepts`` are the terminals
    that would have fitted, strings of the grammar by their own text. ``last`` says
    whether nothing follows the piece in the file.
    """

    path: str
    text: str
    start: int
    at: int
    end: int
    kind: str
    accepts: frozenset[str]
    last: bool = True

    @property
    def found(self) -> str:
        return self.text[self.at : self.end]

    @property
    def before(self) -> str:
        """The last token or so before the place."""
        return self.text[max(self.start, self.at - 80) : self.at].rstrip()

    def span(self) -> Span:
        return Span(self.path, self.at, self.end)


def syntax_mistake(place: Place) -> SyntaxMistake:
    """The mistake at a place, in words."""
    if not place.kind:
        return _no_token(place)
    brackets = open_brackets(place.text, place.start, place.at)
    innermost = brackets[-1] if brackets else None
    message, label = _message(place, innermost)
    helps = _helps(place, innermost)
    if innermost is None or not _about_bracket(place, place.text[innermost]):
        return SyntaxMistake(place.span(), message, label, helps=helps)
    cause = Span(place.path, innermost, innermost + 1)
    return SyntaxMistake(place.span(), message, label, cause, "opened here", helps)


def _about_bracket(place: Place, opener: str) -> bool:
    """Whether the bracket that is open may explain the mistake."""
    if place.kind == END or place.found in _CLOSERS.values():
        return True
    after = place.found in _AFTER_BRACKETS and opener != "{"
    return after and not (place.found == "=" and ":" in place.accepts)


def _message(place: Place, innermost: int | None) -> tuple[str, str]:
    """The message, and the label at the place."""
    if _is_reserved(place) and "NAME" in place.accepts:
        return f"`{place.found}` is a reserved word", "cannot be a name"
    if innermost is not None and _CLOSERS[place.text[innermost]] in place.accepts:
        opener = place.text[innermost]
        closer = _CLOSERS[opener]
        if place.kind == END:
            return f"`{opener}` is not closed", f"`{closer}` is missing here"
        if place.found in _CLOSERS.values():
            return f"expected `{closer}`, found `{place.found}`", "not expected here"
        if _about_bracket(place, opener):
            return f"`{opener}` is not closed", f"`{closer}` is missing before this"
    if place.found in _CLOSERS.values() and innermost is None:
        return f"`{place.found}` closes nothing", "no bracket is open here"
    expected = _join(phrases(place.accepts))
    if place.kind == END:
        found = "the end of the file" if place.last else "the end of the declaration"
        return f"expected {expected}, found {found}", "something is missing here"
    return f"expected {expected}, found {quote(place.found)}", "not expected here"


def _is_reserved(place: Place) -> bool:
    return place.kind == "PYTHON_WORD" or (
        place.kind not in ("NAME", "UPPER", END)
        and place.found.isalpha()
        and place.found not in place.accepts
    )


def phrases(accepts: frozenset[str]) -> list[str]:
    """What a set of terminals is called, most telling first; at most a handful."""
    left = set(accepts)
    result: list[str] = []
    for symbols, words in _GROUPS:
        if symbols <= left:
            left -= symbols
            if words not in result:
                result.append(words)
    if any(phrase.startswith("a declaration") for phrase in result):
        left.discard(END)
    if any(phrase.startswith("a clause") for phrase in result):
        left -= set((_ENV_CLAUSES + " " + _SUITE_CLAUSES).split())
    left -= {"SIZE_OF", "END_OF", "EXTREME", "GRAPH", "PYTHON_WORD"}
    result += sorted(_WORDS.get(symbol, f"`{symbol}`") for symbol in left)
    for minor in _MINOR:
        if len(result) > _MOST and minor in result:
            result.remove(minor)
    return result


def _join(parts: list[str]) -> str:
    if len(parts) < 2:
        return "".join(parts) or "nothing more"
    return ", ".join(parts[:-1]) + " or " + parts[-1]


def quote(text: str) -> str:
    """A token as a message shows it: in backquotes, shortened."""
    if len(text) > 24:
        text = text[:20] + "…"
    return f"`{text}`"


# ── help lines ────────────────────────────────────────────────────────────────


def _helps(place: Place, innermost: int | None) -> tuple[str, ...]:
    help_line = _help(place, innermost)
    return (help_line,) if help_line else ()


def _help(place: Place, innermost: int | None) -> str:
    """The likely fix, "" where none is known."""
    found, kind, accepts = place.found, place.kind, place.accepts
    if _is_reserved(place) and "NAME" in accepts:
        return f"choose another name, for example `{found}_value`"
    if kind == END:
        return ""
    close = _closest(place)
    if close:
        return f"write `{close}`"
    if re.search(
        r"\.\.\s*(?:" + _SUITE_CLAUSES.replace(" ", "|") + r")$", place.before
    ):
        return "in `goal`, write the upper end of a range too"
    if kind == "." and re.search(r"[0-9]$", place.before):
        return "write a fraction, for example `7/2`; decimals stand only in `require`"
    if kind == "NAME" and "UPPER" in accepts and "NAME" not in accepts:
        return f"begin it with a capital letter: `{_upper_camel(found)}`"
    if kind == "UPPER" and found in ("True", "False") and "true" in accepts:
        return f"write `{found.lower()}`"
    if kind == "UPPER" and accepts == {"NAME"}:
        return f"names are in snake_case: `{_snake_case(found)}`"
    return _missing_symbol(place, innermost)


def _missing_symbol(place: Place, innermost: int | None) -> str:
    found, accepts = place.found, place.accepts
    if found == ")" and "," in accepts and ")" not in accepts:
        return "a tuple has at least two parts, and a single part takes no brackets"
    if "->" in accepts:
        if found == "{":
            return "say what it returns: `-> Type` before the body"
        if place.kind in ("UPPER", "NAME", "STRING", ":", "=>", ">>"):
            return "write `->` before the type of the result"
    if "=>" in accepts:
        return "an example's result stands after `=>`"
    if "==" in accepts and found in ("=", "=>"):
        return "the two sides of a law stand around `==`"
    if accepts <= {":", "+"} and ":" in accepts:
        return "write `:` between a parameter's name and its type"
    if ":" in accepts and (found == "=" or place.kind == "INT"):
        return "write `:` between a name and its value"
    if accepts == {"STRING"} and place.before.endswith("|"):
        return "only strings stand around `|`"
    if "<=" in accepts and found in ("<", "=", "=="):
        return "write `<=`"
    if "=" in accepts and place.kind in ("UPPER", "NAME", "STRING", "SEQUENTIAL", "=="):
        return "write `=` before what the name stands for"
    if innermost is not None and "," in accepts and place.kind in _ITEMS:
        return "write `,` before it"
    if ">>" in accepts and found in ("->", "|", "=>", ">=", "."):
        return "steps are joined by `>>`"
    if found == "(" and {"NAME", "UPPER", "SEQUENTIAL"} <= accepts:
        return "a chain takes no brackets of its own"
    if found == "}" and "SEQUENTIAL" in accepts:
        return "a block holds at least one step"
    return ""


def _closest(place: Place) -> str:
    """The word that a misspelt one was meant to be."""
    if place.kind not in ("NAME", "UPPER"):
        return ""
    words = sorted(word for word in place.accepts if word.isalpha() and word.islower())
    return "".join(difflib.get_close_matches(place.found, words, 1, 0.6))


def _upper_camel(name: str) -> str:
    return "".join(part[:1].upper() + part[1:] for part in name.split("_"))


def _snake_case(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


# ── characters that are no token ──────────────────────────────────────────────

_FIXES = {
    "'": 'strings stand between double quotes: `"text"`',
    ";": "nothing needs a `;`: remove it",
    "<": "write `<=`",
    ">": "steps are joined by `>>`",
    "&": "steps are joined by `>>`, independent problems by `PARALLEL(a, b)`",
    "–": "write `-`",
    "−": "write `-`",
    "→": "write `->`",
    "≤": "write `<=`",
    "≥": "write `>=`",
    "“": 'strings stand between straight double quotes: `"text"`',
    "”": 'strings stand between straight double quotes: `"text"`',
    "…": "write `..`",
}
_ESCAPE = re.compile(r"\\(?![\"\\/bfnrt]|u[0-9a-fA-F]{4}).?")
_CONTROL = re.compile(r"[\x00-\x1f]")


def _no_token(place: Place) -> SyntaxMistake:
    character = place.text[place.at]
    if character == '"':
        return _bad_string(place)
    arrow = place.at - 1
    brackets = open_brackets(place.text, place.start, arrow)
    if place.text[arrow : place.at + 1] == "->" and brackets:
        # In a bound the minus sign was read alone: `(n: Int in 0..9 -> Int`.
        opener = place.text[brackets[-1]]
        return SyntaxMistake(
            Span(place.path, arrow, place.at + 1),
            f"`{opener}` is not closed",
            f"`{_CLOSERS[opener]}` is missing before this",
            Span(place.path, brackets[-1], brackets[-1] + 1),
            "opened here",
        )
    # What has no width of its own would be drawn over the quotation mark.
    seen = character.isprintable() and not unicodedata.combining(character)
    shown = f"`{character}`" if seen else f"U+{ord(character):04X}"
    fix = _FIXES.get(character, "")
    if not fix and character.isspace():
        fix = "write an ordinary space"
    elif not fix and (character.isalpha() or not seen):
        fix = "names are written with the letters a to z, digits and `_`"
    return SyntaxMistake(
        place.span(),
        f"{shown} has no meaning here",
        "no part of the language" if character not in "<>" else "not expected here",
        helps=(fix,) if fix else (),
    )


def _bad_string(place: Place) -> SyntaxMistake:
    """A string that does not end on its line, or that holds what no string may."""
    line_end = place.text.find("\n", place.at)
    line = place.text[place.at : line_end if line_end >= 0 else len(place.text)]
    line = line.rstrip("\r")
    closed = re.match(r'"(?:[^"\\]|\\.)*"', line)
    if closed is None:
        span = Span(place.path, place.at, place.at + len(line))
        fix = 'end it with `"` on the same line; a new line inside it is written `\\n`'
        return SyntaxMistake(
            span, "the string is not closed", 'no `"` ends it', helps=(fix,)
        )
    for pattern, message, fix in (
        (_ESCAPE, "the string holds an unknown escape", "write a backslash as `\\\\`"),
        (_CONTROL, "the string holds a control character", "write a tab as `\\t`"),
    ):
        wrong = pattern.search(_without_pairs(closed[0]))
        if wrong:
            span = Span(place.path, place.at + wrong.start(), place.at + wrong.end())
            return SyntaxMistake(span, message, "not allowed in a string", helps=(fix,))
    return SyntaxMistake(place.span(), "the string cannot be read", "begins here")


def _without_pairs(text: str) -> str:
    """The text with each escaped backslash blanked, so that `\\\\d` is no escape."""
    return text.replace("\\\\", "  ")
