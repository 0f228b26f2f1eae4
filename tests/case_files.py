"""Reads, runs and rewrites the Markdown cases below `tests/cases/`.

A file is a heading, prose, and sections that begin with `## `. A section is one case:

    ```races            the file that is checked, `main.races` (or the name given)
    ```races other      further files, found by `use other`
    ```python           the solver file `main.py` (or the name given)
    ```text             what racesc says; rewritten by `pytest --update-cases`

A command may stand behind `text`, as in `text racesc test --random 5`: then the files
are written to a folder and the command runs there. The word `crlf` behind a file's name
writes its lines with carriage returns.
"""

from __future__ import annotations

import contextlib
import io
import os
import posixpath
import re
import shlex
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from racesc.check import check
from racesc.cli import main
from racesc.diagnostics import Report, render
from racesc.files import STANDARD_LIBRARY, CannotRead, read_source
from racesc.library import Library
from racesc.parse import parse
from racesc.pipeline import Result
from racesc.show_types import signature_text
from racesc.source import Source
from racesc.syntax import Module

CASES = Path(__file__).parent / "cases"
STANDARD = "stdlib_envs"  # the standard library's folder, as cases show it
# The modules in which suggestions are sought: a few, so that cases stay as they are
# when the library grows.
SOUGHT = ("bridges", "digits", "graphs", "lists", "numbers", "puzzles", "text", "words")

_BLOCK = re.compile(
    r"^```(?P<kind>\w+)(?P<info>[^\n]*)\n(?P<body>.*?)^```$", re.DOTALL | re.MULTILINE
)


@dataclass(frozen=True)
class Case:
    """One section: its files by path, and what is expected of them."""

    path: Path
    title: str
    files: dict[str, str]
    command: str
    expected: str
    place: tuple[int, int] | None = field(compare=False)  # of `expected` in the file

    @property
    def id(self) -> str:
        """Names the case: `errors/empty-type: a range upside down`."""
        return f"{self.path.parent.name}/{self.path.stem}: {self.title}"

    @property
    def main(self) -> str:
        """The file that is checked: the first one."""
        return next(iter(self.files))


def case_paths(folder: str) -> list[Path]:
    """The case files of `errors` or `rules`, in order."""
    return sorted((CASES / folder).glob("*.md"))


def cases_of(path: Path) -> list[Case]:
    """The cases of one file."""
    text = path.read_text(encoding="utf-8")
    starts = [match.start() for match in re.finditer(r"^## ", text, re.MULTILINE)]
    ends = [*starts[1:], len(text)]
    return [_case(path, text, a, b) for a, b in zip(starts, ends, strict=True)]


def _case(path: Path, text: str, start: int, end: int) -> Case:
    title = text[start : text.index("\n", start)].removeprefix("## ").strip()
    files: dict[str, str] = {}
    command, expected = "", ""
    place: tuple[int, int] | None = None
    for block in _BLOCK.finditer(text, start, end):
        words = block["info"].split()
        if block["kind"] == "text":
            command, expected, place = (
                block["info"].strip(),
                block["body"],
                block.span("body"),
            )
            continue
        ending = {"races": ".races", "python": ".py"}[block["kind"]]
        crlf = "crlf" in words
        names = [word for word in words if word != "crlf"]
        name = names[0] if names else "main"
        body = block["body"].replace("\n", "\r\n") if crlf else block["body"]
        files[name if "." in name else name + ending] = body
    return Case(path, title, files, command, expected, place)


def rewritten(path: Path, outputs: dict[str, str]) -> str:
    """A case file's text with the expected blocks replaced, by the cases' titles."""
    text = path.read_text(encoding="utf-8")
    for case in reversed(cases_of(path)):
        if case.place is not None:
            start, end = case.place
            text = text[:start] + outputs[case.title] + text[end:]
    return text


# ── running ───────────────────────────────────────────────────────────────────


def output(case: Case, folder: Path) -> str:
    """What racesc says about a case; ``folder`` is an empty one to work in."""
    if case.command:
        return _commanded(case, folder)
    result, known = analysed(case.files, case.main)
    signatures = ""
    if case.path.parent.name == "rules":
        signatures = "".join(
            f"{env.name} : {signature_text(env.signature)}\n"
            for module in result.program.modules
            for env in module.environments
            if env.base is None
        )
    shown = "".join(render(each, known) for each in result.diagnostics)
    parts = [part.rstrip("\n") for part in (signatures, shown) if part]
    return "\n\n".join(parts) + "\n" if parts else ""


def analysed(
    files: dict[str, str], main: str, names: tuple[str, ...] = SOUGHT
) -> tuple[Result, dict[str, Source]]:
    """Check a file among files that lie in memory; the result, and all that was read.

    ``names`` are the library's modules in which suggestions are sought.
    """
    known: dict[str, Source] = {}

    def read(path: str) -> Source | None:
        source = None
        if path in files:
            source = _source(path, files)
        elif posixpath.dirname(path) == STANDARD:
            source = _library_source(path)
        if source is not None:
            known[path] = source
            if source.solver_path is not None and source.solver_text is not None:
                solvers = Source(source.solver_path, source.solver_text)
                known[solvers.path] = solvers
        return source

    source = read(main)
    assert source is not None
    library = Library(read, STANDARD, names)
    report = Report()
    program = check([source], library, report, _parse)
    return Result(program, {}, report.diagnostics), known


def _source(path: str, files: dict[str, str]) -> Source:
    solver = path.removesuffix(".races") + ".py"
    directory = posixpath.dirname(path) or "."
    if solver not in files:
        return Source(path, files[path], directory)
    return Source(path, files[path], directory, solver, files[solver])


@cache
def _library_source(path: str) -> Source | None:
    try:
        source = read_source(STANDARD_LIBRARY / posixpath.basename(path))
    except CannotRead:
        return None
    solver = None
    if source.solver_path is not None:
        solver = posixpath.join(STANDARD, posixpath.basename(source.solver_path))
    return Source(path, source.text, STANDARD, solver, source.solver_text)


def _commanded(case: Case, folder: Path) -> str:
    for name, text in case.files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text.encode("utf-8"))
    words = shlex.split(case.command)
    assert words[0] == "racesc"
    out, err = io.StringIO(), io.StringIO()
    before = Path.cwd()
    os.chdir(folder)
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            main(words[1:])
    finally:
        os.chdir(before)
    said = err.getvalue() + out.getvalue()
    return said.replace(str(STANDARD_LIBRARY), STANDARD).rstrip("\n") + "\n"


_parsed: dict[str, Module] = {}


def _parse(source: Source, report: Report) -> Module:
    """Like `parse`; the standard library is parsed once for all cases."""
    if posixpath.dirname(source.path) != STANDARD:
        return parse(source, report)
    if source.path not in _parsed:
        _parsed[source.path] = parse(source, report)
    return _parsed[source.path]
