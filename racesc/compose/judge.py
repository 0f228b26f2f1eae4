"""Typing of composition expressions: from syntax to run-time nodes.

A ``Judge`` types the expressions of one program. The operators' own rules live in
``racesc/operators/<operator>.py``, function ``rule``; they call back into the judge
for the parts. Nothing raises for a user's mistake: it is added to the judge's report
and the result is None.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from racesc.compose.blocks import block_of
from racesc.compose.flatten import flatten, free_parameters
from racesc.compose.misfits import legal_policies
from racesc.compose.named import declared_composite
from racesc.compose.operations import operation_of
from racesc.compose.options import checked_options
from racesc.compose.terms import (
    LIMITS,
    MOST_DEPTH,
    MOST_PARTS,
    MOST_STEPS,
    NO_LOCALS,
    REWARDS,
    Ascription,
    Flat,
    Incoming,
    Locals,
    Typed,
)
from racesc.compose.uses import use_environment
from racesc.declare import DeclaredBase
from racesc.diagnostics import Report
from racesc.drawing import HIGHEST
from racesc.elaborate import Elaborator
from racesc.errors.composition import (
    InvalidOption,
    RelationalStep,
    TooLarge,
    WrongArity,
)
from racesc.errors.mistake import Mistake
from racesc.errors.words import counted
from racesc.feeding import DEFAULTS
from racesc.intervals import ground
from racesc.resolve import Scope
from racesc.runtime.types import Tuple as TupleOf
from racesc.runtime.types import Type
from racesc.shelf import Sought
from racesc.source import Span
from racesc.syntax import (
    BaseDeclaration,
    Block,
    CompositeDeclaration,
    Expression,
    Operation,
    Option,
    Use,
)
from racesc.unify import UNKNOWN, bind


class Judge:
    """Types the compositions of one program."""

    def __init__(
        self,
        report: Report,
        elaborator: Elaborator,
        bases: Callable[[Scope, str], DeclaredBase | None],
        ascriptions: Callable[[Scope, str], Ascription | None],
        broken: Callable[[Scope, str], bool],
    ) -> None:
        self.report = report
        self.elaborator = elaborator
        self.base = bases
        self.ascription = ascriptions
        self.broken = broken
        self.defaults = DEFAULTS
        self.depth = 0
        self.parts = 0  # steps that were typed, of ``MOST_PARTS``
        self.oversized = False  # whether that there are too many was said
        self.whole = False  # see ``feed``
        self.level = HIGHEST  # at which heads and side parameters are drawn
        self.speculating = False  # mistakes are dropped, so suggestions are not sought
        self.shelf: Callable[[Sought], Iterable[Scope]] = lambda _: ()  # not in use
        # The steps before and behind the one that is being typed.
        self.around: tuple[Flat | None, tuple[Flat, ...]] = (None, ())

    # ── reporting ─────────────────────────────────────────────────────────────

    def add(self, mistake: Mistake) -> None:
        """Report a mistake."""
        self.report.add(mistake.diagnostic())

    @contextmanager
    def speculation(self) -> Iterator[Report]:
        """Collect mistakes aside instead of reporting them."""
        kept, self.report = self.report, Report.aside()
        guessing, self.speculating = self.speculating, True
        elaborating, self.elaborator.report = self.elaborator.report, self.report
        try:
            yield self.report
        finally:
            self.report, self.elaborator.report = kept, elaborating
            self.speculating = guessing

    @contextmanager
    def afresh(self, report: Report) -> Iterator[None]:
        """Type a declaration where it is first needed, in a clean state."""
        kept = self.depth, self.parts, self.oversized, self.whole, self.defaults
        reports = self.report, self.elaborator.report, self.speculating
        self.depth, self.parts, self.oversized = 0, 0, False
        self.whole, self.defaults = False, DEFAULTS
        self.report = self.elaborator.report = report
        self.speculating = False
        try:
            yield
        finally:
            self.depth, self.parts, self.oversized, self.whole, self.defaults = kept
            self.report, self.elaborator.report, self.speculating = reports

    @contextmanager
    def many_values(self) -> Iterator[None]:
        """Type a step that runs on many values with one set of drawn parameters."""
        kept, self.whole = self.whole, True
        try:
            yield
        finally:
            self.whole = kept

    # ── entry points ──────────────────────────────────────────────────────────

    def closed(
        self, expression: Expression, scope: Scope, site: Span | None = None
    ) -> Typed | None:
        """A free-standing composite: nothing is fed to it, all is drawn."""
        reward = self.reward_of(expression, scope)
        return self._chain([Flat(expression, scope, site)], None, NO_LOCALS, reward)

    def reward_of(self, expression: Expression, scope: Scope) -> str | None:
        """The reward that a chain's own `reward` option asks for, through names."""
        for _ in range(MOST_STEPS):
            if isinstance(expression, Operation):
                if expression.operator != "SEQUENTIAL":
                    return None
                with self.speculation():
                    found = self.options(expression.options, REWARDS)
                return (found or {}).get("reward")
            if not isinstance(expression, Use):
                return None
            meant = scope.environment(expression.name)
            if meant is None:
                return None
            scope, declared = meant
            if isinstance(declared, BaseDeclaration):
                return None
            expression = declared.value
        return None

    def chain(
        self,
        parts: tuple[Expression, ...],
        scope: Scope,
        incoming: Incoming | None,
        site: Span | None,
        locals_: Locals = NO_LOCALS,
        reward: str | None = None,
    ) -> Typed | None:
        """Parts in sequence, flattened, as one composite."""
        flats = [Flat(part, scope, site) for part in parts]
        return self._chain(flats, incoming, locals_, reward)

    def _chain(
        self,
        flats: list[Flat],
        incoming: Incoming | None,
        locals_: Locals,
        reward: str | None,
    ) -> Typed | None:
        steps = flatten(self, flats)
        if steps is None:
            return None
        typed = self.typed_steps(steps, incoming, locals_)
        if typed is None:
            return None
        if len(typed) == 1 and reward is None:
            return typed[0]
        return self.sequence(typed, reward or "prefix")

    def typed_steps(
        self,
        flats: list[Flat],
        incoming: Incoming | None,
        locals_: Locals = NO_LOCALS,
        relational: bool = False,
    ) -> list[Typed] | None:
        """A flat chain typed, its polymorphic head given a default where it has none.

        ``relational`` lets steps with many answers pass, for the caller to judge.
        """
        if incoming is not None or not self._polymorphic_head(flats[0]):
            return self.steps(flats, incoming, locals_, relational)
        return self._first_default(flats, locals_, relational)

    def takers(self, scope: Scope, type_: Type) -> list[Typed]:
        """The functional base environments in scope that a type can feed, as steps."""
        from racesc.operators.step import Source

        found: list[Typed] = []
        parts = self.parts  # what is looked at here is no part of the composite
        for owner, declared in scope.listed():
            if not isinstance(declared, BaseDeclaration):
                continue
            name = declared.name.text
            base = self.base(owner, name)
            if base is None or base.relational or not base.signature.parameters:
                continue
            if not isinstance(type_, TupleOf) and not bind(
                base.signature.parameters[0].type, type_, {}
            ):
                continue  # another constructor: nothing to look at closely
            incoming = Incoming(type_, "it", None, Source(0))
            flat = Flat(Use(name, name_span=declared.name.span), owner)
            with self.speculation() as aside:
                typed = self.step(flat, incoming)
            self.parts = parts
            if typed is not None and not aside.has_errors:
                found.append(typed)
        return found

    def _polymorphic_head(self, head: Flat) -> bool:
        expression = head.expression
        if not isinstance(expression, Use):
            return False
        meant = head.scope.environment(expression.name)
        if meant is None:
            return False
        declared = meant[1]
        return isinstance(declared, BaseDeclaration) and len(declared.variables) > len(
            expression.type_arguments
        )

    def _first_default(
        self, steps: list[Flat], locals_: Locals, relational: bool
    ) -> list[Typed] | None:
        """Try the default types of a polymorphic head in order; the first that makes
        the whole chain legal is taken, and if none does the first one's mistakes are
        reported."""
        kept = self.defaults
        try:
            for type_ in DEFAULTS:
                self.defaults = (type_, *(t for t in DEFAULTS if t != type_))
                with self.speculation() as aside:
                    typed = self.steps(steps, None, locals_, relational)
                if typed is not None and not aside.has_errors:
                    return typed
        finally:
            self.defaults = kept
        return self.steps(steps, None, locals_, relational)

    def flatten(self, flats: list[Flat]) -> list[Flat] | None:
        """The steps of chains in chains; see ``flatten.py``."""
        return flatten(self, flats)

    def declared(
        self, flat: Flat, declared: CompositeDeclaration, ascribed: Ascription | None
    ) -> Typed | None:
        """A composite with a declared signature, where it is declared."""
        return declared_composite(self, flat, declared, ascribed)

    # ── steps in sequence ─────────────────────────────────────────────────────

    def steps(
        self,
        flats: list[Flat],
        incoming: Incoming | None,
        locals_: Locals,
        relational: bool = False,
    ) -> list[Typed] | None:
        """Type the steps of a flat chain one after the other; all mistakes that do
        not follow from earlier ones are reported."""
        from racesc.operators.step import Source

        typed: list[Typed] = []
        failed = False
        kept, around = self.whole, self.around
        for place, flat in enumerate(flats):
            behind = tuple(flats[place + 1 :])
            self.around = (flats[place - 1] if place else None, behind)
            here = self.step(flat, incoming, locals_)
            last = place == len(flats) - 1
            if here is not None and here.ascribed and (len(flats) > 1 or incoming):
                here = self._one_step(here, flat)
            if here is not None and here.relational and not (last or relational):
                if here.policy is None:
                    legal = legal_policies(self, flat, behind, incoming, locals_)
                    name = flat.alias or here.name
                    self.add(RelationalStep(name, flat.span, behind[0].span, legal))
                    failed = True
                elif here.policy == "model":
                    self.whole = True
            if here is None:
                failed = True
                # Nothing is known of the result: it fits everything.
                incoming = Incoming(UNKNOWN, "it", flat.span, Source(place))
                continue
            typed.append(here)
            giver = f"`{flat.alias or here.name}`"
            source = Source(place)
            incoming = Incoming(here.value, giver, flat.span, source, maker=here)
        self.whole, self.around = kept, around
        return None if failed else typed

    def _one_step(self, typed: Typed, flat: Flat) -> Typed | None:
        """An ascribed composite as one step: only its last result is answered."""
        from racesc.operators.sequential import Sequential

        if not self.one_answer(replace(typed, relational=False), flat):
            return None
        node = typed.node
        if isinstance(node, Sequential):
            node = replace(node, opaque=True)
        return replace(typed, node=node, ascribed=False)

    def sequence(self, steps: list[Typed], reward: str) -> Typed:
        """A chain's steps as one composite."""
        from racesc.operators.sequential import Sequential
        from racesc.operators.step import Step

        nodes = [step.node.consumed() for step in steps[:-1]] + [steps[-1].node]
        node = Sequential(
            tuple(
                Step(inner, dict(step.feeds))
                for inner, step in zip(nodes, steps, strict=True)
            ),
            reward=reward,
        )
        last = steps[-1]
        text = " >> ".join(step.text for step in steps)
        if reward != "prefix":
            inner = ", ".join(step.text for step in steps)
            text = f"SEQUENTIAL({inner}, reward: {reward})"
        return Typed(
            node,
            last.value,
            steps[0].parameters,
            text,
            steps[0].span.to(last.span),
            f"{steps[0].name} >> … >> {last.name}" if len(steps) > 1 else last.name,
            relational=last.relational,
            feeds=steps[0].feeds,
            variables=steps[0].variables,
            steps=tuple(steps),
            bases=sum(step.bases for step in steps),
            policy=last.policy,
            chooses=any(step.policy == "model" for step in steps[:-1])
            or any(step.chooses for step in steps),
        )

    # ── one step ──────────────────────────────────────────────────────────────

    def step(
        self, flat: Flat, incoming: Incoming | None, locals_: Locals = NO_LOCALS
    ) -> Typed | None:
        """One step of a chain, or the head where nothing comes in."""
        self.parts += 1
        if self.parts > MOST_PARTS:
            # Said once; what is tried out has to hear of it every time.
            if self.speculating or not self.oversized:
                self.add(
                    TooLarge("this composite has too many parts", flat.span, LIMITS)
                )
            self.oversized = self.oversized or not self.speculating
            return None
        if self.depth >= MOST_DEPTH:
            self.add(
                TooLarge("operators are nested too deeply here", flat.span, LIMITS)
            )
            return None
        self.depth += 1
        try:
            expression = flat.expression
            if isinstance(expression, Use):
                return use_environment(self, flat, expression, incoming, locals_)
            if isinstance(expression, Operation):
                return operation_of(self, flat, expression, incoming, locals_)
            if isinstance(expression, Block):
                return block_of(self, flat, expression, incoming)
            raise AssertionError("chains are flattened before")
        finally:
            self.depth -= 1

    # ── what the operators' rules are made of ─────────────────────────────────

    def arity(self, flat: Flat, operation: Operation, count: int) -> bool:
        """Whether an operator has exactly ``count`` parts; reports where not."""
        if len(operation.parts) == count:
            return True
        self.add(
            WrongArity(
                f"{operation.operator} takes {counted(count, 'environment')}",
                flat.span,
                f"{len(operation.parts)} given",
            )
        )
        return False

    def fed(
        self,
        part: Expression,
        flat: Flat,
        type_: Type,
        giver: str,
        incoming: Incoming | None = None,
        drawn: bool = False,
    ) -> Typed | None:
        """A part of an operator, fed a value of a type: what comes in to the operator,
        or what it draws."""
        from racesc.operators.step import Source

        if incoming is not None:
            giver, span = incoming.giver, incoming.span
        else:
            span = None
        value = Incoming(type_, giver, span, Source(0), drawn=drawn)
        return self.chain((part,), flat.scope, value, flat.site)

    def ports(self, part: Expression, flat: Flat) -> list[Type] | None:
        """The types of a part's free parameters: as they are drawn, or as they are
        declared where they cannot be drawn."""
        with self.speculation() as aside:
            typed = self.closed(part, flat.scope, flat.site)
        if typed is not None and not aside.has_errors:
            return [ground(p.type, {}) for p in typed.parameters]
        flats = flatten(self, [Flat(part, flat.scope, flat.site)])
        if flats is None:
            return None
        head, expression = flats[0], flats[0].expression
        if isinstance(expression, Use):
            meant = head.scope.environment(expression.name)
            base = None if meant is None else self.base(meant[0], meant[1].name.text)
            free = free_parameters(self, head)
            if base is not None and free is not None:
                return [p.type for p in base.signature.parameters if p.name in free]
        return []

    def port(self, part: Expression, flat: Flat) -> Type | None:
        """The type from which a part's first free parameter is drawn; reports where
        there is none."""
        typed = self.closed(part, flat.scope, flat.site)
        if typed is None:
            return None
        if not typed.parameters:
            self.add(
                WrongArity(
                    f"`{typed.name}` takes nothing, so there is nothing to feed it",
                    flat.span,
                    "a part without a free parameter",
                )
            )
            return None
        return ground(typed.parameters[0].type, {})

    def common_port(
        self,
        parts: tuple[Expression, ...],
        flat: Flat,
        incoming: Incoming | None,
    ) -> Type | None:
        """The type of the value that several parts take: what comes in, else the first
        of the parts' own types that all of them accept."""
        if incoming is not None:
            return incoming.type
        first = self.port(parts[0], flat)
        if first is None:
            return None
        for part in parts:
            with self.speculation() as aside:
                type_ = self.port(part, flat)
                if type_ is not None:
                    for other in parts:
                        self.fed(other, flat, type_, "the value")
            if type_ is not None and not aside.has_errors:
                return type_
        return first

    def onwards(self, typed: Typed, incoming: Incoming) -> dict[str, Any]:
        """What feeds an operator that has its part's own ports."""
        return {
            name: replace(incoming.source, part=source.part)
            if source.part is not None
            else incoming.source
            for name, source in typed.feeds.items()
        }

    def one_answer(self, typed: Typed, flat: Flat) -> bool:
        """Whether a part may stand where only its last result is shown; reports where
        the model's own choice before it could not be judged."""
        if typed.relational:
            self.refuse_relational(typed, flat)
            return False
        if typed.chooses:
            self.add(
                InvalidOption(
                    "only the last result is answered here, so a choice of the model's "
                    "own before it cannot be judged",
                    flat.span,
                    "write `as canonical` instead of `as model`",
                )
            )
            return False
        return True

    def refuse_relational(self, typed: Typed, flat: Flat) -> None:
        """Report a part with many right answers where its value is used."""
        self.add(RelationalStep(typed.name, typed.span, None, ("canonical",)))

    def options(
        self, options: tuple[Option, ...], allowed: Mapping[str, Any]
    ) -> dict[str, Any] | None:
        """An operator's options by name, see ``checked_options``; reports and returns
        None where one does not fit."""
        found, mistakes = checked_options(options, allowed)
        for mistake in mistakes:
            self.add(mistake)
        return None if mistakes else found
