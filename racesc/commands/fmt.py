"""`racesc fmt [PATH…]`: the canonical layout, comments kept."""

from __future__ import annotations

import argparse
import difflib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from racesc.errors.words import counted
from racesc.source import Source
from racesc.terminal import Terminal, Usage

if TYPE_CHECKING:
    from racesc.diagnostics import Diagnostic

PROSE = """\
Lay .races files out canonically. Comments, and single empty lines between clauses,
steps and declarations, stay; the meaning never changes. A file with syntax errors is
left alone. Without a PATH: every .races file below the current folder."""
EXAMPLES = """\
examples:
  racesc fmt                       everything below this folder
  racesc fmt puzzles.races         one file
  racesc fmt - < puzzles.races     standard input to standard output
  racesc fmt --check               change nothing; fail where a file would change
  racesc fmt --diff puzzles.races  change nothing; show what would change"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `fmt`."""
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help="a .races file, a folder, or - for stdin",
    )
    parser.add_argument(
        "--check",
        action="store_true",
        help="write nothing; name the files that would change and fail if any would",
    )
    parser.add_argument(
        "--diff", action="store_true", help="write nothing; show what would change"
    )


def difference(path: str, before: str, after: str) -> str:
    """What formatting changes, as a unified diff."""
    lines = difflib.unified_diff(
        before.splitlines(keepends=True),
        after.splitlines(keepends=True),
        path,
        f"{path} (formatted)",
    )
    ended = (f"{line}\n" if not line.endswith("\n") else line for line in lines)
    return "".join(ended)


def replace_file(path: str, text: str) -> None:
    """Write a file anew: all of it or, where that fails, nothing."""
    place = Path(path).resolve()  # through links
    new = place.with_name(f".{place.name}.new-{os.getpid()}")
    try:
        new.write_text(text, encoding="utf-8", newline="")
        new.chmod(place.stat().st_mode & 0o7777)
        new.replace(place)
    except OSError as problem:
        new.unlink(missing_ok=True)
        reason = (problem.strerror or str(problem)).lower()
        raise Usage(f"cannot write `{path}`: {reason}") from None


def syntax_errors(source: Source) -> tuple[Diagnostic, ...]:
    """Why a file cannot be read."""
    from racesc.diagnostics import Report
    from racesc.parse import parse

    report = Report()
    parse(source, report)
    return report.diagnostics


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Format files; 1 where one has syntax errors, or --check found differences."""
    from racesc.comments import format_text
    from racesc.workspace import Workspace

    for path in options.paths:
        # A bare name is no module of the library here: nobody means to rewrite that.
        if path != "-" and not Path(path).exists():
            raise Usage(f"cannot read `{path}`: there is no such file")
    workspace = Workspace()
    sources = workspace.open_all(options.paths)
    found = [*workspace.report.diagnostics]
    documented = terminal.output_format == "json"  # then all in one document
    if not documented:
        terminal.report(found, workspace.known())
    broken, changed = len(found), 0
    for source in sources:
        formatted = format_text(source.text, source.path)
        if formatted is None:
            broken += 1
            wrong = syntax_errors(source)
            found += wrong
            if not documented:
                terminal.report(wrong, [source])
                terminal.note(f"{source.path} has syntax errors and is left as it is")
            continue
        differs = formatted != source.text
        changed += differs
        if options.diff and differs:
            diff = difference(source.path, source.text, formatted)
            terminal.print(diff, end="")
        if options.check and differs:
            terminal.print(f"would change {source.path}")
        if options.check or options.diff:
            continue
        if source.path == "<stdin>":
            terminal.print(formatted, end="")
        elif differs:
            replace_file(source.path, formatted)
            terminal.print(f"formatted {source.path}")
    if documented:
        terminal.report(found, workspace.known())
        return 1 if broken or (options.check and changed) else 0
    if not options.diff and options.paths != ["-"]:
        verb = "would change" if options.check else "formatted"
        terminal.note(f"{changed} of {counted(len(sources), 'file')} {verb}")
    return 1 if broken or (options.check and changed) else 0
