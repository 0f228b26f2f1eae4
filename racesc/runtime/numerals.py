"""Numbers as people and models write them: `1,234`, `12.0`, `1.2e1`, `3/4`, `0.75`.

Every number is exact, and one of more than 400 digits is refused before anything is
made of it. ``nested`` is true for an item of a list, where a comma always separates.
"""

from __future__ import annotations

import re
from fractions import Fraction

from .size import MOST_DIGITS

# A number is at most this long before anything looks at its digits.
_LONGEST = 2 * MOST_DIGITS + 200

_DECIMAL = re.compile(
    r"([+-]?)([0-9]{1,3}(?:,[0-9]{3})++|[0-9]*+)(?:\.([0-9]*+))?(?:[eE]([+-]?[0-9]{1,4}))?"
)
_QUOTIENT = re.compile(r"([+-]?)([0-9]++)\s*+/\s*+([0-9]++)")
_LATEX_QUOTIENT = re.compile(
    r"([+-]?)\s?\\[dt]?frac\s?\{\s*([+-]?[0-9]++)\s*\}\s?\{\s*([0-9]++)\s*\}"
)
# Of single digits LaTeX needs no braces.
_SHORT_QUOTIENT = re.compile(r"([+-]?)\s?\\[dt]?frac\s?([0-9])\s?([0-9])")
# Thousands with a thin space between them, also as LaTeX writes it.
_THIN = re.compile(
    r"([+-]?[0-9]{1,3})((?:\\,[0-9]{3})++|(?:[\u2009\u202f][0-9]{3})++)(\.[0-9]*+)?"
)
_THIN_SPACE = re.compile(r"\\,|[\u2009\u202f]")
# Full-width digits and signs stand for the plain ones, where no plain digit is mixed in.
_WIDE = {code: code - 0xFEE0 for code in range(0xFF0B, 0xFF1A)}
_WIDE[0xFF25] = _WIDE[0xFF45] = ord("e")
_DIGITS = frozenset("0123456789")


def _plain(text: str) -> str:
    """The number's characters in ASCII, as far as they stand for that."""
    if text.isascii():
        return text
    text = text.replace("\u2212", "-")
    if not text.isascii() and _DIGITS.isdisjoint(text):
        text = text.translate(_WIDE)
    return text


def _decimal(text: str, nested: bool) -> Fraction | int | None:
    """The exact number that a decimal spells, with at most 400 digits."""
    if not nested:
        text = text.replace("{,}", ",")  # as LaTeX writes 1{,}234
        if _THIN.fullmatch(text):
            text = _THIN_SPACE.sub(",", text)
    match = _DECIMAL.fullmatch(text)
    if not match:
        return None
    sign, whole, fraction, exponent = match.groups()
    if "," in whole:
        # `0,123` has a decimal comma; and in a list a comma always separates.
        if nested or whole[0] == "0":
            return None
        whole = whole.replace(",", "")
    fraction = fraction or ""
    digits = (whole + fraction).lstrip("0")
    if not whole and not fraction:
        return None
    if len(whole) + len(fraction) > MOST_DIGITS:
        return None
    power = int(exponent or 0) - len(fraction)
    if len(digits) + max(power, 0) > MOST_DIGITS or power < -2 * MOST_DIGITS:
        return None if digits else 0
    number: Fraction | int = int(digits or "0")
    if power > 0:
        number *= 10**power
    elif power < 0:
        number = Fraction(number, 10**-power)
    return -number if sign == "-" else number


def whole(text: str, nested: bool) -> int | None:
    """The integer that a text without wrapping spells."""
    if len(text) > _LONGEST:
        return None
    text = _plain(text)
    digits = text[1:] if text[:1] in ("-", "+") else text
    if digits.isascii() and digits.isdigit() and len(digits) <= MOST_DIGITS:
        return int(text)
    if digits[:1] not in _DIGITS:
        return None
    number = _decimal(text, nested)
    return int(number) if number is not None and number.denominator == 1 else None


def rational(text: str, nested: bool) -> Fraction | None:
    """The fraction that a text without wrapping spells."""
    if len(text) > _LONGEST:
        return None
    text = _plain(text)
    match = (
        _QUOTIENT.fullmatch(text)
        or _LATEX_QUOTIENT.fullmatch(text)
        or _SHORT_QUOTIENT.fullmatch(text)
    )
    if match:
        sign, above, below = match.groups()
        if max(len(above), len(below)) > MOST_DIGITS or (sign and above[0] in "+-"):
            return None
        divisor = int(below)
        if divisor == 0:
            return None
        value = Fraction(int(above), divisor)
        return -value if sign == "-" else value
    number = _decimal(text, nested)
    return None if number is None else Fraction(number)
