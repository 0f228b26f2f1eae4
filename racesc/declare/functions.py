"""The functions of a declaration, held to the solver file that should define them."""

from __future__ import annotations

import posixpath

from racesc.diagnostics import Report
from racesc.errors.declarations import (
    InvalidClause,
    MissingSolver,
    SolverArity,
    SolverImport,
)
from racesc.resolve import Scope, near
from racesc.solvers import SolverFile, SolverFunction, read_solvers
from racesc.source import Source, Span
from racesc.syntax import BaseDeclaration, Name, NameClause
from racesc.typed import Function


class Solvers:
    """The solver files of one program: each is read once, and what is wrong with a
    whole file is reported once."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._files: dict[str, SolverFile] = {}
        self._missing: set[str] = set()

    def functions(self, scope: Scope, written: BaseDeclaration) -> dict[str, Function]:
        """The function for `solve` and for every clause that names one; reports those
        that are not there or cannot be called. Of a module on the shelf the solver
        file is not looked at."""
        chosen = self._chosen(written)
        if not scope.shelved:
            parameters = [parameter.name.text for parameter in written.parameters]
            solvers = self._solver_file(scope, written.name.span)
            for kind, name in chosen.items():
                self._look_up(scope, solvers, kind, name, parameters)
        return {kind: Function(scope.key, name.text) for kind, name in chosen.items()}

    def _chosen(self, written: BaseDeclaration) -> dict[str, Name]:
        """The names of the functions, by what they are for."""
        chosen: dict[str, Name] = {}
        for clause in written.clauses:
            if isinstance(clause, NameClause):
                if clause.kind in chosen:
                    again = f"`{clause.kind}` is given twice"
                    self._report.add(InvalidClause(again, clause.span).diagnostic())
                chosen[clause.kind] = clause.function
        return {"solve": written.name, **chosen}

    def _solver_file(self, scope: Scope, span: Span) -> SolverFile | None:
        """The scope's solver file, its own mistakes reported once, at ``span``."""
        if scope.source.solver_text is None:
            return None
        if scope.key not in self._files:
            found = read_solvers(scope.source.solver_text)
            self._files[scope.key] = found
            for line, problem in found.problems:
                place = _line(scope, line)
                self._report.add(
                    SolverImport(problem, _file(scope), place, span).diagnostic()
                )
        return self._files[scope.key]

    def _look_up(
        self,
        scope: Scope,
        solvers: SolverFile | None,
        kind: str,
        name: Name,
        parameters: list[str],
    ) -> None:
        """Report a function that is not there or cannot be called as it will be."""
        if solvers is None:
            if scope.key not in self._missing:  # one message for the whole file
                self._missing.add(scope.key)
                self._report.add(
                    MissingSolver(
                        name.text, _file(scope), name.span, file_exists=False
                    ).diagnostic()
                )
            return
        if any("is not Python" in problem for _, problem in solvers.problems):
            return  # one message for the file is enough
        function = solvers.functions.get(name.text)
        if function is None:
            similar = near(name.text, solvers.functions, self._report)
            self._report.add(
                MissingSolver(
                    name.text, _file(scope), name.span, True, similar
                ).diagnostic()
            )
            return
        if len(set(parameters)) < len(parameters):
            return  # two of one name: how it should be called is not known
        call, fits = _call(kind, function, parameters)
        if not fits:
            self._report.add(
                SolverArity(
                    name.text,
                    _file(scope),
                    call,
                    _definition(kind, name.text, parameters),
                    function.written,
                    name.span,
                    _line(scope, function.line),
                ).diagnostic()
            )


# ── how functions are called ──────────────────────────────────────────────────


def _definition(kind: str, name: str, parameters: list[str]) -> str:
    """How a clause's function is best defined."""
    own = {
        "solve": parameters,
        "sample": ["rng", "level", "**given"],
        "verify": ["answer", *parameters],
        "witnesses": ["rng", *parameters],
        "plant": ["rng", "answer"],
    }
    return f"def {name}({', '.join(own[kind])})"


def _call(kind: str, function: SolverFunction, names: list[str]) -> tuple[str, bool]:
    """How a clause's function is called, and whether this function can be."""
    count = len(names)
    if kind == "solve":
        call = f"{function.name}({', '.join(names)})"
        fits = _positional(function, count) and not function.required_named
        return call, fits
    if kind in ("sample", "witnesses"):
        first = ["rng", "level"] if kind == "sample" else ["rng"]
        shown = "**given" if kind == "sample" else ", ".join(f"{n}={n}" for n in names)
        call = f"{function.name}({', '.join(first)}, {shown})"
        enough = function.most is None or function.most >= len(first)
        accepted = function.any_named or (
            kind == "witnesses" and all(name in function.named for name in names)
        )
        if kind == "sample" and not function.any_named:
            # Parameters may also be named one by one, with defaults.
            accepted = all(n in function.named for n in names) or count == 1
        return call, enough and accepted
    if kind == "verify":
        call = f"{function.name}(answer, {', '.join(f'{n}={n}' for n in names)})"
        accepted = function.any_named or all(name in function.named for name in names)
        enough = function.most is None or function.most >= 1
        needs = [n for n in function.required_named if n not in names]
        return call, accepted and enough and not needs and function.least <= count + 1
    call = f"{function.name}(rng, answer)"
    return call, _positional(function, 2)


def _positional(function: SolverFunction, count: int) -> bool:
    return function.least <= count and (function.most is None or count <= function.most)


# ── places in the solver file ─────────────────────────────────────────────────


def _file(scope: Scope) -> str:
    return scope.source.solver_path or f"{posixpath.basename(scope.name)}.py"


def _line(scope: Scope, line: int) -> Span:
    """A line of the solver file, without its indentation."""
    solvers = Source(_file(scope), scope.source.solver_text or "")
    line = min(line, len(solvers.lines))
    text = solvers.line_text(line)
    start = solvers.lines[line - 1] + len(text) - len(text.lstrip())
    return Span(solvers.path, start, start + max(1, len(text.strip())))
