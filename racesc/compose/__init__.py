"""Typing of composition expressions, rule by rule."""

from __future__ import annotations

from racesc.compose.judge import Judge
from racesc.compose.terms import (
    LITERAL,
    REWARDS,
    Ascription,
    Flat,
    Incoming,
    Locals,
    Typed,
    is_block,
    signature_of,
    unfed,
)

__all__ = [
    "LITERAL",
    "REWARDS",
    "Ascription",
    "Flat",
    "Incoming",
    "Judge",
    "Locals",
    "Typed",
    "is_block",
    "signature_of",
    "unfed",
]
