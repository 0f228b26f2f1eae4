"""The promises of one base environment.

An ``Examiner`` asks two children that differ in their hash seed, and turns what comes
back into mistakes: one for each kind, with the inputs that show it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from racesc.child import Child, ChildFailure
from racesc.edges import edge_inputs, edge_values, small_inputs
from racesc.errors.declarations import ExampleFailed
from racesc.errors.mistake import Mistake
from racesc.errors.running import (
    ArgumentChanged,
    BrokenContract,
    BrokenVerifier,
    LawFailed,
    NotDeterministic,
    SolverFailed,
    SolverTimeout,
    UnreadableAnswer,
)
from racesc.failures import (
    SolverFiles,
    broken_promise,
    functions,
    mistake_of,
    shown_inputs,
)
from racesc.runtime.base import Base, Parameter
from racesc.runtime.member import ground
from racesc.runtime.text import decode, encode, show
from racesc.runtime.types import Type
from racesc.show_types import type_text
from racesc.singleton import type_of
from racesc.trial.package import Where, instances
from racesc.trial.settings import Outcome, Settings
from racesc.typed import TypedEnvironment
from racesc.unify import bind, instantiate, mentions_unknown, variables

# Restarting on the remaining inputs after a solver failed shows further mistakes.
MOST_FAILURES = 3


@dataclass
class Examiner:
    """The checks of one base environment."""

    outcome: Outcome
    base: Base
    child: Child
    other: Child
    files: SolverFiles
    laws: dict[int, tuple[str, str]]
    settings: Settings

    @property
    def environment(self) -> TypedEnvironment:
        return self.outcome.environment

    @property
    def file(self) -> str:
        return self.files.of(self.environment)

    def blame(self, mistake: Mistake) -> None:
        self.outcome.mistakes.append(mistake)

    def types(self, where: Where) -> dict[str, Type]:
        """The parameters' types with the variables bound."""
        return {p.name: instantiate(p.type, where) for p in self.base.parameters}

    def shown(self, data: dict[str, Any], where: Where) -> str:
        """Inputs in JSON's values as text."""
        types = self.types(where)
        return shown_inputs(
            {name: show(decode(data[name], types[name]), types[name]) for name in data}
        )

    def ask(self, child: Child, what: str, **asked: Any) -> Iterator[Any]:
        where = asked.pop("where", None)
        if where is not None:
            asked["where"] = {name: repr(kind) for name, kind in where.items()}
        yield from child.stream(
            "probe",
            what=what,
            base=self.base.name,
            seconds=self.settings.seconds,
            **asked,
        )

    # ── examples ──

    def examples(self) -> None:
        """The solver gives what the examples say, or a verifier accepts it."""
        for example in self.environment.examples:
            where = self._where(example.arguments)
            types = self.types(where)
            pairs = zip(types.items(), example.arguments, strict=True)
            given = {name: encode(value, kind) for (name, kind), value in pairs}
            codomain = instantiate(self.base.codomain, where)
            self.outcome.calls += 1
            try:
                found = next(
                    self.ask(
                        self.child,
                        "example",
                        where=where,
                        given=given,
                        expected=encode(example.result, codomain),
                    )
                )
            except ChildFailure as failure:
                inputs = self.shown(given, where)
                self.blame(mistake_of(failure, self.environment, self.files, inputs))
                continue
            if not found["holds"]:
                self.blame(
                    ExampleFailed(
                        f"`{self.base.name}` returns {found['result']} here, not"
                        f" {show(example.result, codomain)}",
                        example.span,
                        (f"with `{self.shown(given, where)}`, in `{self.file}`",),
                    )
                )

    def _where(self, arguments: Sequence[Any]) -> Where:
        """The types of an example's values, for the variables."""
        where: Where = dict(instances(self.base)[0])
        found: Where = {}
        for parameter, value in zip(self.base.parameters, arguments, strict=True):
            kind = type_of(value, parameter.type)
            if kind is not None:
                bind(parameter.type, kind, found)
        where.update({name: kind for name, kind in found.items() if _known(kind)})
        return where

    # ── calls ──

    def calls(self, where: Where, share: int) -> None:
        """A2, A3 and A4 at the edges of the domain and at random."""
        settings = self.settings
        types = self.types(where)
        parameters = [Parameter(name, kind) for name, kind in types.items()]
        given = [
            {name: encode(value, types[name]) for name, value in inputs.items()}
            for inputs in (
                *edge_inputs(parameters, settings.edges // share),
                *small_inputs(parameters, settings.small // share),
            )
        ]
        try:
            given += self.ask(
                self.child, "inputs", where=where, count=settings.random // share
            )
        except ChildFailure as failure:
            self.blame(mistake_of(failure, self.environment, self.files))
        first = self._calls("calls", given, where)
        if any(isinstance(each, SolverTimeout) for each in self.outcome.mistakes):
            return
        second = self._calls("results", given, where)
        for inputs, one, two in zip(given, first, second, strict=True):
            if one is not None and two is not None and one != two:
                self.blame(
                    NotDeterministic(
                        self.base.name,
                        self.file,
                        f"`{one}`",
                        f"`{two}`",
                        self.environment.span,
                        self.shown(inputs, where),
                    )
                )
                break

    def _calls(self, what: str, given: list[dict[str, Any]], where: Where) -> list[Any]:
        """The result of every call, None where there is none. `calls` looks at all
        promises and blames; `results` is the same in the other process, for comparing.
        After a failure the remaining inputs are tried, a few times."""
        blame = what == "calls"
        child = self.child if blame else self.other
        results: list[Any] = []
        kinds: set[str] = set()
        for _ in range(MOST_FAILURES):
            rest = given[len(results) :]
            if not rest:
                break
            try:
                for found in self.ask(child, what, where=where, given=rest):
                    self.outcome.calls += 1
                    data = given[len(results)]
                    results.append(found.get("result"))
                    if blame and "problem" in found and found["problem"] not in kinds:
                        kinds.add(found["problem"])
                        self.blame(self._broken(found, data, where))
            except ChildFailure as failure:
                key = f"{failure.kind} {failure.error} {failure.place}"
                if blame and key not in kinds:
                    kinds.add(key)
                    inputs = self.shown(given[len(results)], where)
                    self.blame(
                        mistake_of(failure, self.environment, self.files, inputs)
                    )
                results.append(None)
                if failure.kind in ("slow", "memory"):  # more of them take long
                    break
        return results + [None] * (len(given) - len(results))

    def _broken(
        self, found: dict[str, Any], data: dict[str, Any], where: Where
    ) -> Mistake:
        """The mistake behind a call's `problem`."""
        name, file, span = self.base.name, self.file, self.environment.span
        inputs = self.shown(data, where)
        kind = found["problem"]
        if kind == "outside":
            codomain = type_text(instantiate(self.base.codomain, where))
            return BrokenContract(
                name, file, f"`{found['result']}`", codomain, span, inputs
            )
        if kind == "changed":
            solver = functions(self.base)[0].name
            verifier = getattr(self.base.verify, "name", solver)
            function = solver if found["function"] == "solver" else verifier
            return ArgumentChanged(
                name, file, function, found["parameter"], span, inputs
            )
        if kind == "unsteady":
            return NotDeterministic(
                name, file, f"`{found['first']}`", f"`{found['second']}`", span, inputs
            )
        if kind == "refused":
            problem = (
                f"answers {found['verdict']} to the solver's own answer"
                f" {found['result']}"
            )
            return BrokenVerifier(name, file, problem, span, inputs)
        if kind == "no predicate":
            problem = f"answers {found['verdict']} to {found['result']}, neither True nor False"
            return BrokenVerifier(name, file, problem, span, inputs)
        if kind == "neighbour":
            problem = f"is paid though `{found['result']}` is right"
            return UnreadableAnswer(name, found["shown"], problem, span, inputs)
        problem = f"is not read back: {found['reason'] or 'it earns less than 1'}"
        return UnreadableAnswer(name, found["shown"], problem, span, inputs)

    # ── type variables ──

    def opaque(self, where: Where) -> None:
        """The solver does with what its type variables promise."""
        types = self.types(where)
        parameters = [Parameter(name, kind) for name, kind in types.items()]
        given = [
            {name: encode(value, types[name]) for name, value in inputs.items()}
            for inputs in edge_inputs(parameters, self.settings.edges // 4)
        ]
        try:
            for found in self.ask(self.child, "opaque", where=where, given=given):
                self.outcome.calls += 2
                if "problem" in found:
                    self.blame(
                        SolverFailed(
                            self.base.name,
                            self.file,
                            "asks more of a type variable than its classes promise:"
                            f" {found['problem']}",
                            self.environment.span,
                            None,
                            self.shown(found["inputs"], where),
                        )
                    )
        except ChildFailure as failure:
            self.blame(mistake_of(failure, self.environment, self.files))

    # ── samplers ──

    def draws(self, where: Where) -> None:
        """A1: what is drawn lies inside the types, with nothing given, and with each
        parameter in turn given at its edges."""
        if not self.environment.sampleable:
            return
        seeds = list(range(self.settings.seeds))
        batches: list[tuple[list[dict[str, Any]], list[int], list[int]]] = [
            ([{}], seeds, list(range(1, 11)))
        ]
        types = self.types(where)
        if len(types) > 1:
            for name, kind in types.items():
                # Bounds that wait for other parameters are drawn with those.
                if ground(kind):
                    edges = edge_values(kind)[:12]
                    given = [{name: encode(value, kind)} for value in edges]
                    batches.append((given, seeds[:1], [1, 10]))
        for given, some_seeds, levels in batches:
            if not self._draws(given, some_seeds, levels, where):
                return

    def _draws(
        self,
        given: list[dict[str, Any]],
        seeds: list[int],
        levels: list[int],
        where: Where,
    ) -> bool:
        request = {"where": where, "given": given, "seeds": seeds, "levels": levels}
        try:
            for found in self.ask(self.child, "draws", **request):
                self.outcome.calls += 1
                if "problem" in found:
                    self.blame(
                        broken_promise(found["reason"], self.environment, self.files)
                    )
                    return False
        except ChildFailure as failure:
            self.blame(mistake_of(failure, self.environment, self.files))
            return False
        return True

    # ── laws ──

    def check_laws(self) -> None:
        """Both sides of every law agree on drawn inputs."""
        for law in self.environment.laws:
            names = self.laws.get(id(law))
            if names is None:
                continue
            request: dict[str, Any] = {
                "what": "equal_sides",
                "left": names[0],
                "right": names[1],
                "count": self.settings.laws,
                "seconds": self.settings.seconds,
            }
            try:
                for found in self.child.stream("probe", **request):
                    self.outcome.calls += 2
                    if not found["same"]:
                        self.blame(
                            LawFailed(
                                self.base.name,
                                law.text,
                                f"`{found['left']}`",
                                f"`{found['right']}`",
                                law.span,
                                f"{self.base.parameters[0].name} = {found['input']}",
                            )
                        )
                        break
            except ChildFailure as failure:
                self.blame(mistake_of(failure, self.environment, self.files))


def _known(kind: Type) -> bool:
    """Whether a type has no variable left in it: `[]` tells nothing of its items."""
    return not mentions_unknown(kind) and not variables(kind)
