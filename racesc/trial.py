"""Holding the environments of one module to their promises: `racesc test`.

A ``Trial`` asks the child process about one environment after the other and turns what
comes back into mistakes. What an environment owes (semantics.md): A1 its sampler stays
inside the types; A2 the solver's result lies in the codomain; A3 its verifier accepts
the solver's answer and nothing near it that is wrong; A4 answers are read as they are
shown. Besides: examples and laws hold, results repeat under another hash seed and
arguments are left alone; a right reply to a whole problem earns 1 and junk 0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import product
from typing import Any

from racesc.child import Child, ChildFailure
from racesc.edges import edge_inputs, edge_values
from racesc.errors.declarations import ExampleFailed
from racesc.errors.mistake import Mistake
from racesc.errors.running import (
    ArgumentChanged,
    BrokenContract,
    BrokenSampler,
    BrokenVerifier,
    GoldRefused,
    JunkRewarded,
    LawFailed,
    NotDeterministic,
    SolverTimeout,
    UnreadableAnswer,
)
from racesc.failures import SolverFiles, functions, mistake_of, shown_inputs
from racesc.feeding import DEFAULTS
from racesc.operators.sequential import Sequential, Step
from racesc.operators.sequential import Source as Feed
from racesc.runtime.base import Base, Parameter
from racesc.runtime.brick import Brick
from racesc.runtime.member import ground
from racesc.runtime.node import Node
from racesc.runtime.text import decode, encode, show
from racesc.runtime.types import Type
from racesc.show_types import type_text
from racesc.typed import Law, TypedEnvironment
from racesc.unify import (
    bind,
    has_class,
    instantiate,
    mentions_unknown,
    type_of,
    variables,
)

Where = dict[str, Type]

# Restarting on the remaining inputs after a solver failed shows further mistakes.
MOST_FAILURES = 3


@dataclass(frozen=True)
class Settings:
    """How much is tried: numbers per environment, and the deadline of one call."""

    edges: int = 120
    random: int = 60
    seeds: int = 3
    laws: int = 40
    seconds: float = 5.0


@dataclass
class Outcome:
    """What became of one environment: how often it was run, and what is wrong."""

    environment: TypedEnvironment
    calls: int = 0
    problems: int = 0
    mistakes: list[Mistake] = field(default_factory=list)


# ── what is emitted for a trial ───────────────────────────────────────────────


def trial_package(
    environments: Sequence[TypedEnvironment],
) -> tuple[list[TypedEnvironment], dict[int, tuple[str, str]]]:
    """What the package under test holds: every environment, those too that cannot be
    drawn, and both sides of every law under names of their own (by the law's id)."""
    held: list[TypedEnvironment] = []
    names: dict[int, tuple[str, str]] = {}
    for environment in environments:
        node = environment.node
        if node is None and environment.base is not None:
            node = Brick(environment.base, instances(environment.base)[0])
        if node is not None:
            held.append(replace(environment, node=node))
        for law in environment.laws:
            sides = law_sides(environment, law)
            if sides is None:
                continue
            named = ["", ""]
            for index, side in enumerate(sides):
                if side is not None:
                    named[index] = f"law_{len(names)}_{('left', 'right')[index]}"
                    held.append(
                        replace(environment, name=named[index], node=side, base=None)
                    )
            names[id(law)] = (named[0], named[1])
    return held, names


def law_sides(
    environment: TypedEnvironment, law: Law
) -> tuple[Node | None, Node | None] | None:
    """Both sides of a law as nodes with one port; None where a side draws parameters
    of its own, because two draws need not agree."""
    base = environment.base
    if base is None or not isinstance(environment.node, Brick):
        return None
    port = Parameter("x", environment.node.types[base.parameters[0].name])
    sides = [side and fed_through(side, port) for side in (law.left, law.right)]
    if any(
        side is None and given is not None
        for side, given in zip(sides, (law.left, law.right), strict=True)
    ):
        return None
    return sides[0], sides[1]


def fed_through(node: Node, port: Parameter) -> Node | None:
    """A chain whose head takes the port's value and that draws nothing itself."""
    steps = node.steps if isinstance(node, Sequential) else (Step(node),)
    built = []
    for index, step in enumerate(steps):
        inner = step.node
        if not isinstance(inner, Brick):
            return None
        feeds = step.feeds
        if index == 0:
            fed = next(iter(feeds), inner.ports[0].name)
            feeds = {fed: Feed(None, port.name)}
        if any(parameter.name not in feeds for parameter in inner.ports):
            return None
        built.append(Step(inner, feeds))
    return Sequential(tuple(built), parameters=(port,))


def instances(base: Base, most: int = 5) -> list[Where]:
    """Bindings of the type variables to try, the default first; one empty binding
    for an environment without variables."""
    names = [name for name, _ in base.classes]
    if not names:
        return [{}]
    choices = [
        [kind for kind in DEFAULTS if all(has_class(kind, each) for each in classes)]
        for _, classes in base.classes
    ]
    found = [
        dict(
            zip(
                names,
                [options[index % len(options)] for options in choices],
                strict=True,
            )
        )
        for index in range(max(map(len, choices)))
    ]
    found += [
        dict(zip(names, kinds, strict=True))
        for kinds in product(*(options[:2] for options in choices))
    ]
    unique = {repr(where): where for where in found}
    return list(unique.values())[:most]


# ── one environment after the other ───────────────────────────────────────────


@dataclass
class Trial:
    """Trials of one package in two children that differ in their hash seed."""

    child: Child
    other: Child
    files: SolverFiles
    laws: dict[int, tuple[str, str]]
    settings: Settings = Settings()
    progress: Callable[[str], None] = lambda text: None

    def run(self, environment: TypedEnvironment) -> Outcome:
        """Everything about one environment."""
        outcome = Outcome(environment)
        for text, check in self._checks(outcome):
            self.progress(f"{environment.qualified}: {text}")
            check()
            if any(isinstance(each, SolverTimeout) for each in outcome.mistakes):
                break  # the other checks would wait as long again
        outcome.mistakes = list(
            {type(m).__name__ + repr(m): m for m in outcome.mistakes}.values()
        )
        return outcome

    def _checks(self, outcome: Outcome) -> Iterator[tuple[str, Callable[[], None]]]:
        """What to do about an environment, in order, with a word on each."""
        environment = outcome.environment
        if environment.base is not None:
            examiner = _Examiner(self, outcome, environment.base)
            yield "examples", examiner.examples
            for index, where in enumerate(instances(environment.base)):
                share = 1 if index == 0 else 4
                yield "calls", partial(examiner.calls, where, share)
                yield "draws", partial(examiner.draws, where)
            yield "laws", examiner.check_laws
        if environment.sampleable and environment.node is not None:
            yield "problems", partial(self._problems, outcome)

    def _problems(self, outcome: Outcome) -> None:
        environment = outcome.environment
        request: dict[str, Any] = {
            "what": "problems",
            "env": environment.name,
            "seeds": list(range(self.settings.seeds)),
            "levels": [1, 4, 7, 10],
            "seconds": self.settings.seconds * 4,
        }
        made: list[Any] = []
        try:
            for found in self.child.stream("probe", **request):
                outcome.problems += 1
                made.append(found.get("made"))
                if "problem" in found:
                    outcome.mistakes.append(_unfair(environment, found))
                    return
            for first, found in zip(
                made, self.other.stream("probe", **request), strict=True
            ):
                if found.get("made") != first:
                    outcome.mistakes.append(
                        _other_problem(environment, self.files, first, found)
                    )
                    return
        except ChildFailure as failure:
            outcome.mistakes.append(mistake_of(failure, environment, self.files))


def _unfair(environment: TypedEnvironment, found: dict[str, Any]) -> Mistake:
    """A problem whose gold reply is refused or whose junk is paid."""
    name, span = environment.qualified, environment.span
    seed, level = found["seed"], found["level"]
    if found["problem"] == "gold":
        return GoldRefused(name, seed, level, found["reason"], span)
    return JunkRewarded(name, seed, level, found["reply"], found["reward"], span)


def _other_problem(
    environment: TypedEnvironment,
    files: SolverFiles,
    first: dict[str, Any],
    found: dict[str, Any],
) -> Mistake:
    """Two problems of one seed that differ."""
    second = found.get("made") or {}
    differing = [key for key in first or {} if first[key] != second.get(key)]
    key = differing[0] if differing else "prompt"
    return NotDeterministic(
        environment.qualified,
        files.of(environment),
        f"{key} {str((first or {}).get(key))[:200]!r}",
        f"{str(second.get(key))[:200]!r}",
        environment.span,
        f"seed = {found['seed']}, level = {found['level']}",
    )


@dataclass
class _Examiner:
    """The checks of one base environment."""

    trial: Trial
    outcome: Outcome
    base: Base

    @property
    def environment(self) -> TypedEnvironment:
        return self.outcome.environment

    @property
    def file(self) -> str:
        return self.trial.files.of(self.environment)

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
            seconds=self.trial.settings.seconds,
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
                        self.trial.child,
                        "example",
                        where=where,
                        given=given,
                        expected=encode(example.result, codomain),
                    )
                )
            except ChildFailure as failure:
                inputs = self.shown(given, where)
                self.blame(
                    mistake_of(failure, self.environment, self.trial.files, inputs)
                )
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
        settings = self.trial.settings
        types = self.types(where)
        parameters = [Parameter(name, kind) for name, kind in types.items()]
        given = [
            {name: encode(value, types[name]) for name, value in inputs.items()}
            for inputs in edge_inputs(parameters, settings.edges // share)
        ]
        try:
            given += self.ask(
                self.trial.child, "inputs", where=where, count=settings.random // share
            )
        except ChildFailure as failure:
            self.blame(mistake_of(failure, self.environment, self.trial.files))
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
        child = self.trial.child if blame else self.trial.other
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
                        mistake_of(failure, self.environment, self.trial.files, inputs)
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

    # ── samplers ──

    def draws(self, where: Where) -> None:
        """A1: what is drawn lies inside the types, with nothing given, and with each
        parameter in turn given at its edges."""
        if not self.environment.sampleable:
            return
        seeds = list(range(self.trial.settings.seeds))
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
            for found in self.ask(self.trial.child, "draws", **request):
                self.outcome.calls += 1
                if "problem" in found:
                    self.blame(
                        BrokenSampler(
                            self.base.name,
                            self.file,
                            found["reason"],
                            self.environment.span,
                            self.shown(found["given"], where),
                        )
                    )
                    return False
        except ChildFailure as failure:
            self.blame(mistake_of(failure, self.environment, self.trial.files))
            return False
        return True

    # ── laws ──

    def check_laws(self) -> None:
        """Both sides of every law agree on drawn inputs."""
        for law in self.environment.laws:
            names = self.trial.laws.get(id(law))
            if names is None:
                continue
            request: dict[str, Any] = {
                "what": "equal_sides",
                "left": names[0],
                "right": names[1],
                "count": self.trial.settings.laws,
                "seconds": self.trial.settings.seconds,
            }
            try:
                for found in self.trial.child.stream("probe", **request):
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
                self.blame(mistake_of(failure, self.environment, self.trial.files))


def _known(kind: Type) -> bool:
    """Whether a type has no variable left in it: `[]` tells nothing of its items."""
    return not mentions_unknown(kind) and not variables(kind)
