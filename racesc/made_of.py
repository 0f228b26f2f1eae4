"""Which environments of a module are made of which. Imports cannot be cyclic, so this
stays within one module. Nothing recurses: chains of names may be long."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from racesc.diagnostics import Report
from racesc.errors.names import CyclicEnvironment
from racesc.resolve import EnvironmentDeclaration, Scope
from racesc.syntax import BaseDeclaration, Chain, Expression, Operation, Use


def cyclic(scope: Scope, report: Report) -> set[str]:
    """The composites that contain themselves; each circle is reported once."""
    found: set[str] = set()
    state: dict[str, str] = {}
    trail: list[tuple[str, Iterator[Use]]] = []

    def enter(name: str) -> None:
        state[name] = "open"
        trail.append((name, iter(_uses(scope.environments[name]))))

    for start in scope.environments:
        if start not in state:
            enter(start)
        while trail:
            name, uses = trail[-1]
            for use in uses:
                inner = _inside(scope, use)
                if state.get(inner) == "open":
                    names = [n for n, _ in trail]
                    circle = names[names.index(inner) :]
                    found.update(circle)
                    report.add(
                        CyclicEnvironment((*circle, inner), use.name_span).diagnostic()
                    )
                elif inner and inner not in state:
                    enter(inner)
                    break
            else:
                state[name] = "done"
                trail.pop()
    return found


def parts_first(scope: Scope, name: str, done: Callable[[str], bool]) -> list[str]:
    """The environments of the same module that one is made of and that are not done
    yet, inner ones first."""
    found: dict[str, None] = {}
    trail = [(name, iter(_uses(scope.environments[name])))]
    entered = {name}
    while trail:
        here, uses = trail[-1]
        for use in uses:
            inner = _inside(scope, use)
            if not inner or inner in entered or done(inner):
                continue
            entered.add(inner)
            trail.append((inner, iter(_uses(scope.environments[inner]))))
            break
        else:
            trail.pop()
            found[here] = None
    del found[name]
    return list(found)


def _inside(scope: Scope, use: Use) -> str:
    """The name of an environment of this module; empty for another module's."""
    module, _, name = use.name.rpartition(".")
    known = name in scope.environments and module in ("", scope.name)
    return name if known else ""


def _uses(declared: EnvironmentDeclaration) -> list[Use]:
    """The environments that a composite names, in order."""
    if isinstance(declared, BaseDeclaration):
        return []
    found: list[Use] = []
    waiting: list[Expression] = [declared.value]
    while waiting:
        expression = waiting.pop()
        if isinstance(expression, Use):
            found.append(expression)
        elif isinstance(expression, Chain):
            waiting += reversed(expression.steps)
        elif isinstance(expression, Operation):
            waiting += reversed(expression.parts)
        else:
            waiting += [s.value for s in reversed(expression.statements)]
    return found
