"""`racesc envs [MODULE]`: the environments of the library, a module or a file."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from racesc.terminal import Terminal
from racesc.typed import Program, TypedEnvironment

if TYPE_CHECKING:
    from racesc.gallery import Exhibit
    from racesc.workspace import Workspace

PROSE = """\
List environments with their signatures: of the whole standard library, of one of its
modules, or of a .races file."""
EXAMPLES = """\
examples:
  racesc envs                    the standard library
  racesc envs lists              one module of it
  racesc envs puzzles.races      a file of yours
  racesc envs --json             for programs
  racesc envs --gallery          write docs/gallery.md, with problems and figures"""
GALLERY = "docs/gallery.md"
DRAWS = 100


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `envs`."""
    parser.add_argument(
        "module", nargs="?", metavar="MODULE", help="a module's name or a .races file"
    )
    parser.add_argument("--json", action="store_true", help="one JSON document")
    parser.add_argument(
        "--gallery",
        action="store_true",
        help=f"write a page with problems at three levels and figures ({GALLERY})",
    )
    parser.add_argument(
        "-o", "--output", metavar="FILE", default=GALLERY, help="where the page goes"
    )


def entry(environment: TypedEnvironment) -> dict[str, Any]:
    """An environment in the documented JSON shape."""
    from racesc.show_types import signature_text

    return {
        "name": environment.name,
        "module": environment.module,
        "signature": signature_text(environment.signature),
        "doc": environment.doc,
        "tags": list(environment.tags),
        "relational": environment.relational,
        "expression": environment.expression,
        "base": environment.base is not None,
        "sampleable": environment.sampleable,
    }


def listing(entries: Sequence[dict[str, Any]], terminal: Terminal) -> list[str]:
    """Entries to read, grouped by module."""
    lines: list[str] = []
    module = None
    for one in entries:
        if one["module"] != module:
            module = one["module"]
            lines += ([""] if lines else []) + [terminal.style(module, "bold", "cyan")]
        name = terminal.style(one["name"], "bold")
        mark = terminal.style("  many right answers", "dim")
        lines.append(f"  {name}{one['signature']}{mark if one['relational'] else ''}")
        if one["doc"]:
            first = one["doc"].strip().split("\n")[0]
            lines.append(f"      {terminal.style(first, 'dim')}")
    return lines


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Print the list."""
    from racesc.files import library_modules
    from racesc.pipeline import analyse
    from racesc.session import report_all
    from racesc.workspace import Workspace, together

    workspace = Workspace()
    names = library_modules() if options.module is None else [options.module]
    sources = workspace.open_all(names)
    result = analyse(sources, workspace.library())
    found = together(workspace.report.diagnostics, result.diagnostics)
    report_all(found, workspace.known(), terminal)
    if options.gallery:
        from racesc.files import write_text

        text = gallery(result.program, workspace, terminal)
        write_text(options.output, text)
        terminal.note(f"wrote {options.output}")
        return 0
    entries = [
        entry(environment)
        for module in result.program.modules
        for environment in module.environments
    ]
    if options.json:
        terminal.print_json(entries)
    else:
        for line in listing(entries, terminal):
            terminal.print(line)
        terminal.note(f"{len(entries)} environments")
    return 0


def gallery(program: Program, workspace: Workspace, terminal: Terminal) -> str:
    """The gallery of a program's modules; problems and figures come from running it."""
    from racesc.gallery import page

    modules = []
    for module in program.modules:
        one = replace(program, modules=(module,))
        modules.append((module.name, exhibits(one, workspace, terminal)))
    return page(modules, DRAWS)


def exhibits(
    program: Program, workspace: Workspace, terminal: Terminal
) -> list[Exhibit]:
    """What the gallery shows of a program of one module."""
    import tempfile

    from racesc.child import Child
    from racesc.commands.audit import Audit
    from racesc.gallery import LEVELS, Exhibit
    from racesc.session import package_of, written

    wanted = [e for m in program.modules for e in m.environments if e.sampleable]
    asked = argparse.Namespace(draws=DRAWS, workers=None, no_cache=False, cache=None)
    audit = Audit(asked, program, workspace, terminal)
    figures: dict[str, dict[int, Any]] = {}
    for environment, level, measured in audit.environments(wanted, LEVELS):
        figures.setdefault(environment.name, {})[level] = measured
    found = []
    with tempfile.TemporaryDirectory(prefix="racesc-") as folder:
        with Child(written(package_of(wanted, program), folder)) as child:
            for one in wanted:
                problems = {}
                for level in LEVELS:
                    problems[level] = next(
                        child.stream(
                            "generate",
                            env=one.name,
                            seed=0,
                            level=level,
                            split="train",
                            count=1,
                        )
                    )
                found.append(Exhibit(one, problems, figures.get(one.name, {})))
    return found
