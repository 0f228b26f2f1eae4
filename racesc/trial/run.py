"""One environment after the other, and the promises of whole problems."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from racesc.child import Child, ChildFailure
from racesc.errors.mistake import Mistake
from racesc.errors.running import (
    GoldRefused,
    JunkRewarded,
    NotDeterministic,
    SolverTimeout,
)
from racesc.failures import SolverFiles, mistake_of
from racesc.trial.base import Examiner
from racesc.trial.package import instances
from racesc.trial.settings import Outcome, Settings
from racesc.typed import TypedEnvironment


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
            {same_as(m): m for m in outcome.mistakes[::-1]}.values()
        )
        outcome.mistakes.reverse()
        return outcome

    def _checks(self, outcome: Outcome) -> Iterator[tuple[str, Callable[[], None]]]:
        """What to do about an environment, in order, with a word on each."""
        environment = outcome.environment
        if environment.base is not None:
            examiner = Examiner(
                outcome,
                environment.base,
                self.child,
                self.other,
                self.files,
                self.laws,
                self.settings,
            )
            yield "examples", examiner.examples
            for index, where in enumerate(instances(environment.base)):
                share = 1 if index == 0 else 4
                yield "calls", partial(examiner.calls, where, share)
                yield "draws", partial(examiner.draws, where)
            if environment.base.classes:
                where = instances(environment.base)[0]
                yield "type variables", partial(examiner.opaque, where)
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


def same_as(mistake: Mistake) -> tuple[Any, ...]:
    """What two findings of one mistake have in common: the first one is shown, which
    has the inputs."""
    parts = (getattr(mistake, name, None) for name in ("line", "span", "function"))
    return (type(mistake).__name__, *parts)


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
