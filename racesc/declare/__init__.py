"""Base environments: from a declaration and its solver file to a ``Base``."""

from __future__ import annotations

from racesc.declare.base import DeclaredBase, Declarer

__all__ = ["DeclaredBase", "Declarer"]
