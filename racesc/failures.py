"""What became of a request to the child process, in the compiler's own words: a
``ChildFailure`` in, a mistake with its place in the solver file and declaration out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from racesc.child import ChildFailure, Place
from racesc.errors.mistake import Mistake
from racesc.errors.running import (
    BrokenContract,
    BrokenSampler,
    SolverFailed,
    SolverPrints,
    SolverTimeout,
)
from racesc.runtime.base import Base
from racesc.show_types import type_text
from racesc.source import Source, Span
from racesc.typed import Function, Program, TypedEnvironment


class SolverFiles:
    """The solver files of a program: where each lies, and whose functions it has."""

    def __init__(self, program: Program, sources: Iterable[Source]) -> None:
        by_text = {
            source.solver_text: source.solver_path
            for source in sources
            if source.solver_path is not None
        }
        self._paths = {
            stem: by_text.get(text) or f"{stem}.py"
            for stem, text in program.solver_texts.items()
        }
        self._texts = dict(program.solver_texts)
        self._owners: dict[tuple[str, str], TypedEnvironment] = {}
        for module in program.modules:
            for environment in (*module.environments, *module.scope):
                for function in functions(environment.base):
                    key = (function.module, function.name)
                    self._owners.setdefault(key, environment)

    def path(self, stem: str) -> str:
        """The solver file as the user knows it."""
        return self._paths.get(stem, f"{stem}.py")

    def sources(self) -> list[Source]:
        """The solver files as sources, so that lines of them can be shown."""
        return [Source(self.path(stem), text) for stem, text in self._texts.items()]

    def line(self, place: Place) -> Span | None:
        """The line of a place, without its indentation."""
        text = self._texts.get(place.module)
        if text is None:
            return None
        source = Source(self.path(place.module), text)
        if not 1 <= place.line <= len(source.lines):
            return None
        line = source.line_text(place.line)
        start = source.lines[place.line - 1] + len(line) - len(line.lstrip())
        return Span(source.path, start, start + max(1, len(line.strip())))

    def owner(self, place: Place) -> TypedEnvironment | None:
        """The environment whose solver, sampler or verifier stands at a place."""
        return self._owners.get((place.module, place.function))

    def named_in(self, text: str) -> TypedEnvironment | None:
        """The environment that a complaint names."""
        for environment in self._owners.values():
            if f"`{environment.qualified}`" in text:
                return environment
        return None

    def of(self, environment: TypedEnvironment) -> str:
        """The solver file of an environment; a composite's is its module's."""
        for function in functions(environment.base):
            return self.path(function.module)
        return self.path(environment.module)


def functions(base: Base | None) -> list[Function]:
    """The functions that a declaration names."""
    if base is None:
        return []
    named = (base.solve, base.sample, base.verify, base.witnesses, base.plant)
    return [function for function in named if isinstance(function, Function)]


def event(failure: ChildFailure) -> str:
    """What a solver did, as the end of a sentence about its file."""
    if failure.kind == "recursed":
        return "recurses too deeply"
    if failure.kind == "memory":
        return "takes more memory than there is"
    if failure.kind == "exited":
        return f"raised `{failure.error}`: a solver returns, it does not exit"
    if failure.kind == "died":
        return f"ended the Python process {failure.text}"
    text = failure.text.split("\n")[0].strip()
    raised = f"{failure.error}: {text}" if text else failure.error
    return f"raised `{raised[:200]}`"


def mistake_of(
    failure: ChildFailure,
    environment: TypedEnvironment,
    files: SolverFiles,
    inputs: str = "",
) -> Mistake:
    """The mistake behind a failure that came up while ``environment`` ran."""
    owner = environment
    line = None
    file = files.of(environment)
    if failure.place is not None:
        owner = files.owner(failure.place) or environment
        line = files.line(failure.place)
        file = files.path(failure.place.module)
    name, span = owner.qualified, owner.span
    if failure.kind == "slow":
        return SolverTimeout(name, file, failure.seconds, span, line, inputs)
    if failure.kind == "printed":
        return SolverPrints(name, file, failure.text, span, line, inputs)
    if failure.error == "ContractError" and failure.place is None:
        return broken_promise(failure.text, environment, files)
    return SolverFailed(name, file, event(failure), span, line, inputs)


def broken_promise(
    text: str, environment: TypedEnvironment, files: SolverFiles
) -> Mistake:
    """The mistake behind the runtime's own complaint, which names the environment
    that broke its promise while ``environment`` ran."""
    owner = files.named_in(text) or environment
    file = files.of(owner)
    if "sampler" in text:
        problem = text.split("its sampler", 1)[-1].strip()
        return BrokenSampler(owner.qualified, file, problem, owner.span)
    if "its solver gave" in text:
        result = text.split("its solver gave", 1)[1].split(", which is outside")[0]
        value, _, inputs = result.strip().partition(" on ")
        expected = type_text(owner.signature.codomain)
        return BrokenContract(
            owner.qualified, file, f"`{value}`", expected, owner.span, inputs
        )
    return SolverFailed(owner.qualified, file, f"breaks: {text}", owner.span)


def shown_inputs(inputs: Mapping[str, str]) -> str:
    """`n = 0, k = 1` from values as text, cut where they are long."""
    joined = ", ".join(f"{name} = {text}" for name, text in inputs.items())
    return joined if len(joined) <= 500 else joined[:500] + "…"


def solver_file_name(path: str) -> str:
    """The file's name without its folders."""
    return Path(path).name
