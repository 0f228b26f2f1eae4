"""Base environments: from a declaration and its solver file to a ``Base``."""

from __future__ import annotations

import posixpath
from collections import ChainMap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from racesc.diagnostics import Report
from racesc.drawing import HIGHEST, finite
from racesc.elaborate import WRONG_BOUND, Elaborator
from racesc.errors.declarations import (
    ExampleFailed,
    InvalidClause,
    MissingDescription,
    MissingSolver,
    SolverArity,
    SolverImport,
    TemplateError,
    UnboundedAnswer,
    UnusedParameter,
)
from racesc.errors.names import DuplicateName, UnknownName
from racesc.errors.types import InvalidBound
from racesc.intervals import Context, rename_type
from racesc.level_types import level_problem
from racesc.literals import read
from racesc.resolve import Scope, near
from racesc.runtime.base import Base, Level, Parameter
from racesc.runtime.bounds import LEVEL
from racesc.runtime.member import contains
from racesc.runtime.types import (
    Int,
    List,
    Newtype,
    Rat,
    Set,
    Str,
    Type,
)
from racesc.show_types import type_text
from racesc.solvers import SolverFile, SolverFunction, read_solvers
from racesc.source import Source, Span
from racesc.syntax import (
    BaseDeclaration,
    DescribeClause,
    ExampleClause,
    LawClause,
    LevelClause,
    NameClause,
    TagsClause,
    TypeVariable,
)
from racesc.syntax import Parameter as WrittenParameter
from racesc.templates import TemplateProblem, plain_template
from racesc.typed import Example, Function, Signature
from racesc.unify import (
    CLASSES,
    IN_SETS,
    UNKNOWN,
    bind,
    held_variables,
    instantiate,
    mentions_unknown,
)

LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class DeclaredBase:
    """A base environment with what its declaration says; ``sound`` is False where a
    mistake in it was reported already."""

    scope: Scope
    declaration: BaseDeclaration
    signature: Signature
    base: Base
    tags: tuple[str, ...]
    examples: tuple[Example, ...]
    laws: tuple[LawClause, ...]
    sound: bool

    @property
    def relational(self) -> bool:
        """Whether it may have several right answers."""
        return self.base.verify is not None


@dataclass
class Declarer:
    """Declares the bases of one program; each solver file is read once."""

    report: Report
    elaborator: Elaborator

    def __post_init__(self) -> None:
        self._solvers: dict[str, SolverFile] = {}
        self._blamed: set[str] = set()

    # ── signatures ────────────────────────────────────────────────────────────

    def variables(
        self, written: tuple[TypeVariable, ...]
    ) -> dict[str, tuple[str, ...]]:
        """Declared type variables with their classes; reports unknown classes."""
        found: dict[str, tuple[str, ...]] = {}
        places: dict[str, Span] = {}
        for variable in written:
            if variable.name in found:
                self.report.add(
                    DuplicateName(
                        "type variable",
                        variable.name,
                        variable.span,
                        places[variable.name],
                    ).diagnostic()
                )
            places.setdefault(variable.name, variable.span)
            for written_class in variable.classes:
                if written_class.text not in CLASSES:
                    self.report.add(
                        UnknownName(
                            "class",
                            written_class.text,
                            written_class.span,
                            hint="the classes are `Eq`, `Ord` and `Num`",
                        ).diagnostic()
                    )
            asked = {each.text for each in variable.classes}
            found[variable.name] = tuple(name for name in CLASSES if name in asked)
        return found

    def parameters(
        self,
        scope: Scope,
        written: tuple[WrittenParameter, ...],
        variables: dict[str, tuple[str, ...]],
    ) -> dict[str, Type]:
        """Parameter names and types in order; each sees those before it."""
        context: dict[str, Type] = {}
        places: dict[str, Span] = {}
        for parameter in written:
            name = parameter.name.text
            type_ = self.elaborator.type(scope, parameter.type, variables, context)
            self.elaborator.scalar_bounds(type_, parameter.type.span, context)
            if name in context:
                self.report.add(
                    DuplicateName(
                        "parameter", name, parameter.name.span, places[name]
                    ).diagnostic()
                )
                continue
            places[name] = parameter.name.span
            context[name] = type_
        return context

    def base(self, scope: Scope, written: BaseDeclaration) -> DeclaredBase:
        """The environment that a declaration with a body declares."""
        before = self.report.count
        variables = self.variables(written.variables)
        context = self.parameters(scope, written.parameters, variables)
        codomain = self.elaborator.type(scope, written.codomain, variables, context)
        self.elaborator.scalar_bounds(codomain, written.codomain.span, context)
        parameters = tuple(Parameter(name, type_) for name, type_ in context.items())
        signature = Signature(tuple(variables.items()), parameters, codomain)
        functions = self._functions(scope, written, parameters)
        if functions.get("verify") and not finite(codomain, context):
            self.report.add(
                UnboundedAnswer(
                    written.name.text, type_text(codomain), written.codomain.span
                ).diagnostic()
            )
        base = Base(
            name=f"{scope.key}.{written.name.text}",
            parameters=parameters,
            codomain=codomain,
            describe=self._description(written, context),
            solve=functions["solve"],
            sample=functions.get("sample"),
            verify=functions.get("verify"),
            witnesses=functions.get("witnesses"),
            plant=functions.get("plant"),
            levels=self._levels(scope, written, context),
            classes=_classes(variables, (*context.values(), codomain)),
        )
        tags: tuple[str, ...] = ()
        for clause in written.clauses:
            if isinstance(clause, TagsClause):
                tags += tuple(tag.text for tag in clause.tags)
        return DeclaredBase(
            scope,
            written,
            signature,
            base,
            tags,
            self._examples(written, signature, context),
            tuple(c for c in written.clauses if isinstance(c, LawClause)),
            self.report.count == before,
        )

    # ── clauses ───────────────────────────────────────────────────────────────

    def _description(self, written: BaseDeclaration, context: Context) -> str:
        clauses = [c for c in written.clauses if isinstance(c, DescribeClause)]
        if not clauses:
            self.report.add(
                MissingDescription(written.name.text, written.name.span).diagnostic()
            )
            return ""
        for again in clauses[1:]:
            self.report.add(
                InvalidClause("`describe` is given twice", again.span).diagnostic()
            )
        clause = clauses[0]
        try:
            template, named = plain_template(clause.text, tuple(context))
        except TemplateProblem as problem:
            self.report.add(
                TemplateError(str(problem), clause.text_span, problem.help).diagnostic()
            )
            return ""
        for parameter in written.parameters:
            if parameter.name.text not in named:
                self.report.add(
                    UnusedParameter(
                        parameter.name.text, parameter.name.span, clause.text_span
                    ).diagnostic()
                )
        return template

    def _levels(
        self, scope: Scope, written: BaseDeclaration, context: Context
    ) -> tuple[Level, ...]:
        levels: list[Level] = []
        lines: dict[str, list[Level]] = {}
        places = {name: place for place, name in enumerate(context)}
        for clause in written.clauses:
            if not isinstance(clause, LevelClause):
                continue
            name = clause.parameter.text
            if name not in context:
                similar = near(name, context, self.report)
                self.report.add(
                    UnknownName(
                        "parameter", name, clause.parameter.span, similar
                    ).diagnostic()
                )
                continue
            before = lines.setdefault(name, [])
            earlier = _Earlier(context, places, places[name])
            if clause.type is not None or (before and before[0].type):
                if before:
                    self.report.add(
                        InvalidClause(
                            f"`{name}` has another `level` line already", clause.span
                        ).diagnostic()
                    )
                elif clause.type is not None:
                    type_ = self._level_type(clause, context, earlier, scope, written)
                    if type_ != UNKNOWN:
                        before.append(Level(name, type=type_))
                        levels.append(before[-1])
                continue
            assert clause.bound is not None
            body = context[name]
            while isinstance(body, Newtype):
                body = body.body
            fits = (
                isinstance(body, (Str, List, Set))
                if clause.on_length
                else isinstance(body, (Int, Rat))
            )
            if not fits and body != UNKNOWN:
                kind = "has no length" if clause.on_length else "is not a number"
                word = f"{name} len" if not clause.on_length else name
                self.report.add(
                    InvalidBound(
                        f"`{name}` {kind}, so this line cannot narrow it",
                        clause.span,
                        f"write `level {word} <= …`",
                    ).diagnostic()
                )
                continue
            bound = self.elaborator.bound(clause.bound, earlier, with_level=True)
            if bound is WRONG_BOUND:
                continue
            before.append(Level(name, clause.on_length, bound))  # type: ignore[arg-type]
            levels.append(before[-1])
        return tuple(levels)

    def _level_type(
        self,
        clause: LevelClause,
        context: Context,
        earlier: Context,
        scope: Scope,
        written: BaseDeclaration,
    ) -> Type:
        """The type of a `level p: T` line; ``UNKNOWN`` after a mistake."""
        assert clause.type is not None
        name = clause.parameter.text
        declared = context[name]
        known = ChainMap({"level": Int(1, HIGHEST)}, earlier)  # type: ignore[arg-type]
        of_the_declaration = {v.name: () for v in written.variables}
        type_ = self.elaborator.type(scope, clause.type, of_the_declaration, known)
        if mentions_unknown(type_) or mentions_unknown(declared):
            return UNKNOWN
        type_ = rename_type(type_, {"level": LEVEL})
        place = next(p.span for p in written.parameters if p.name.text == name)
        line = Level(name, type=type_)
        problem = level_problem(line, context, clause.type.span, place)
        if problem is not None:
            self.report.add(problem.diagnostic())
            return UNKNOWN
        return type_

    def _examples(
        self, written: BaseDeclaration, signature: Signature, context: Context
    ) -> tuple[Example, ...]:
        examples: list[Example] = []
        for clause in written.clauses:
            if not isinstance(clause, ExampleClause):
                continue
            count = len(signature.parameters)
            if len(clause.arguments) != count:
                self.report.add(
                    ExampleFailed(
                        f"this example gives {_values(len(clause.arguments), 'value')},"
                        f" and `{written.name.text}` has "
                        f"{_values(count, 'parameter')}",
                        clause.span,
                    ).diagnostic()
                )
                continue
            example = self._example(clause, signature)
            if example is not None:
                examples.append(example)
        return tuple(examples)

    def _example(self, clause: ExampleClause, signature: Signature) -> Example | None:
        where: dict[str, Type] = {}
        values: list[Any] = []
        types: list[tuple[str, Type, Span]] = []
        expected = [(p.name, p.type) for p in signature.parameters]
        expected.append(("the result", signature.codomain))
        for (name, type_), argument in zip(
            expected, (*clause.arguments, clause.result), strict=True
        ):
            if mentions_unknown(type_):
                return None
            value, found, flaw = read(argument, type_)
            if found is None or not bind(type_, found, where):
                shown = name if name == "the result" else f"`{name}`"
                self.report.add(
                    ExampleFailed(
                        f"{shown} is `{type_text(type_)}`, and this value "
                        f"{'is not' if flaw else 'is of another kind'}",
                        argument.span,
                        (flaw,) if flaw else (),
                    ).diagnostic()
                )
                return None
            values.append(value)
            types.append((name, found, argument.span))
        actual = dict(zip((p.name for p in signature.parameters), values, strict=False))
        for (name, type_), value, (_, _, span) in zip(
            expected, values, types, strict=True
        ):
            if not contains(instantiate(type_, where), value, actual):
                shown = name if name == "the result" else f"`{name}`"
                self.report.add(
                    ExampleFailed(
                        f"{shown} lies outside `{type_text(type_)}`", span
                    ).diagnostic()
                )
                return None
        return Example(tuple(values[:-1]), values[-1], clause.span)

    # ── functions ─────────────────────────────────────────────────────────────

    def _functions(
        self,
        scope: Scope,
        written: BaseDeclaration,
        parameters: tuple[Parameter, ...],
    ) -> dict[str, Function]:
        chosen: dict[str, tuple[str, Span]] = {
            "solve": (written.name.text, written.name.span)
        }
        given: set[str] = set()
        for clause in written.clauses:
            if isinstance(clause, NameClause):
                if clause.kind in given:
                    self.report.add(
                        InvalidClause(
                            f"`{clause.kind}` is given twice", clause.span
                        ).diagnostic()
                    )
                given.add(clause.kind)
                chosen[clause.kind] = (clause.function.text, clause.function.span)
        solvers = self._solver_file(scope, written.name.span)
        repeated = len(parameters) < len(written.parameters)
        functions: dict[str, Function] = {}
        for kind, (name, span) in chosen.items():
            functions[kind] = Function(scope.key, name)
            self._callable(scope, solvers, kind, name, span, parameters, repeated)
        return functions

    def _solver_file(self, scope: Scope, span: Span) -> SolverFile | None:
        """The scope's solver file, its own mistakes reported once, at ``span``."""
        if scope.source.solver_text is None:
            return None
        if scope.key not in self._solvers:
            found = read_solvers(scope.source.solver_text)
            self._solvers[scope.key] = found
            for line, problem in found.problems:
                place = _line(scope, line)
                self.report.add(
                    SolverImport(problem, _file(scope), place, span).diagnostic()
                )
        return self._solvers[scope.key]

    def _callable(
        self,
        scope: Scope,
        solvers: SolverFile | None,
        kind: str,
        name: str,
        span: Span,
        parameters: tuple[Parameter, ...],
        repeated: bool,
    ) -> None:
        if solvers is not None and any(
            "is not Python" in p for _, p in solvers.problems
        ):
            return  # one message for the file is enough
        function = None if solvers is None else solvers.functions.get(name)
        if function is None:
            known = () if solvers is None else tuple(solvers.functions)
            if solvers is None:
                if scope.key in self._blamed:
                    return  # one message for the file that is not there
                self._blamed.add(scope.key)
            similar = near(name, known, self.report)
            self.report.add(
                MissingSolver(
                    name, _file(scope), span, solvers is not None, similar
                ).diagnostic()
            )
            return
        if repeated:
            return  # how it should be called is not known
        names = [p.name for p in parameters]
        call, fits = _call(kind, function, names)
        if not fits:
            self.report.add(
                SolverArity(
                    name,
                    _file(scope),
                    call,
                    _definition(kind, name, names),
                    function.written,
                    span,
                    _line(scope, function.line),
                ).diagnostic()
            )


@dataclass(frozen=True)
class _Earlier(Mapping[str, Type]):
    """The parameters of a context before one: its first ``count``."""

    context: Context
    places: Mapping[str, int]
    count: int

    def __getitem__(self, name: str) -> Type:
        if self.places[name] >= self.count:
            raise KeyError(name)
        return self.context[name]

    def __iter__(self) -> Iterator[str]:
        return islice(self.context, self.count)

    def __len__(self) -> int:
        return self.count


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


def _line(scope: Scope, line: int) -> Span:
    """A line of the solver file, without its indentation."""
    solvers = Source(_file(scope), scope.source.solver_text or "")
    line = min(line, len(solvers.lines))
    text = solvers.line_text(line)
    start = solvers.lines[line - 1] + len(text) - len(text.lstrip())
    return Span(solvers.path, start, start + max(1, len(text.strip())))


def _values(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _file(scope: Scope) -> str:
    return scope.source.solver_path or f"{posixpath.basename(scope.name)}.py"


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


def _classes(
    variables: Mapping[str, tuple[str, ...]], types: Sequence[Type]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The variables' classes, with what standing inside a Set asks of them."""
    held = frozenset().union(*map(held_variables, types))
    return tuple(
        (name, (*classes, IN_SETS) if name in held else classes)
        for name, classes in variables.items()
    )
