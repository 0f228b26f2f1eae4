"""A declaration with a body, as the base environment that it declares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from racesc.declare.examples import examples
from racesc.declare.functions import Solvers
from racesc.declare.levels import LevelLines
from racesc.diagnostics import Report
from racesc.drawing import finite
from racesc.elaborate import Elaborator
from racesc.errors.declarations import (
    InvalidClause,
    MissingDescription,
    TemplateError,
    UnboundedAnswer,
    UnusedParameter,
)
from racesc.errors.names import DuplicateName, UnknownName
from racesc.intervals import Context
from racesc.resolve import Scope
from racesc.runtime.base import Base, Parameter
from racesc.runtime.types import Type
from racesc.show_types import type_text
from racesc.source import Span
from racesc.syntax import (
    BaseDeclaration,
    DescribeClause,
    LawClause,
    TagsClause,
    TypeVariable,
)
from racesc.syntax import Parameter as WrittenParameter
from racesc.templates import TemplateProblem, plain_template
from racesc.typed import Example, Signature
from racesc.unify import CLASSES, IN_SETS, held_variables


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
    """Declares the bases of one program."""

    report: Report
    elaborator: Elaborator

    def __post_init__(self) -> None:
        self._solvers = Solvers(self.report)

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
        functions = self._solvers.functions(scope, written)
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
            levels=LevelLines(
                scope, written, context, self.elaborator, self.report
            ).read(),
            classes=_classes(variables, (*context.values(), codomain)),
        )
        tagging = [c for c in written.clauses if isinstance(c, TagsClause)]
        return DeclaredBase(
            scope,
            written,
            signature,
            base,
            tuple(tag.text for clause in tagging for tag in clause.tags),
            tuple(examples(written, signature, self.report)),
            tuple(c for c in written.clauses if isinstance(c, LawClause)),
            self.report.count == before,
        )

    def _description(self, written: BaseDeclaration, context: Context) -> str:
        """The description as a plain template; empty after a mistake."""
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


def _classes(
    variables: Mapping[str, tuple[str, ...]], types: Sequence[Type]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The variables' classes, with what standing inside a Set asks of them."""
    held = frozenset().union(*map(held_variables, types))
    return tuple(
        (name, (*classes, IN_SETS) if name in held else classes)
        for name, classes in variables.items()
    )
