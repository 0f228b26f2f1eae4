"""`racesc check [PATH…]`: what is wrong, and nothing else. Runs no solver."""

from __future__ import annotations

import argparse

from racesc.terminal import Terminal

PROSE = """\
Find the mistakes in .races files. Nothing is written and no solver runs. Without a
PATH: every .races file below the current folder."""
EXAMPLES = """\
examples:
  racesc check                              everything below this folder
  racesc check puzzles.races                one file
  racesc check - < puzzles.races            standard input
  racesc check --output-format concise      one line for each mistake
  racesc check --output-format json         for programs, on stdout"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `check`."""
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help="a .races file, a folder, a module of the library, or - for stdin",
    )


def counted(number: int, noun: str) -> str:
    """`1 file`, `2 files`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Check files; 1 where one has errors."""
    from racesc.pipeline import analyse
    from racesc.workspace import Workspace, together

    workspace = Workspace()
    sources = workspace.open_all(options.paths)
    result = analyse(sources, workspace.library())
    found = together(workspace.report.diagnostics, result.diagnostics)
    terminal.report(found, workspace.known(), json_to_stdout=True)
    errors = sum(each.severity == "error" for each in found)
    if terminal.output_format != "json":
        files = counted(max(1, len(sources)), "file")
        if errors:
            terminal.note(f"{counted(errors, 'error')} in {files}")
        else:
            terminal.note(f"{files} checked, no errors")
    return 1 if errors else 0
