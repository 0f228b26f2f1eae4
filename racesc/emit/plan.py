"""What goes into an emitted package, and what everything is called there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from racesc.emit.names import STANDARD, constants, modules
from racesc.emit.pieces import Imports, Printer, walk
from racesc.runtime.base import Base
from racesc.typed import Function, Program, TypedEnvironment, TypedPackage

if TYPE_CHECKING:
    from racesc.emit.suites import SuitesText

# Names that a module of environments or declarations imports or defines itself, so
# that no declaration may have them there.
BOUNDS = ("cols", "greatest", "hi", "least", "lo", "nodes", "rows", "size", "value")
OWN = ("Any", "ENVIRONMENT", "INPUTS", "LEVEL", "NODE", "SOLVERS", "solve")


@dataclass(frozen=True)
class Plan:
    """Everything that the files of a package have in common.

    ``environments`` are keyed by the name under which `load` finds them; ``bases`` are
    the declarations used, by module; ``constants`` says in which module of `bases/` a
    declaration stands, by which name.
    """

    package: TypedPackage
    program: Program
    module: str  # the package's import name
    tests: str  # the folder of its tests
    environments: dict[str, TypedEnvironment]
    environment_modules: dict[str, str]
    bases: dict[str, tuple[Base, ...]]
    base_modules: dict[str, str]
    constants: dict[str, tuple[str, str]]
    functions: tuple[Function, ...]
    step_modules: dict[str, str]
    operators: tuple[str, ...]  # modules of racesc/operators

    def printer(self) -> Printer:
        """A printer for one module in one of the package's folders."""
        return Printer(Imports(".._runtime"), self.constants)

    def declared(self) -> dict[str, TypedEnvironment]:
        """All environments in reach of the program, by qualified name, in order."""
        return declared(self.program)


def plan(
    package: TypedPackage, program: Program, suites: SuitesText | None = None
) -> Plan:
    """Collect what the package's environments and suites stand on, and give names."""
    environments = _public(package)
    bases: dict[str, Base] = {}
    operators: set[str] = set()
    for environment in environments.values():
        for thing in walk(environment.node):
            home = type(thing).__module__
            if isinstance(thing, Base):
                bases.setdefault(thing.name, thing)
            elif home.startswith("racesc.operators."):
                operators.add(home.rpartition(".")[2])
    if suites is not None:
        bases.update(suites.parts.bases)
        operators.update(suites.operators)
    by_module = _declared_order(bases, program)
    base_modules = modules(by_module, BOUNDS + OWN)
    functions = {
        thing
        for base in bases.values()
        for thing in walk(base)
        if isinstance(thing, Function)
    }
    ordered = sorted(functions, key=lambda one: (one.module, one.name))
    module = modules([package.name], STANDARD)[package.name]
    return Plan(
        package=package,
        program=program,
        module=module,
        tests="tests" if module != "tests" else "package_tests",
        environments=environments,
        environment_modules=modules(environments),
        bases=by_module,
        base_modules=base_modules,
        constants=_constants(by_module, base_modules),
        functions=tuple(ordered),
        step_modules=modules(dict.fromkeys(one.module for one in ordered)),
        operators=tuple(sorted(operators)),
    )


def _public(package: TypedPackage) -> dict[str, TypedEnvironment]:
    """Environments by public name: their own, or where two share it `module.name`."""
    drawable = [one for one in package.environments if one.node is not None]
    uses = Counter(one.name for one in drawable)
    return {one.name if uses[one.name] == 1 else one.qualified: one for one in drawable}


def declared(program: Program) -> dict[str, TypedEnvironment]:
    """All environments in reach of a program, by qualified name, in order."""
    return {
        environment.qualified: environment
        for module in program.modules
        for environment in (*module.scope, *module.environments)
    }


def _declared_order(
    bases: Mapping[str, Base], program: Program
) -> dict[str, tuple[Base, ...]]:
    """Declarations by module, in the order in which the modules declare them."""
    places = {name: place for place, name in enumerate(declared(program))}
    by_module: dict[str, list[Base]] = {}
    for name in sorted(bases, key=lambda name: (places.get(name, len(places)), name)):
        by_module.setdefault(name.rpartition(".")[0], []).append(bases[name])
    return {module: tuple(by_module[module]) for module in sorted(by_module)}


def _constants(
    by_module: Mapping[str, tuple[Base, ...]], base_modules: Mapping[str, str]
) -> dict[str, tuple[str, str]]:
    """Qualified name of a declaration -> its module in `bases/`, its constant there."""
    found: dict[str, tuple[str, str]] = {}
    for module, members in by_module.items():
        named = {base.name: base.name.rpartition(".")[2] for base in members}
        given = constants(named.values(), OWN)
        for qualified, name in named.items():
            found[qualified] = (base_modules[module], given[name])
    return found
