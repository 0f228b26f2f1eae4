"""Straight-line code for chains: what an engineer would have written by hand.

For a SEQUENTIAL of base environments (a block, or steps that are such SEQUENTIALs
themselves) this gives a function `solve(inputs) -> every step's answer`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from racesc.emit.layout import Call, Index, Piece, Text, assignment, list_of, render
from racesc.emit.names import LONGEST_VARIABLE, VARIABLES, Names
from racesc.emit.pieces import Printer
from racesc.operators.sequential import Sequential
from racesc.operators.step import Source
from racesc.runtime import types as t
from racesc.runtime.brick import Brick
from racesc.runtime.node import Node
from racesc.typed import Function


@dataclass(frozen=True)
class Input:
    """One argument of `solve`: ``path`` is its place in a problem's record, "3.k"."""

    name: str
    annotation: str
    path: str


@dataclass(frozen=True)
class Straight:
    """The code: the solvers' names, the function, and its arguments."""

    aliases: str
    function: str
    inputs: tuple[Input, ...]


def applies(node: Node | None) -> bool:
    """Whether a node is a chain that can be written in a straight line."""
    return isinstance(node, Sequential) and all(
        isinstance(step.node, Brick) or applies(step.node) for step in node.steps
    )


def straight(node: Sequential, printer: Printer, taken: Iterable[str]) -> Straight:
    """The straight-line code of a chain for which ``applies`` holds; it uses none of
    the names in ``taken``."""
    names = Names(VARIABLES.union(taken), LONGEST_VARIABLE)
    writer = _Writer(printer, names)
    answers, _ = writer.chain(node, "", {})
    for home, name in (("typing", "Any"), ("fractions", "Fraction")):
        printer.imports.add(home, name)
    printer.imports.add(".._solvers", "SOLVERS")
    aliases = [
        assignment(name, Index("SOLVERS", Text(f"{solver.module}.{solver.name}")))
        for solver, name in writer.solvers.items()
    ]
    lines = [
        _head("solve", [f"{one.name}: {one.annotation}" for one in writer.inputs]),
        '    """Every step\'s answer, from the inputs that a problem draws."""',
        *(f"    {line}" for line in writer.lines),
        "    " + render(answers, 4, "return "),
    ]
    return Straight("\n".join(aliases), "\n".join(lines), tuple(writer.inputs))


def _head(name: str, arguments: list[str]) -> str:
    """The first line, or lines, of the function."""
    line = f"def {name}({', '.join(arguments)}) -> list[Any]:"
    if len(line) <= 88:
        return line
    return (
        f"def {name}(\n"
        + "".join(f"    {one},\n" for one in arguments)
        + (") -> list[Any]:")
    )


@dataclass
class _Writer:
    """Collects statements while it walks a chain."""

    printer: Printer
    names: Names
    lines: list[str] = field(default_factory=list)
    inputs: list[Input] = field(default_factory=list)
    solvers: dict[Function, str] = field(default_factory=dict)

    def chain(
        self, node: Sequential, path: str, fed: dict[str, str]
    ) -> tuple[Piece, str]:
        """Write a chain's statements; gives its answer, and the value it feeds on."""
        own = dict(fed)
        for parameter in node.parameters:
            if parameter.name not in own:
                own[parameter.name] = self.input(parameter.name, parameter.type, path)
        answers: list[Piece] = []
        values: list[str] = []
        for index, step in enumerate(node.steps):
            place = f"{path}.{index + 1}" if path else str(index + 1)
            given = {
                name: _source(source, values, own)
                for name, source in step.feeds.items()
            }
            if index == 0 and not node.parameters:
                given.update(fed)  # the chain's own parameters are its head's
            if isinstance(step.node, Brick):
                name = node.names[index] if index < len(node.names) else ""
                value = self.call(step.node, place, given, name)
                answer: Piece = value
            else:
                assert isinstance(step.node, Sequential)
                answer, value = self.chain(step.node, place, given)
            answers.append(answer)
            values.append(value)
        return (answers[-1] if node.opaque else list_of(answers)), values[-1]

    def call(self, brick: Brick, place: str, fed: dict[str, str], name: str) -> str:
        """Write the call of one solver; gives the variable that holds its result."""
        arguments: list[Piece] = []
        for parameter in brick.base.parameters:
            if parameter.name in fed:
                arguments.append(fed[parameter.name])
            elif parameter.name in brick.fixed:
                arguments.append(self.printer.piece(brick.fixed[parameter.name]))
            else:
                type = brick.types[parameter.name]
                arguments.append(self.input(parameter.name, type, place))
        wanted = name or f"step_{place.replace('.', '_')}"
        target = self.names.give(("result", place), wanted)
        solver = self.solver(brick.base.solve)
        call = Call(solver, tuple((None, argument) for argument in arguments))
        self.lines.append(assignment(target, call, 4))
        return target

    def input(self, name: str, type: t.Type, path: str) -> str:
        """A new argument of `solve`."""
        place = f"{path}.{name}" if path else name
        given = self.names.give(("input", place), name)
        self.inputs.append(Input(given, annotation(type, 80 - len(given)), place))
        return given

    def solver(self, function: object) -> str:
        """The name by which a solver is called in this module."""
        assert isinstance(function, Function)
        if function not in self.solvers:
            self.solvers[function] = self.names.give(function, function.name)
        return self.solvers[function]


def _source(source: Source, values: list[str], own: dict[str, str]) -> str:
    """The expression that a parameter is fed with."""
    text = own[source.name] if source.step is None else values[source.step]
    return text if source.part is None else f"{text}[{source.part}]"


def annotation(type: t.Type, room: int = 80) -> str:
    """The Python type of a value; `Any` where it would be too long to read."""
    text = _python_type(type)
    return text if len(text) <= room else "Any"


def _python_type(type: t.Type) -> str:
    if isinstance(type, t.Int):
        return "int"
    if isinstance(type, t.Rat):
        return "Fraction"
    if isinstance(type, t.Bool):
        return "bool"
    if isinstance(type, (t.Str, t.Labels)):
        return "str"
    if isinstance(type, t.List):
        return f"list[{_python_type(type.item)}]"
    if isinstance(type, t.Set):
        return f"frozenset[{_python_type(type.item)}]"
    if isinstance(type, t.Matrix):
        return f"list[list[{_python_type(type.item)}]]"
    if isinstance(type, t.Tuple):
        return f"tuple[{', '.join(_python_type(item) for item in type.items)}]"
    if isinstance(type, t.Graph):
        weight = "" if type.weight is None else f", {_python_type(type.weight)}"
        return f"tuple[int, list[tuple[int, int{weight}]]]"
    if isinstance(type, t.Newtype):
        return _python_type(type.body)
    return "Any"
