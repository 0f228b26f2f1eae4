"""`racesc check [PATH…]`: what is wrong, and nothing else. Runs no solver."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from racesc.errors.words import counted
from racesc.terminal import Terminal

if TYPE_CHECKING:
    from racesc.typed import Program

PROSE = """\
Find the mistakes in .races files. Nothing is written and no solver runs. Without a
PATH: every .races file below the current folder."""
EXAMPLES = """\
examples:
  racesc check                              everything below this folder
  racesc check puzzles.races                one file
  racesc check - < puzzles.races            standard input
  racesc check --output-format concise      one line for each mistake
  racesc check --show signatures            and what every environment takes and gives
  racesc check --output-format json         for programs, on stdout"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `check`."""
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help="a .races file, a folder, a module of the library, or - for stdin",
    )
    parser.add_argument(
        "--show",
        choices=("signatures",),
        help="also print the (inferred) signature of every environment",
    )


def signatures(program: Program) -> list[dict[str, str]]:
    """What every environment of the files takes and gives, in order."""
    from racesc.show_types import signature_text

    return [
        {
            "path": module.path,
            "name": environment.name,
            "signature": signature_text(environment.signature),
        }
        for module in program.modules
        for environment in module.environments
    ]


def print_signatures(listed: list[dict[str, str]], terminal: Terminal) -> None:
    """One line each, below the file's name where there are several files."""
    several = len({each["path"] for each in listed}) > 1
    path = ""
    for each in listed:
        if several and each["path"] != path:
            path = each["path"]
            terminal.print(f"# {path}")
        terminal.print(f"{each['name']}{each['signature']}")


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Check files; 1 where one has errors."""
    from racesc.pipeline import analyse
    from racesc.workspace import Workspace, together

    workspace = Workspace()
    sources = workspace.open_all(options.paths)
    result = analyse(sources, workspace.library())
    found = together(workspace.report.diagnostics, result.diagnostics)
    if options.show and terminal.output_format == "json":
        from racesc.diagnostics import as_json

        known = {source.path: source for source in workspace.known()}
        document = {
            "diagnostics": [as_json(diagnostic, known) for diagnostic in found],
            "signatures": signatures(result.program),
        }
        terminal.print_json(document)
    else:
        terminal.report(found, workspace.known(), json_to_stdout=True)
    if options.show and terminal.output_format != "json":
        print_signatures(signatures(result.program), terminal)
    errors = sum(each.severity == "error" for each in found)
    if terminal.output_format != "json":
        if errors:
            wrong = {each.place.path for each in found if each.severity == "error"}
            files = counted(len(wrong), "file")
            terminal.note(f"{counted(errors, 'error')} in {files}")
        else:
            files = counted(max(1, len(sources)), "file")
            terminal.note(f"{files} checked, no errors")
    return 1 if errors else 0
