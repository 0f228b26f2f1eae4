"""Which name means what: every occurrence of every name in a module, and what was
declared by it. Going to a definition, renaming and hovering start here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from racesc import syntax as tree
from racesc.resolve import EnvironmentDeclaration, Scope
from racesc.source import Span


@dataclass(frozen=True)
class Symbol:
    """Something that has a name: where it is declared, and the declaration's node.

    ``kind`` is environment, type, suite, package, module, parameter, step, variable,
    function or operator; ``owner`` the declaration it belongs to, where it does.
    """

    kind: str
    path: str
    name: str
    span: Span = field(compare=False)
    node: tree.Tree | None = field(default=None, compare=False, repr=False)
    owner: str = ""


@dataclass(frozen=True)
class Occurrence:
    """A name in a text, what it means, and the node it belongs to."""

    span: Span
    symbol: Symbol
    node: tree.Tree | None = None

    @property
    def declares(self) -> bool:
        """Whether this is where it is declared."""
        return self.span == self.symbol.span


Names = Mapping[str, Symbol]


def occurrences(scope: Scope) -> list[Occurrence]:
    """All names of a module, in order."""
    reader = _Reader(scope)
    found = [
        each
        for declaration in scope.tree.declarations
        for each in reader.declaration(declaration)
    ]
    return sorted(found, key=lambda each: (each.span.start, each.span.end))


def occurrence_at(scope: Scope, offset: int) -> Occurrence | None:
    """The name at an offset; right behind it counts too."""
    for each in occurrences(scope):
        if each.span.start <= offset <= each.span.end:
            return each
    return None


def environment_symbol(scope: Scope, declared: EnvironmentDeclaration) -> Symbol:
    """What stands for a declared environment."""
    name = declared.name
    return Symbol("environment", scope.source.path, name.text, name.span, declared)


class _Reader:
    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.path = scope.source.path
        self.text = scope.source.text

    # ── declarations ──

    def declaration(self, declared: tree.Declaration) -> Iterator[Occurrence]:
        match declared:
            case tree.ImportDeclaration():
                yield from self._import(declared)
            case tree.TypeDeclaration():
                symbol = self._symbol("type", declared.name, declared)
                yield Occurrence(declared.name.span, symbol, declared)
                owner = declared.name.text
                names = {
                    each.text: self._symbol("variable", each, declared, owner)
                    for each in declared.variables
                }
                yield from _declared(names)
                yield from self._type(declared.body, names, {})
            case tree.BaseDeclaration() | tree.CompositeDeclaration():
                yield from self._environment(declared)
            case tree.SuiteDeclaration():
                symbol = self._symbol("suite", declared.name, declared)
                yield Occurrence(declared.name.span, symbol, declared)
                for clause in declared.clauses:
                    if isinstance(clause, tree.FromClause):
                        yield from self._sources((*clause.sources, *clause.excepted))
                    elif isinstance(clause, tree.DisjointClause):
                        yield from self._sources((clause.suite,))
            case tree.PackageDeclaration():
                symbol = self._symbol("package", declared.name, declared)
                yield Occurrence(declared.name.span, symbol, declared)
                yield from self._sources(declared.include)

    def _symbol(
        self, kind: str, name: tree.Name, node: tree.Tree, owner: str = ""
    ) -> Symbol:
        return Symbol(kind, self.path, name.text, name.span, node, owner)

    def _import(self, declared: tree.ImportDeclaration) -> Iterator[Occurrence]:
        for known, scope in self.scope.imports:
            if known is declared:
                yield Occurrence(declared.module.span, _module(scope), declared)
                for name in declared.names or ():
                    for kind in ("environments", "types", "suites"):
                        symbol = _member(scope, name.text, kind)
                        if symbol is not None:
                            yield Occurrence(name.span, symbol, declared)
                            break

    def _environment(self, declared: EnvironmentDeclaration) -> Iterator[Occurrence]:
        symbol = environment_symbol(self.scope, declared)
        yield Occurrence(symbol.span, symbol, declared)
        owner = declared.name.text
        variables = {}
        for variable in declared.variables:
            name = tree.Name(variable.name, span=_first(variable.span, variable.name))
            variables[name.text] = self._symbol("variable", name, variable, owner)
        yield from _declared(variables)
        parameters: dict[str, Symbol] = {}
        for parameter in declared.parameters or ():
            yield from self._type(parameter.type, variables, parameters)
            one = self._symbol("parameter", parameter.name, parameter, owner)
            parameters[parameter.name.text] = one
        yield from _declared(parameters)
        if declared.codomain is not None:
            yield from self._type(declared.codomain, variables, parameters)
        if isinstance(declared, tree.BaseDeclaration):
            for clause in declared.clauses:
                yield from self._clause(clause, parameters)
        else:
            yield from self._expression(declared.value, parameters)

    def _clause(self, clause: tree.Clause, parameters: Names) -> Iterator[Occurrence]:
        match clause:
            case tree.NameClause():
                name = clause.function
                path = self.scope.source.solver_path or ""
                symbol = Symbol("function", path, name.text, name.span, clause)
                yield Occurrence(name.span, symbol, clause)
            case tree.DescribeClause():
                span = clause.text_span
                text = self.text[span.start : span.end]
                for match in re.finditer(r"\{\{\s*(\w+)", text):
                    if match[1] in parameters:
                        start = span.start + match.start(1)
                        place = Span(self.path, start, start + len(match[1]))
                        yield Occurrence(place, parameters[match[1]], clause)
            case tree.LevelClause():
                if clause.parameter.text in parameters:
                    symbol = parameters[clause.parameter.text]
                    yield Occurrence(clause.parameter.span, symbol, clause)
                inner = {n: s for n, s in parameters.items() if n != "level"}
                if clause.bound is not None:
                    yield from self._bound(clause.bound, inner)
                if clause.type is not None:
                    yield from self._type(clause.type, {}, {})
            case tree.LawClause():
                yield from self._expression(clause.left, {})
                yield from self._expression(clause.right, {})

    def _sources(self, names: tuple[tree.Name, ...]) -> Iterator[Occurrence]:
        """Modules, environments and suites that a suite or a package names."""
        for name in names:
            module, dot, _ = name.text.rpartition(".")
            if dot:
                yield from self._environment_use(name.text, name.span, None)
                continue
            for kind in ("suites", "environments"):
                found = self.scope.find(name.text, kind)
                symbol = _member(found[0], name.text, kind) if found else None
                if symbol is not None:
                    yield Occurrence(name.span, symbol)
                    break
            else:
                scope = self.scope.module(name.text)
                if scope is not None and scope is not self.scope:
                    yield Occurrence(name.span, _module(scope))

    # ── types and bounds ──

    def _type(
        self, type_: tree.TypeExpression, variables: Names, parameters: Names
    ) -> Iterator[Occurrence]:
        if isinstance(type_, tree.TupleType):
            for item in type_.items:
                yield from self._type(item, variables, parameters)
        if not isinstance(type_, tree.NamedType):
            return
        module, dot, name = type_.name.rpartition(".")
        start = type_.span.start
        written = self.text.startswith(type_.name, start)
        if written and type_.name in variables:
            span = Span(self.path, start, start + len(type_.name))
            yield Occurrence(span, variables[type_.name], type_)
        elif written:
            found = self.scope.find(type_.name, "types")
            symbol = _member(found[0], name, "types") if len(found) == 1 else None
            if symbol is not None:
                first = start + len(module + dot)
                span = Span(self.path, first, first + len(name))
                yield Occurrence(span, symbol, type_)
        for argument in type_.arguments:
            yield from self._type(argument, variables, parameters)
        for refinement in type_.refinements:
            if isinstance(refinement, tree.RangeRefinement):
                low, high = refinement.low, refinement.high
                if low is not None:
                    yield from self._bound(low, parameters)
                if high is not None and high is not low:
                    yield from self._bound(high, parameters)

    def _bound(
        self, bound: tree.BoundExpression, parameters: Names
    ) -> Iterator[Occurrence]:
        waiting = [bound]
        while waiting:
            here = waiting.pop()
            if isinstance(here, tree.BoundOperation):
                waiting += [here.right, here.left]
            elif isinstance(here, (tree.BoundName, tree.BoundOf)):
                span = self._last_word(here.span, here.name)
                if here.name in parameters and span is not None:
                    yield Occurrence(span, parameters[here.name], here)

    def _last_word(self, span: Span, word: str) -> Span | None:
        """Where a word stands inside a place: `n` in `(n)`, `items` in `len(items)`."""
        start = self.text.rfind(word, span.start, span.end)
        return Span(self.path, start, start + len(word)) if start >= 0 else None

    # ── expressions ──

    def _expression(
        self, expression: tree.Expression, names: Names
    ) -> Iterator[Occurrence]:
        match expression:
            case tree.Use():
                yield from self._use(expression, names)
            case tree.Chain():
                for step in expression.steps:
                    yield from self._expression(step, names)
            case tree.Operation():
                place = expression.operator_span
                name = expression.operator
                symbol = Symbol("operator", "", name, place, expression)
                yield Occurrence(place, symbol, expression)
                for part in expression.parts:
                    yield from self._expression(part, names)
                for argument in expression.fed or ():
                    yield from _local(argument.value, names)
            case tree.Block():
                reach = dict(names)
                for statement in expression.statements:
                    yield from self._expression(statement.value, reach)
                    if statement.name is not None:
                        owner = str(expression.span.start)
                        symbol = self._symbol("step", statement.name, statement, owner)
                        yield Occurrence(symbol.span, symbol, statement)
                        reach[statement.name.text] = symbol

    def _use(self, use: tree.Use, names: Names) -> Iterator[Occurrence]:
        yield from self._environment_use(use.name, use.name_span, use)
        for type_ in use.type_arguments:
            yield from self._type(type_, {}, {})
        meant = self.scope.environment(use.name)
        takes: Names = {}
        if meant is not None:
            takes = parameters_of(meant[0], meant[1].name.text)
        for argument in use.arguments or ():
            symbol = takes.get(argument.name or "")
            if symbol is not None and argument.name_span is not None:
                yield Occurrence(argument.name_span, symbol, argument)
            yield from _local(argument.value, names)

    def _environment_use(
        self, name: str, span: Span, node: tree.Tree | None
    ) -> Iterator[Occurrence]:
        module, dot, last = name.rpartition(".")
        if dot:
            scope = self.scope.module(module)
            if scope is not None:
                place = Span(self.path, span.start, span.start + len(module))
                yield Occurrence(place, _module(scope))
        meant = self.scope.environment(name)
        if meant is not None:
            place = Span(self.path, span.end - len(last), span.end)
            yield Occurrence(place, environment_symbol(*meant), node)


def parameters_of(scope: Scope, name: str) -> dict[str, Symbol]:
    """The parameters that an environment takes by name: its own, or those of the
    environment at its head."""
    for _ in range(100):  # aliases of aliases; a cycle is reported elsewhere
        declared = scope.environments[name]
        if declared.parameters is not None:
            return {
                each.name.text: Symbol(
                    "parameter",
                    scope.source.path,
                    each.name.text,
                    each.name.span,
                    each,
                    declared.name.text,
                )
                for each in declared.parameters
            }
        head = head_of(declared)
        meant = None if head is None else scope.environment(head.name)
        if meant is None:
            return {}
        scope, name = meant[0], meant[1].name.text
    return {}


def head_of(declared: EnvironmentDeclaration) -> tree.Use | None:
    """The environment with which a composite begins."""
    if isinstance(declared, tree.BaseDeclaration):
        return None
    expression = declared.value
    while not isinstance(expression, tree.Use):
        if isinstance(expression, tree.Chain):
            expression = expression.steps[0]
        elif isinstance(expression, tree.Operation) and expression.parts:
            if expression.operator != "SEQUENTIAL":
                return None
            expression = expression.parts[0]
        else:
            return None
    return expression


def _declared(names: Names) -> Iterator[Occurrence]:
    for symbol in names.values():
        yield Occurrence(symbol.span, symbol, symbol.node)


def _local(value: object, names: Names) -> Iterator[Occurrence]:
    if isinstance(value, tree.Name) and value.text in names:
        yield Occurrence(value.span, names[value.text], value)


def _first(span: Span, word: str) -> Span:
    return Span(span.path, span.start, span.start + len(word))


def _module(scope: Scope) -> Symbol:
    path = scope.source.path
    return Symbol("module", path, scope.name, Span(path, 0, 0), scope.tree)


def _member(scope: Scope, name: str, kind: str) -> Symbol | None:
    declared = getattr(scope, kind).get(name)
    if declared is None:
        return None
    singular = kind.removesuffix("s")
    return Symbol(singular, scope.source.path, name, declared.name.span, declared)
