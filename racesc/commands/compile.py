"""`racesc compile PATH… -o DIR`: write Python packages, all of them or none."""

from __future__ import annotations

import argparse

from racesc.commands.check import counted
from racesc.files import CannotWrite, Written, write_packages
from racesc.terminal import Failed, Terminal, Usage

PROSE = """\
Compile .races files into Python packages that need nothing but Python 3.11. A file's
`package` declarations say which; a file without one becomes a package of its name.
Nothing is written where there is an error, or over a folder that racesc did not
write."""
EXAMPLES = """\
examples:
  racesc compile puzzles.races -o out              write out/puzzles/
  racesc compile puzzles.races -o out --check      fail where out/ is not up to date
  racesc compile puzzles.races -o out --target verl --target trl"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `compile`."""
    parser.add_argument(
        "paths", nargs="*", metavar="PATH", help="a .races file or a folder of them"
    )
    parser.add_argument(
        "-o", "--output", required=True, metavar="DIR", help="where packages go"
    )
    parser.add_argument(
        "--check",
        action="store_true",
        help="write nothing; fail where files would change",
    )
    parser.add_argument(
        "--target",
        action="append",
        default=[],
        metavar="NAME",
        help="add the adapter for a framework (may be given several times)",
    )


def outcome(written: Written, destination: str) -> list[str]:
    """What happened, a line for each package."""
    lines = [f"wrote {destination}/{name}" for name in written.written]
    lines += [f"{destination}/{name} is up to date" for name in written.unchanged]
    return lines


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Compile; 1 where the program has errors or --check found differences."""
    from racesc.pipeline import build
    from racesc.workspace import Workspace, together

    workspace = Workspace()
    sources = workspace.open_all(options.paths)
    result = build(sources, workspace.library(), tuple(options.target))
    found = together(workspace.report.diagnostics, result.diagnostics)
    terminal.report(found, workspace.known())
    errors = sum(each.severity == "error" for each in found)
    if errors:
        terminal.note(f"{counted(errors, 'error')}, nothing written")
        return 1
    try:
        written = write_packages(options.output, result.packages, check=options.check)
    except CannotWrite as problem:
        raise Usage(str(problem)) from None
    if options.check and written.differing:
        for path in written.differing:
            terminal.print(f"would change {options.output}/{path}")
        raise Failed(f"{counted(len(written.differing), 'file')} not up to date")
    destination = options.output.rstrip("/") or options.output
    for line in outcome(written, destination):
        terminal.print(line)
    return 0
