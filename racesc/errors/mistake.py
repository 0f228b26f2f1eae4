"""What every error class is: a frozen dataclass with a code that words itself."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar

from racesc.diagnostics import Diagnostic


@dataclass(frozen=True)
class Mistake(ABC):
    """A mistake in a program. Subclasses add typed fields; `code` names the class,
    its page in `racesc/explanations/` and its cases in `tests/cases/errors/`."""

    code: ClassVar[str]

    @abstractmethod
    def diagnostic(self) -> Diagnostic:
        """The mistake in words."""
