"""What commands print with: results to stdout, the rest to stderr, colour where wanted.

Also the two ways in which a command gives up on purpose: ``Usage`` (exit 2) and
``Failed`` (exit 1).
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from racesc.diagnostics import Diagnostic
    from racesc.source import Source

STYLES = {
    "bold": "1",
    "dim": "2",
    "red": "31",
    "green": "32",
    "yellow": "33",
    "blue": "34",
    "cyan": "36",
}


def bar(done: int, whole: int, width: int = 20) -> str:
    """How far something is, to see: `[#####---------------]`."""
    full = width * min(done, whole) // whole if whole else width
    return f"[{'#' * full}{'-' * (width - full)}]"


class Usage(Exception):
    """Bad usage, or a file that is not there: one sentence, exit 2."""


class Failed(Exception):
    """The program has errors or a check failed: exit 1. The sentence may be empty
    where diagnostics have said it already."""


class Terminal:
    """The two output streams and how to write to them."""

    def __init__(self) -> None:
        self.quiet = False
        self.verbose = False
        self.output_format = "full"
        self._color = "auto"
        self._progress = False

    def configure(
        self, *, quiet: bool, verbose: bool, color: str, output_format: str
    ) -> None:
        """Take over the global options."""
        self.quiet = quiet
        self.verbose = verbose
        self._color = color
        self.output_format = output_format

    def colored(self, stream: TextIO) -> bool:
        """Whether to write colours there."""
        if self._color != "auto":
            return self._color == "always"
        if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
            return False
        return stream.isatty()

    def style(self, text: str, *styles: str) -> str:
        """The text for stdout in these styles, where there are colours."""
        if not styles or not self.colored(sys.stdout):
            return text
        codes = ";".join(STYLES[style] for style in styles)
        return f"\x1b[{codes}m{text}\x1b[0m"

    def print(self, text: str = "", end: str = "\n") -> None:
        """A result, to stdout."""
        self.clear_progress()
        sys.stdout.write(text + end)

    def print_json(self, document: Any) -> None:
        """One JSON document on one line, to stdout."""
        self.print(json.dumps(document))

    def note(self, text: str) -> None:
        """A remark, to stderr, unless -q."""
        if not self.quiet:
            self.clear_progress()
            sys.stderr.write(text + "\n")

    def error(self, text: str) -> None:
        """A sentence about what went wrong, to stderr."""
        self.clear_progress()
        label = "error"
        if self.colored(sys.stderr):
            label = f"\x1b[1;31m{label}\x1b[0m"
        sys.stderr.write(f"{label}: {text}\n")

    def internal_error(self, bug: BaseException) -> None:
        """Our own mistake: ask for a report; the traceback only with -v."""
        self.error(
            f"racesc itself failed ({type(bug).__name__}); this is a mistake of"
            " ours, please report it with the command and the file"
        )
        if self.verbose:
            import traceback

            traceback.print_exception(bug)
        else:
            sys.stderr.write("  = help: run it again with -v to see where\n")

    def report(
        self,
        diagnostics: Sequence[Diagnostic],
        sources: Iterable[Source],
        *,
        json_to_stdout: bool = False,
    ) -> None:
        """Diagnostics in the chosen format, to stderr; the JSON document of a command
        whose result it is goes to stdout."""
        from racesc.diagnostics import as_json, render

        self.clear_progress()
        known = {source.path: source for source in sources}
        if self.output_format == "json":
            stream = sys.stdout if json_to_stdout else sys.stderr
            listed = [as_json(diagnostic, known) for diagnostic in diagnostics]
            stream.write(json.dumps({"diagnostics": listed}) + "\n")
            return
        for diagnostic in diagnostics:
            if self.quiet and diagnostic.severity != "error":
                continue
            sys.stderr.write(
                render(diagnostic, known, self.output_format, self.colored(sys.stderr))
            )

    def progress(self, text: str) -> None:
        """A line that replaces the one before it; on a terminal only."""
        if self.quiet or not sys.stderr.isatty():
            return
        # A terminal without a size says that it has no columns.
        width = os.get_terminal_size(sys.stderr.fileno()).columns or 80
        sys.stderr.write(f"\r\x1b[2K{text[: width - 1]}")
        sys.stderr.flush()
        self._progress = True

    def clear_progress(self) -> None:
        """Take the progress line away."""
        if self._progress:
            sys.stderr.write("\r\x1b[2K")
            sys.stderr.flush()
            self._progress = False
