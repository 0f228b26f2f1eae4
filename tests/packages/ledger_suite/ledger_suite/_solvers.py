"""The solvers, samplers and verifiers of this package in one typed table.

Everything else reaches the files in steps/ through it, by module and function.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .steps import ledger

SOLVERS: dict[str, Callable[..., Any]] = {
    "ledger.checksum": ledger.checksum,
    "ledger.code_of": ledger.code_of,
    "ledger.gcd": ledger.gcd,
    "ledger.is_split": ledger.is_split,
    "ledger.kth_largest": ledger.kth_largest,
    "ledger.reverse": ledger.reverse,
    "ledger.round_number": ledger.round_number,
    "ledger.sort": ledger.sort,
    "ledger.split_sum": ledger.split_sum,
    "ledger.to_digits": ledger.to_digits,
    "ledger.total": ledger.total,
    "ledger.turn": ledger.turn,
}
