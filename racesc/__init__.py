"""racesc compiles compositions of verifiable environments into Python packages."""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "0.1.0"
__all__ = ["__version__", "build"]

if TYPE_CHECKING:
    from racesc.library import Library
    from racesc.pipeline import Result
    from racesc.source import Source


def build(
    sources: list[Source], library: Library, targets: tuple[str, ...] = ()
) -> Result:
    """Compile races modules into Python packages: {path: text} and diagnostics."""
    from racesc import pipeline  # here, so that `import racesc` costs nothing

    return pipeline.build(sources, library, targets)
