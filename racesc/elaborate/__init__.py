"""Written types to types: aliases opened, refinements applied, bounds checked."""

from __future__ import annotations

from racesc.elaborate.types import Elaborator

__all__ = ["Elaborator"]
