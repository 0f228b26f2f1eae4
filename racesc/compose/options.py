"""The options of an operator, checked against what it allows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from racesc.compose.terms import LITERAL
from racesc.errors.composition import InvalidOption
from racesc.errors.words import listed
from racesc.literals import value_of
from racesc.syntax import Name, Option


def checked_options(
    options: tuple[Option, ...], allowed: Mapping[str, Any]
) -> tuple[dict[str, Any], list[InvalidOption]]:
    """The values by name, and what is wrong. ``allowed`` are by name the words that may
    be given, a range of whole numbers, or ``LITERAL``."""
    found: dict[str, Any] = {}
    mistakes: list[InvalidOption] = []
    for option in options:
        name, choices = option.name, allowed.get(option.name)
        if choices is None:
            known = ", ".join(f"`{each}`" for each in allowed)
            help = (
                f"the options are {known}" if known else "no options may be given here"
            )
            problem = f"there is no option `{name}` here"
            mistakes.append(
                InvalidOption(problem, option.span, help, "not an option here")
            )
            continue
        if name in found:
            problem = f"`{name}` is given twice"
            mistakes.append(
                InvalidOption(problem, option.span, "give it once", "given again")
            )
            continue
        value = option.value
        found[name] = value.text if isinstance(value, Name) else value_of(value)
        wanted = _unfit(option, found[name], choices)
        if wanted:
            problem = f"`{name}` cannot be this"
            mistakes.append(
                InvalidOption(
                    problem, option.span, f"give it {wanted}", "not one of its values"
                )
            )
    return found, mistakes


def _unfit(option: Option, value: Any, choices: Any) -> str:
    """What an option should be given instead of its value; empty where that is fine."""
    if choices == LITERAL:
        return "a value such as `0`" if isinstance(option.value, Name) else ""
    if isinstance(choices, range):
        fits = type(value) is int and value in choices
        wanted = f"a whole number from {choices.start} to {choices.stop - 1}"
    else:
        fits = value in choices
        wanted = listed(tuple(choices), "or")
    return "" if fits else wanted
