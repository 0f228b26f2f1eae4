"""The data of typing compositions: flat steps, what comes in, what comes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from racesc.feeding import Given
from racesc.resolve import Scope
from racesc.runtime.base import Parameter
from racesc.runtime.node import Node
from racesc.runtime.types import Type
from racesc.source import Span
from racesc.syntax import (
    Argument,
    BaseDeclaration,
    Block,
    CompositeDeclaration,
    Expression,
    Operation,
    Use,
)
from racesc.typed import Signature
from racesc.unify import UNKNOWN

LITERAL = "a literal"  # an option that takes any literal
REWARDS = {"reward": ("prefix", "last", "all")}
MOST_STEPS = 100
MOST_DEPTH = 16
MOST_PARTS = 2_000


@dataclass(frozen=True)
class Incoming:
    """What stands before a step: a value's type in the context, and who gives it.

    ``name`` is its name in the context where it has one (a block's parameter or step);
    ``source`` is where the value comes from at run time. ``drawn`` says that nothing
    gives it: an operator at a head draws it, from this very type. Where an operator's
    rule sees a ground type, ``exact`` is the one that speaks of the context's names.
    """

    type: Type
    giver: str
    span: Span | None
    source: Any
    name: str | None = None
    named: bool = False  # an earlier result by its name, in a block
    maker: Typed | None = None  # the step that gives it
    drawn: bool = False
    exact: Type = UNKNOWN


@dataclass(frozen=True)
class Typed:
    """A typed expression: its node, the type of its value, and its free parameters.

    ``parameters`` are those that could still be given (the head's unfixed ones) with
    the types from which they are drawn; ``feeds`` says where fed parameters get their
    values. ``text`` is the canonical expression.
    """

    node: Node
    value: Type
    parameters: tuple[Parameter, ...]
    text: str
    span: Span
    name: str
    relational: bool = False
    feeds: Mapping[str, Any] = field(default_factory=dict)
    variables: tuple[tuple[str, tuple[str, ...]], ...] = ()
    steps: tuple[Typed, ...] = ()
    bases: int = 1
    policy: str | None = None
    chooses: bool = False  # a step before the last goes on from the model's own answer
    ascribed: bool = False  # as a step it is one step with one answer, its last
    inferred: Type | None = None  # the value's type before an ascription replaced it

    def as_step(self) -> Any:
        """The step that takes one value, as MAP, FANOUT and the like hold it."""
        from racesc.operators.step import Source, Step

        feeds = {name: Source(0, part=s.part) for name, s in self.feeds.items()}
        return Step(unfed(self.node), feeds)


@dataclass(frozen=True)
class Flat:
    """One step of a flattened chain: an expression, the scope its names live in, and
    where mistakes about it are shown (None: at the expression itself)."""

    expression: Expression
    scope: Scope
    site: Span | None = None
    policy: str | None = None
    extra: tuple[Argument, ...] = ()
    locals: bool = True  # whether the block's names are in reach
    alias: str = ""  # the composite's name, for the last step of one that is named

    @property
    def span(self) -> Span:
        """The place at which to point."""
        if self.site is not None:
            return self.site
        if isinstance(self.expression, Use):
            return self.expression.name_span
        if isinstance(self.expression, Operation):
            return self.expression.operator_span
        return self.expression.span


@dataclass(frozen=True)
class Locals:
    """The names of a block in reach: their types in order, and their run-time sources.

    Also used for ascribed signatures, whose parameters are the names.
    """

    context: Mapping[str, Type] = field(default_factory=dict)
    sources: Mapping[str, Any] = field(default_factory=dict)
    spans: Mapping[str, Span] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    ascribed: CompositeDeclaration | None = None  # whose parameters the names are


NO_LOCALS = Locals()


@dataclass(frozen=True)
class Ascription:
    """The signature that a composite declares for itself."""

    variables: tuple[tuple[str, tuple[str, ...]], ...]
    parameters: tuple[Parameter, ...] | None
    codomain: Type | None


@dataclass(frozen=True)
class GivenArgument:
    """How one parameter is given: what, from where at run time, and who gives it."""

    given: Given
    source: Any
    giver: str
    span: Span | None
    hole: bool = False
    local: str = ""
    maker: Typed | None = None
    part: int = 0  # which component of a tuple, from 1
    named: bool = False  # whether the giver is a name, not a step


def incoming_argument(incoming: Incoming) -> GivenArgument:
    return GivenArgument(
        Given(incoming.type, incoming.name),
        incoming.source,
        incoming.giver,
        incoming.span,
        hole=True,
        maker=incoming.maker,
        named=incoming.named,
    )


LIMITS = (
    f"a composite has at most {MOST_PARTS:,} parts, {MOST_STEPS} steps in a row and "
    f"operators nested {MOST_DEPTH} deep"
)


def unfed(node: Node) -> Node:
    """A step's node as a composite of its own: whoever uses it feeds its ports."""
    from racesc.operators.sequential import Sequential
    from racesc.operators.step import Step

    if not isinstance(node, Sequential) or node.parameters:
        return node
    return replace(node, steps=(Step(node.steps[0].node), *node.steps[1:]))


def is_block(flat: Flat) -> bool:
    """Whether a flat step is a block with named steps, written here or elsewhere."""
    expression, scope = flat.expression, flat.scope
    if isinstance(expression, Use):
        meant = scope.environment(expression.name)
        if meant is None:
            return False
        declared = meant[1]
        if isinstance(declared, BaseDeclaration) or declared.codomain is not None:
            return False
        expression = declared.value
    return isinstance(expression, Block)


def signature_of(typed: Typed) -> Signature:
    """A composite's signature: its head's free parameters and its value's type."""
    return Signature(typed.variables, typed.parameters, typed.value)
