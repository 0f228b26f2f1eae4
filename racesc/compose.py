"""Typing of composition expressions: from syntax to run-time nodes.

A ``Judge`` types the expressions of one program. The operators' own rules live in
``racesc/operators/<operator>.py``, function ``rule``; they call back into the judge
for the parts. Nothing raises for a user's mistake: it is added to the judge's report
and the result is None.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from racesc.declare import DeclaredBase
from racesc.diagnostics import Report
from racesc.drawing import HIGHEST
from racesc.elaborate import Elaborator
from racesc.errors.composition import (
    AmbiguousPort,
    DomainMismatch,
    InvalidOption,
    ParameterMayNotFit,
    RefinementViolation,
    RelationalStep,
    TooLarge,
    UnknownParameter,
    UnsatisfiedConstraint,
    WrongArity,
)
from racesc.errors.declarations import UnboundedSample, UnusedParameter
from racesc.errors.mistake import Mistake
from racesc.errors.names import DuplicateName, UnknownName
from racesc.feeding import DEFAULTS, Fed, Given, Misfit, feed
from racesc.intervals import ground
from racesc.literals import fit, value_of
from racesc.resolve import Scope, find_environment, near
from racesc.runtime.base import Parameter
from racesc.runtime.brick import Brick
from racesc.runtime.node import Node
from racesc.runtime.text import show
from racesc.runtime.types import Tuple as TupleOf
from racesc.runtime.types import Type
from racesc.show_types import signature_text, type_text
from racesc.source import Span
from racesc.syntax import (
    Argument,
    BaseDeclaration,
    Block,
    Chain,
    CompositeDeclaration,
    Expression,
    Hole,
    Name,
    Operation,
    Option,
    Statement,
    Use,
)
from racesc.typed import Signature
from racesc.unify import UNKNOWN, bind, type_of, within

LITERAL = "a literal"  # an option that takes any literal
REWARDS = {"reward": ("prefix", "last", "all")}
MOST_STEPS = 100
MOST_DEPTH = 16
MOST_PARTS = 2_000


@dataclass(frozen=True)
class Incoming:
    """What stands before a step: a value's type in the context, and who gives it.

    ``name`` is its name in the context where it has one (a block's parameter or step);
    ``source`` is where the value comes from at run time.
    """

    type: Type
    giver: str
    span: Span | None
    source: Any
    name: str | None = None


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
    inferred: Type | None = None  # the value's type before an ascription replaced it

    def as_step(self) -> Any:
        """The step that takes one value, as MAP, FANOUT and the like hold it."""
        from racesc.operators.sequential import Source, Step

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


NO_LOCALS = Locals()


@dataclass(frozen=True)
class Ascription:
    """The signature that a composite declares for itself."""

    variables: tuple[tuple[str, tuple[str, ...]], ...]
    parameters: tuple[Parameter, ...] | None
    codomain: Type | None


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
        self.parts = 0
        self.whole = False  # see ``feed``
        self.level = HIGHEST  # at which heads and side parameters are drawn
        self.speculating = False  # mistakes are dropped, so suggestions are not sought

    # ── reporting ─────────────────────────────────────────────────────────────

    def add(self, mistake: Mistake) -> None:
        """Report a mistake."""
        self.report.add(mistake.diagnostic())

    @contextmanager
    def speculation(self) -> Iterator[Report]:
        """Collect mistakes aside instead of reporting them."""
        kept, self.report = self.report, Report()
        guessing, self.speculating = self.speculating, True
        elaborating, self.elaborator.report = self.elaborator.report, self.report
        try:
            yield self.report
        finally:
            self.report, self.elaborator.report = kept, elaborating
            self.speculating = guessing

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
            owners = scope.find(expression.name, "environments")
            if len(owners) != 1:
                return None
            scope = owners[0]
            declared = scope.environments[expression.name.rpartition(".")[2]]
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
        steps = self.flatten(flats)
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
        from racesc.operators.sequential import Source

        found: list[Typed] = []
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
            if typed is not None and not aside.has_errors:
                found.append(typed)
        return found

    def _polymorphic_head(self, head: Flat) -> bool:
        expression = head.expression
        if not isinstance(expression, Use):
            return False
        found = head.scope.find(expression.name, "environments")
        if len(found) != 1:
            return False
        declared = found[0].environments[expression.name.rpartition(".")[2]]
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

    # ── flattening ────────────────────────────────────────────────────────────

    def flatten(self, flats: list[Flat]) -> list[Flat] | None:
        """The steps of chains in chains, opened where composites are named; None (and
        a report) where there are too many or a name is not known."""
        result: list[Flat] = []
        # A stack instead of recursion: aliases of aliases may be deep.
        waiting = [(flat, 0) for flat in reversed(flats)]
        failed = False
        while waiting:
            flat, depth = waiting.pop()
            opened = self._open(flat)
            if opened is None:
                failed = True
            elif len(opened) == 1 and opened[0] is flat:
                result.append(flat)
            else:
                if depth > 200:
                    self.add(
                        TooLarge(
                            "this composite is nested too deeply", flat.span, _LIMITS
                        )
                    )
                    return None
                waiting += [(inner, depth + 1) for inner in reversed(opened)]
            if len(result) + len(waiting) > MOST_STEPS:
                self.add(
                    TooLarge(
                        f"this composite has more than {MOST_STEPS} steps",
                        flats[0].span,
                        _LIMITS,
                    )
                )
                return None
        return None if failed or not result else result

    def _open(self, flat: Flat) -> list[Flat] | None:
        """One level of a step opened; the step itself where it is not a chain."""
        expression = flat.expression
        if isinstance(expression, Chain):
            return self._spread(flat, expression.steps, flat.scope, flat.site)
        if isinstance(expression, Operation):
            if expression.operator == "SEQUENTIAL" and expression.fed is None:
                if not expression.parts:
                    self.add(
                        WrongArity(
                            "SEQUENTIAL has no steps",
                            flat.span,
                            "needs at least one step",
                        )
                    )
                    return None
                if self.options(expression.options, REWARDS) is None:
                    return None
                return self._spread(flat, expression.parts, flat.scope, flat.site)
            return [flat]
        if not isinstance(expression, Use):
            return [flat]
        found = find_environment(
            flat.scope, expression.name, flat.site or expression.name_span, self.report
        )
        if found is None:
            return None
        owner, declared = found
        if isinstance(declared, BaseDeclaration):
            return [flat] if self.base(owner, declared.name.text) else None
        if self.broken(owner, declared.name.text):
            return None
        if self.ascription(owner, declared.name.text) is not None:
            return [flat]
        if isinstance(declared.value, Block):
            return [flat]
        inner = Flat(
            declared.value,
            owner,
            flat.site or expression.name_span,
            expression.policy or flat.policy,
            (*flat.extra, *(expression.arguments or ())),
            locals=False if not (expression.arguments or flat.extra) else flat.locals,
        )
        return [inner]

    def _spread(
        self, flat: Flat, parts: tuple[Expression, ...], scope: Scope, site: Span | None
    ) -> list[Flat]:
        """Parts as steps: arguments go to the first, a policy to the last."""
        steps = [Flat(part, scope, site, locals=flat.locals) for part in parts]
        if flat.extra:
            steps[0] = replace(steps[0], extra=flat.extra)
        if flat.policy:
            steps[-1] = replace(steps[-1], policy=flat.policy)
        return steps

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
        from racesc.operators.sequential import Source

        typed: list[Typed] = []
        failed = False
        kept = self.whole
        for place, flat in enumerate(flats):
            here = self.step(flat, incoming, locals_)
            last = place == len(flats) - 1
            if here is not None and here.relational and not (last or relational):
                if here.policy is None:
                    following = flats[place + 1].span
                    self.add(RelationalStep(here.name, flat.span, following))
                    failed = True
                elif here.policy == "model":
                    self.whole = True
            if here is None:
                failed = True
                # Nothing is known of the result: it fits everything.
                incoming = Incoming(UNKNOWN, "it", flat.span, Source(place))
                continue
            typed.append(here)
            incoming = Incoming(here.value, f"`{here.name}`", flat.span, Source(place))
        self.whole = kept
        return None if failed else typed

    def sequence(self, steps: list[Typed], reward: str) -> Typed:
        """A chain's steps as one composite."""
        from racesc.operators.sequential import Sequential, Step

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
        )

    # ── one step ──────────────────────────────────────────────────────────────

    def step(
        self, flat: Flat, incoming: Incoming | None, locals_: Locals = NO_LOCALS
    ) -> Typed | None:
        """One step of a chain, or the head where nothing comes in."""
        self.parts += 1
        if self.parts > MOST_PARTS:
            if self.parts == MOST_PARTS + 1:
                self.add(
                    TooLarge("this composite has too many parts", flat.span, _LIMITS)
                )
            return None
        if self.depth >= MOST_DEPTH:
            self.add(
                TooLarge("operators are nested too deeply here", flat.span, _LIMITS)
            )
            return None
        self.depth += 1
        try:
            expression = flat.expression
            if isinstance(expression, Use):
                return self._use(flat, expression, incoming, locals_)
            if isinstance(expression, Operation):
                return self._operation(flat, expression, incoming, locals_)
            if isinstance(expression, Block):
                return self._block(flat, expression, None, incoming, locals_)
            raise AssertionError("chains are flattened before")
        finally:
            self.depth -= 1

    def _use(
        self, flat: Flat, use: Use, incoming: Incoming | None, locals_: Locals
    ) -> Typed | None:
        found = find_environment(flat.scope, use.name, flat.span, self.report)
        if found is None:
            return None
        owner, declared = found
        name = declared.name.text
        if isinstance(declared, CompositeDeclaration):
            return self._composite(flat, use, owner, declared, incoming, locals_)
        base = self.base(owner, name)
        if base is None or not base.sound:
            return None
        arguments = (*flat.extra, *(use.arguments or ()))
        given = self._given(
            base.signature.parameters, use.name, arguments, flat, incoming, locals_
        )
        if given is None:
            return None
        policy = flat.policy or use.policy
        if policy is not None and not base.relational:
            self.add(
                InvalidOption(
                    f"`{name}` has one right answer, so it needs no policy",
                    flat.site or use.span,
                    f"leave out `as {policy}`",
                )
            )
            policy = None
        explicit = self._type_arguments(flat.scope, use, base)
        if explicit is None:
            return None
        fed = feed(
            base,
            {key: each.given for key, each in given.items()},
            explicit,
            locals_.context,
            self.defaults,
            self.whole,
            self.level,
        )
        if fed.misfits:
            for misfit in fed.misfits:
                self._misfit(misfit, flat, base, given, incoming)
            return None
        return self._brick(flat, use, base, fed, given, policy, incoming)

    def _brick(
        self,
        flat: Flat,
        use: Use,
        base: DeclaredBase,
        fed: Fed,
        given: Mapping[str, _Argument],
        policy: str | None,
        incoming: Incoming | None,
    ) -> Typed:
        feeds = {
            name: argument.source
            for name, argument in given.items()
            if argument.source is not None
        }
        first = next(iter(feeds), "")
        free = [p.name for p in base.signature.parameters if p.name not in fed.fixed]
        node = Brick(
            base.base,
            {name: ground(t, {}) for name, t in fed.where.items()},
            fed.fixed,
            policy,
            first if free and first != free[0] else "",
            fed.narrow,
        )
        parameters = tuple(
            Parameter(p.name, fed.types[p.name])
            for p in base.signature.parameters
            if p.name not in given
        )
        return Typed(
            node,
            fed.codomain,
            parameters,
            self._use_text(use, base, fed, given, policy, incoming),
            flat.span,
            use.name,
            relational=base.relational and policy != "canonical",
            feeds=feeds,
            policy=policy,
        )

    def _use_text(
        self,
        use: Use,
        base: DeclaredBase,
        fed: Fed,
        given: Mapping[str, _Argument],
        policy: str | None,
        incoming: Incoming | None,
    ) -> str:
        """The canonical text of a base environment's use."""
        arguments = []
        names = [p.name for p in base.signature.parameters]
        holes = [n for n, a in given.items() if a.hole]
        free = [n for n in names if n not in fed.fixed]
        plain = bool(holes) and holes == free[: len(holes)]
        for name in names:
            argument = given.get(name)
            if argument is None:
                continue
            if argument.given.literal:
                shown = show(argument.given.value, argument.given.type)
                arguments.append(f"{name}: {shown}")
            elif argument.hole and not plain:
                arguments.append(f"{name}: _")
            elif argument.local:
                arguments.append(f"{name}: {argument.local}")
        text = base.declaration.name.text
        if use.type_arguments:
            text += (
                f"[{', '.join(type_text(fed.where[n]) for n, _ in base.base.classes)}]"
            )
        elif incoming is None and not given and base.base.classes:
            kinds = ", ".join(type_text(fed.where[n]) for n, _ in base.base.classes)
            text += f"[{kinds}]"
        if arguments:
            text += f"({', '.join(arguments)})"
        return f"{text} as {policy}" if policy else text

    def _type_arguments(
        self, scope: Scope, use: Use, base: DeclaredBase
    ) -> tuple[Type, ...] | None:
        count = len(base.base.classes)
        if len(use.type_arguments) > count:
            self.add(
                WrongArity(
                    f"`{use.name}` has {count} type variables, not "
                    f"{len(use.type_arguments)}",
                    use.span,
                )
            )
            return None
        found = tuple(
            self.elaborator.type(scope, written, {}, {})
            for written in use.type_arguments
        )
        return None if UNKNOWN in found else found

    # ── arguments ─────────────────────────────────────────────────────────────

    def _given(
        self,
        parameters: tuple[Parameter, ...],
        name: str,
        arguments: tuple[Argument, ...],
        flat: Flat,
        incoming: Incoming | None,
        locals_: Locals,
    ) -> dict[str, _Argument] | None:
        """Which parameters are given, and how: by literals, earlier names, the hole,
        and then what comes in."""
        given: dict[str, _Argument] = {}
        names = [p.name for p in parameters]
        types = {p.name: p.type for p in parameters}
        position = 0
        failed = False
        hole: str | None = None
        for argument in arguments:
            place = flat.site or argument.span
            if argument.name is None:
                if position >= len(names):
                    self.add(
                        WrongArity(
                            f"`{name}` has {_count(len(names), 'parameter')}",
                            place,
                            "one argument too many",
                        )
                    )
                    return None
                target = names[position]
                position += 1
            else:
                target = argument.name
                position = max(
                    position, names.index(target) + 1 if target in names else 0
                )
                if target not in types:
                    where = flat.site or argument.name_span or place
                    self.add(UnknownParameter(name, target, where, tuple(names)))
                    failed = True
                    continue
            if target in given or target == hole:
                self.add(WrongArity(f"`{target}` is given twice", place, "given again"))
                failed = True
                continue
            if isinstance(argument.value, Hole):
                if hole is not None:
                    self.add(
                        WrongArity(
                            "only one parameter receives the previous result",
                            place,
                            "a second `_`",
                            "use a block to feed one result twice",
                        )
                    )
                    failed = True
                hole = target
                continue
            one = self._argument(argument, target, types[target], name, place, locals_)
            if one is None:
                failed = True
            else:
                given[target] = one
        if failed:
            return None
        if incoming is None:
            if hole is not None:
                self.add(
                    WrongArity(
                        "nothing comes in here, so `_` receives nothing",
                        flat.span,
                        "the first step has no previous result",
                        f"leave `{hole}` out to have it drawn",
                    )
                )
                return None
            return given
        received = self._receive(
            [p for p in parameters if p.name not in given], hole, name, flat, incoming
        )
        if received is None:
            return None
        ordered = {**received, **given}
        return {key: ordered[key] for key in names if key in ordered}

    def _argument(
        self,
        argument: Argument,
        target: str,
        type_: Type,
        name: str,
        place: Span,
        locals_: Locals,
    ) -> _Argument | None:
        value = argument.value
        assert not isinstance(value, Hole)
        if isinstance(value, Name):
            if value.text not in locals_.context:
                self.add(
                    UnknownName(
                        "earlier result",
                        value.text,
                        place,
                        near(value.text, locals_.context),
                        ""
                        if locals_.context
                        else "steps have names in a block: `SEQUENTIAL { … }`",
                    )
                )
                return None
            locals_.used.add(value.text)
            known = locals_.context[value.text]
            return _Argument(
                Given(known, value.text),
                locals_.sources[value.text],
                f"`{value.text}`",
                locals_.spans.get(value.text),
                local=value.text,
            )
        literal = fit(value_of(value), type_)
        found = type_of(literal, type_)
        if found is None:
            self.add(
                ParameterMayNotFit(
                    f"`{target}` of `{name}` cannot be this value",
                    place,
                    f"takes `{type_text(type_)}`",
                )
            )
            return None
        return _Argument(
            Given(found, literal=True, value=literal), None, "this value", place
        )

    def _receive(
        self,
        free: list[Parameter],
        hole: str | None,
        name: str,
        flat: Flat,
        incoming: Incoming,
    ) -> dict[str, _Argument] | None:
        """The parameters that what comes in fills: the hole, the first free one, or
        the first m for a tuple of m."""
        if hole is None and not free:
            self.add(
                WrongArity(
                    f"`{name}` has no parameter left to receive the previous result",
                    flat.span,
                    "every parameter is given",
                    "mark one with `_`, or start a composite of its own",
                )
            )
            return None
        if hole is not None:
            return {hole: _incoming_argument(incoming)}
        known = incoming.type
        if not isinstance(known, TupleOf) or len(free) == 1:
            return {free[0].name: _incoming_argument(incoming)}
        whole = bind(free[0].type, known, {}) and isinstance(free[0].type, TupleOf)
        parts = known.items
        spread = len(parts) <= len(free) and all(
            bind(p.type, t, {}) for p, t in zip(free, parts, strict=False)
        )
        if whole and spread:
            self.add(
                AmbiguousPort(
                    f"{incoming.giver} returns a tuple that fits `{name}` in two ways",
                    flat.span,
                    "whole, or one component for each parameter",
                    f"write `{name}({free[0].name}: _)` to feed it whole",
                    incoming.span,
                    f"returns `{type_text(known)}`",
                )
            )
            return None
        if whole:
            return {free[0].name: _incoming_argument(incoming)}
        if len(parts) > len(free):
            taken = ", ".join(type_text(p.type) for p in free)
            self.add(
                DomainMismatch(
                    incoming.giver,
                    type_text(known),
                    name,
                    f"({taken})",
                    flat.span,
                    incoming.span,
                )
            )
            return None
        from racesc.operators.sequential import Source

        received: dict[str, _Argument] = {}
        for index, (parameter, part) in enumerate(zip(free, parts, strict=False)):
            source = incoming.source
            if isinstance(source, Source):
                source = replace(source, part=index)
            received[parameter.name] = _Argument(
                Given(part), source, incoming.giver, incoming.span, hole=True
            )
        return received

    # ── misfits ───────────────────────────────────────────────────────────────

    def _misfit(
        self,
        misfit: Misfit,
        flat: Flat,
        base: DeclaredBase,
        given: Mapping[str, _Argument],
        incoming: Incoming | None,
    ) -> None:
        """Say why an environment cannot stand here."""
        name = base.declaration.name.text
        argument = given.get(misfit.parameter)
        port = type_text(misfit.port) if misfit.port != UNKNOWN else ""
        if misfit.kind == "class":
            cause = next((a.span for a in given.values() if a.source is not None), None)
            self.add(
                UnsatisfiedConstraint(
                    name,
                    misfit.variable,
                    misfit.wanted,
                    type_text(misfit.incoming),
                    flat.span,
                    cause,
                )
            )
        elif misfit.kind == "unbounded":
            self.add(UnboundedSample(name, misfit.parameter, port, flat.span))
        elif misfit.kind == "infeasible":
            self.add(
                ParameterMayNotFit(
                    f"`{misfit.parameter}` of `{name}` may have no value to draw: "
                    f"{misfit.reason}",
                    flat.span,
                    f"draws `{misfit.parameter}: {port}`",
                    None if incoming is None else incoming.span,
                    "" if incoming is None else f"returns `{type_text(incoming.type)}`",
                )
            )
        elif argument is not None and argument.given.literal:
            shown = show(argument.given.value, argument.given.type)
            self.add(
                ParameterMayNotFit(
                    f"`{misfit.parameter}` of `{name}` cannot always be `{shown}`",
                    argument.span or flat.span,
                    f"takes `{port}`",
                    None if incoming is None else incoming.span,
                    "" if incoming is None else f"returns `{type_text(incoming.type)}`",
                )
            )
        elif argument is not None:
            self._mismatch(misfit, flat, base, argument, port)

    def _mismatch(
        self,
        misfit: Misfit,
        flat: Flat,
        base: DeclaredBase,
        argument: _Argument,
        port: str,
    ) -> None:
        name = base.declaration.name.text
        given = type_text(misfit.incoming)
        if misfit.kind == "constructor":
            self.add(
                DomainMismatch(
                    argument.giver,
                    given,
                    name,
                    port,
                    flat.span,
                    argument.span,
                    f"`{name}{signature_text(base.signature)}`",
                    self._between(misfit, flat, base),
                )
            )
            return
        witness = ""
        if misfit.witness is not None:
            witness = show(misfit.witness[0], misfit.incoming)
        self.add(
            RefinementViolation(
                argument.giver,
                given,
                name,
                port,
                flat.span,
                argument.span,
                witness,
                self._into_range(misfit, flat, base, argument),
            )
        )

    def _bridges(
        self, misfit: Misfit, flat: Flat, base: DeclaredBase
    ) -> Iterator[tuple[str, Type]]:
        """Environments in scope that take what comes and give what is wanted."""
        from racesc.intervals import ground as grounded

        if self.speculating or misfit.incoming == UNKNOWN:
            return
        for owner, declared in flat.scope.listed():
            if not isinstance(declared, BaseDeclaration):
                continue
            candidate = self.base(owner, declared.name.text)
            if candidate is None or not candidate.sound or candidate.relational:
                continue
            if not candidate.signature.parameters:
                continue
            first = candidate.signature.parameters[0].name
            fed = feed(candidate, {first: Given(misfit.incoming)})
            if fed.misfits:
                continue
            result = grounded(fed.codomain, {})
            onwards = feed(base, {misfit.parameter: Given(result)})
            if not onwards.misfits:
                text = declared.name.text
                yield text, result

    def _between(
        self, misfit: Misfit, flat: Flat, base: DeclaredBase
    ) -> tuple[str, ...]:
        found = []
        for name, result in self._bridges(misfit, flat, base):
            given = type_text(misfit.incoming)
            found.append(f"`{name} : {given} -> {type_text(result)}`")
            if len(found) == 4:
                break
        return tuple(found)

    def _into_range(
        self, misfit: Misfit, flat: Flat, base: DeclaredBase, argument: _Argument
    ) -> tuple[str, ...]:
        found = []
        taker = base.declaration.name.text
        for name, _ in self._bridges(misfit, flat, base):
            found.append(f"`{argument.giver.strip('`')} >> {name} >> {taker}`")
            if len(found) == 4:
                break
        return tuple(found)

    # ── composites by name ────────────────────────────────────────────────────

    def _composite(
        self,
        flat: Flat,
        use: Use,
        owner: Scope,
        declared: CompositeDeclaration,
        incoming: Incoming | None,
        locals_: Locals,
    ) -> Typed | None:
        """A named block or an ascribed composite as one step."""
        name = declared.name.text
        if self.broken(owner, name):
            return None
        ascribed = self.ascription(owner, name)
        assert ascribed is not None or isinstance(declared.value, Block)
        if use.policy or flat.policy:
            self.add(
                InvalidOption(
                    f"`{name}` is a composite; a policy belongs to a base environment",
                    flat.site or use.span,
                    "write the policy where the composite is declared",
                )
            )
            return None
        arguments = (*flat.extra, *(use.arguments or ()))
        parameters: tuple[Parameter, ...] = ()
        if ascribed is not None and ascribed.parameters is not None:
            parameters = ascribed.parameters
        given: dict[str, _Argument] = {}
        if arguments or incoming is not None:
            found = self._given(
                parameters, use.name, arguments, flat, incoming, locals_
            )
            if found is None:
                return None
            given = found
        inner = replace(flat, scope=owner, site=flat.span)
        return self.declared(inner, declared, ascribed, given, locals_)

    def declared(
        self,
        flat: Flat,
        declared: CompositeDeclaration,
        ascribed: Ascription | None,
        given: Mapping[str, _Argument] = {},
        locals_: Locals = NO_LOCALS,
    ) -> Typed | None:
        """A composite with a declared signature, some of its parameters given."""
        from racesc.operators.sequential import Sequential, Source, Step

        parameters = (ascribed.parameters if ascribed else None) or ()
        context: dict[str, Type] = {}
        misfit = False
        fixed: dict[str, Any] = {}
        for parameter in parameters:
            argument = given.get(parameter.name)
            if argument is None:
                context[parameter.name] = parameter.type
                continue
            incoming = ground(argument.given.type, locals_.context)
            if not within(incoming, parameter.type, context):
                misfit = True
                self.add(
                    RefinementViolation(
                        argument.giver,
                        type_text(incoming),
                        declared.name.text,
                        type_text(parameter.type),
                        flat.span,
                        argument.span,
                    )
                    if bind(parameter.type, incoming, {})
                    else DomainMismatch(
                        argument.giver,
                        type_text(incoming),
                        declared.name.text,
                        type_text(parameter.type),
                        flat.span,
                        argument.span,
                    )
                )
            context[parameter.name] = incoming
            if argument.given.literal:
                fixed[parameter.name] = argument.given.value
        if misfit:
            return None
        inner = Locals(
            context,
            {name: Source(None, name) for name in context},
            {name: flat.span for name in context} if flat.site else {},
        )
        nested = replace(flat, expression=declared.value)
        if isinstance(declared.value, Block):
            typed = self._block(nested, declared.value, inner, None, NO_LOCALS)
        else:
            typed = self._ascribed_chain(nested, declared, parameters, inner)
        if typed is None:
            return None
        value = typed.value
        if ascribed is not None and ascribed.codomain is not None:
            value = ground(ascribed.codomain, context)
        node = typed.node
        if isinstance(node, Sequential):
            node = replace(
                node,
                parameters=tuple(Parameter(n, t) for n, t in context.items()),
                opaque=flat.site is not None
                and ascribed is not None
                and ascribed.codomain is not None,
            )
        elif parameters or flat.site is not None:
            feeds = dict(typed.feeds)
            node = Sequential(
                (Step(node, feeds),),
                parameters=tuple(Parameter(n, t) for n, t in context.items()),
                opaque=flat.site is not None,
            )
        feeds = {
            name: argument.source
            for name, argument in given.items()
            if argument.source is not None
        }
        if fixed:
            node = replace(node, fixed=fixed)  # type: ignore[call-arg]
        return replace(
            typed,
            node=node,
            value=value,
            inferred=typed.value,
            parameters=tuple(p for p in parameters if p.name not in given),
            text=declared.name.text if flat.site is not None else typed.text,
            span=flat.span,
            name=declared.name.text,
            feeds=feeds,
            steps=typed.steps if flat.site is None else (),
        )

    def _ascribed_chain(
        self,
        flat: Flat,
        declared: CompositeDeclaration,
        parameters: tuple[Parameter, ...],
        inner: Locals,
    ) -> Typed | None:
        """A chain whose head takes the ascribed parameters, by position."""
        steps = self.flatten([flat])
        if steps is None:
            return None
        if parameters:
            head = steps[0]
            arguments = tuple(
                Argument(None, Name(p.name, span=flat.span), span=flat.span)
                for p in parameters
            )
            free = self._free_parameters(head)
            if free is not None and len(free) != len(parameters):
                from racesc.errors.composition import SignatureMismatch

                self.add(
                    SignatureMismatch(
                        declared.name.text,
                        f"its head has {_count(len(free), 'free parameter')}, not "
                        f"{len(parameters)}",
                        declared.name.span,
                        "declared here",
                        declared.value.span,
                        ", ".join(free) or "no parameters",
                    )
                )
                return None
            named = tuple(
                replace(argument, name=target)
                for argument, target in zip(arguments, free or (), strict=False)
            )
            steps[0] = replace(head, extra=(*head.extra, *named))
        typed = self.steps(steps, None, inner)
        if typed is None:
            return None
        if len(typed) == 1 and not parameters:
            return typed[0]
        return self.sequence(
            typed, self.reward_of(declared.value, flat.scope) or "prefix"
        )

    def _free_parameters(self, head: Flat) -> list[str] | None:
        """The head's parameters that are not given where it stands."""
        expression = head.expression
        if not isinstance(expression, Use):
            return None
        found = head.scope.find(expression.name, "environments")
        if len(found) != 1:
            return None
        last = expression.name.rpartition(".")[2]
        declared = found[0].environments[last]
        if declared.parameters is None:
            return []
        names = [p.name.text for p in declared.parameters]
        given = (*head.extra, *(expression.arguments or ()))
        taken = {a.name for a in given if a.name is not None}
        positional = sum(1 for a in given if a.name is None)
        return [n for n in names[positional:] if n not in taken]

    # ── blocks ────────────────────────────────────────────────────────────────

    def _block(
        self,
        flat: Flat,
        block: Block,
        parameters: Locals | None,
        incoming: Incoming | None,
        outer: Locals,
    ) -> Typed | None:
        """A block: its statements in order, each seeing the earlier names."""
        from racesc.operators.sequential import Sequential, Source, Step

        if incoming is not None:
            self.add(
                AmbiguousPort(
                    "a block does not say where the previous result goes",
                    flat.span,
                    "receives a result",
                    "declare it as an environment with parameters: `env f(x: T) = "
                    "SEQUENTIAL { … }`",
                    incoming.span,
                    f"returns `{type_text(incoming.type)}`",
                )
            )
            return None
        if not block.statements:
            self.add(WrongArity("this block has no steps", flat.span))
            return None
        if len(block.statements) > MOST_STEPS:
            self.add(
                TooLarge(
                    f"this block has more than {MOST_STEPS} steps", flat.span, _LIMITS
                )
            )
            return None
        start = parameters or NO_LOCALS
        context: dict[str, Type] = dict(start.context)
        sources: dict[str, Any] = dict(start.sources)
        spans: dict[str, Span] = dict(start.spans)
        used: set[str] = set()
        typed: list[tuple[Statement, Typed]] = []
        failed = False
        for place, statement in enumerate(block.statements):
            reach = Locals(context, sources, spans, used)
            here = self._statement(flat, statement, reach)
            if statement.name is not None and statement.name.text in context:
                self.add(
                    DuplicateName("step", statement.name.text, statement.name.span)
                )
                failed = True
            failed = failed or here is None
            if here is not None:
                typed.append((statement, here))
            if statement.name is not None:
                name = statement.name.text
                context = {**context, name: UNKNOWN if here is None else here.value}
                sources = {**sources, name: Source(place)}
                spans = {**spans, name: statement.name.span}
        if failed:
            return None
        for place, (statement, here) in enumerate(typed):
            named = statement.name.text if statement.name else None
            if here.relational and here.policy is None and named in used:
                self.add(RelationalStep(here.name, here.span, None))
                failed = True
        if not flat.site:
            for name in start.context:
                if name not in used:
                    self.add(
                        UnusedParameter(
                            name, start.spans.get(name, flat.span), None, True
                        )
                    )
                    failed = True
        if failed:
            return None
        rewards = self.options(block.options, REWARDS)
        if rewards is None:
            return None
        last = typed[-1][1]
        names = tuple(s.name.text if s.name else "" for s, _ in typed)
        steps = tuple(
            Step(
                here.node.consumed() if names[i] and names[i] in used else here.node,
                dict(here.feeds),
            )
            for i, (_, here) in enumerate(typed)
        )
        node = Sequential(steps, reward=rewards.get("reward", "prefix"), names=names)
        value = ground(
            last.value,
            context,
            frozenset(start.context),
        )
        inner = "; ".join(
            f"{name} = {here.text}" if name else here.text
            for name, (_, here) in zip(names, typed, strict=True)
        )
        return Typed(
            node,
            value,
            tuple(Parameter(n, t) for n, t in start.context.items()),
            f"SEQUENTIAL {{ {inner} }}",
            flat.span,
            "SEQUENTIAL",
            relational=last.relational,
            steps=tuple(here for _, here in typed),
            bases=sum(here.bases for _, here in typed),
            policy=last.policy,
        )

    def _statement(
        self, flat: Flat, statement: Statement, reach: Locals
    ) -> Typed | None:
        inner = replace(flat, expression=statement.value, extra=(), policy=None)
        steps = self.flatten([inner])
        if steps is None:
            return None
        typed = self.steps(steps, None, reach)
        if typed is None:
            return None
        if len(typed) == 1:
            return typed[0]
        whole = self.sequence(
            typed, self.reward_of(statement.value, flat.scope) or "prefix"
        )
        # A chain in a block takes the block's names through its head's parameters.
        return self._lifted(whole, reach)

    def _lifted(self, whole: Typed, reach: Locals) -> Typed:
        """A chain whose head is fed by names: the names become its parameters."""
        from racesc.operators.sequential import Sequential, Source, Step

        node = whole.node
        assert isinstance(node, Sequential)
        outer: dict[str, Any] = {}
        steps = []
        for step in node.steps:
            feeds = {}
            for target, source in step.feeds.items():
                name = next(
                    (
                        n
                        for n, s in reach.sources.items()
                        if s is source or (s == source and source.step is None)
                    ),
                    None,
                )
                if name is not None and any(
                    source is s for s in reach.sources.values()
                ):
                    outer[name] = source
                    feeds[target] = Source(None, name)
                else:
                    feeds[target] = source
            steps.append(Step(step.node, feeds))
        parameters = tuple(
            Parameter(name, ground(reach.context[name], reach.context))
            for name in outer
        )
        return replace(
            whole,
            node=replace(node, steps=tuple(steps), parameters=parameters),
            feeds=outer,
        )

    # ── operators ─────────────────────────────────────────────────────────────

    def _operation(
        self,
        flat: Flat,
        operation: Operation,
        incoming: Incoming | None,
        locals_: Locals,
    ) -> Typed | None:
        from racesc.operators import RULES

        rule = RULES.get(operation.operator)
        if rule is None:
            self.add(
                UnknownName(
                    "operator",
                    operation.operator,
                    operation.operator_span,
                    near(operation.operator, RULES),
                    f"the operators are {', '.join(RULES)}",
                )
            )
            return None
        if flat.policy is not None:
            self.add(
                InvalidOption(
                    f"{operation.operator} takes no policy",
                    flat.span,
                    "write the policy after the environment that has many answers",
                )
            )
            return None
        if flat.extra:
            self.add(
                WrongArity(
                    f"{operation.operator} takes no arguments here",
                    flat.span,
                    "given arguments",
                )
            )
            return None
        if operation.fed is not None:
            found = self._operand(flat, operation, locals_)
            if found is None:
                return None
            incoming = found
        typed: Typed | None = rule(self, flat, operation, incoming)
        return typed

    def _operand(
        self, flat: Flat, operation: Operation, locals_: Locals
    ) -> Incoming | None:
        """What `MAP(e)(xs)` is fed in a block."""
        assert operation.fed is not None
        if len(operation.fed) != 1 or not isinstance(operation.fed[0].value, Name):
            self.add(
                WrongArity(
                    f"{operation.operator} is fed one earlier result",
                    flat.span,
                    "here",
                    f"write `{operation.operator}(…)(name)`",
                )
            )
            return None
        name = operation.fed[0].value
        if name.text not in locals_.context:
            self.add(
                UnknownName(
                    "earlier result",
                    name.text,
                    name.span,
                    near(name.text, locals_.context),
                )
            )
            return None
        locals_.used.add(name.text)
        return Incoming(
            ground(locals_.context[name.text], locals_.context),
            f"`{name.text}`",
            locals_.spans.get(name.text),
            locals_.sources[name.text],
        )

    # ── what the operators' rules are made of ─────────────────────────────────

    def arity(self, flat: Flat, operation: Operation, count: int) -> bool:
        """Whether an operator has exactly ``count`` parts; reports where not."""
        if len(operation.parts) == count:
            return True
        self.add(
            WrongArity(
                f"{operation.operator} takes {_count(count, 'part')}, not "
                f"{len(operation.parts)}",
                flat.span,
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
    ) -> Typed | None:
        """A part of an operator, fed a value of a type."""
        from racesc.operators.sequential import Source

        if incoming is not None:
            giver, span = incoming.giver, incoming.span
        else:
            span = None
        value = Incoming(type_, giver, span, Source(0))
        return self.chain((part,), flat.scope, value, flat.site)

    def ports(self, part: Expression, flat: Flat) -> list[Type] | None:
        """The types of a part's free parameters: as they are drawn, or as they are
        declared where they cannot be drawn."""
        with self.speculation() as aside:
            typed = self.closed(part, flat.scope, flat.site)
        if typed is not None and not aside.has_errors:
            return [ground(p.type, {}) for p in typed.parameters]
        flats = self.flatten([Flat(part, flat.scope, flat.site)])
        if flats is None:
            return None
        head, expression = flats[0], flats[0].expression
        if isinstance(expression, Use):
            found = head.scope.find(expression.name, "environments")
            last = expression.name.rpartition(".")[2]
            base = self.base(found[0], last) if len(found) == 1 else None
            free = self._free_parameters(head)
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

    def refuse_relational(self, typed: Typed, flat: Flat) -> None:
        """Report a part with many right answers where its value is used."""
        self.add(RelationalStep(typed.name, flat.span, None))

    def options(
        self, options: tuple[Option, ...], allowed: Mapping[str, Any]
    ) -> dict[str, Any] | None:
        """An operator's options checked against what it allows: a tuple of words, or
        a range of whole numbers. Reports and returns None where one does not fit."""
        found: dict[str, Any] = {}
        failed = False
        for option in options:
            choices = allowed.get(option.name)
            if choices is None:
                known = ", ".join(f"`{name}`" for name in allowed)
                self.add(
                    InvalidOption(
                        f"there is no option `{option.name}` here",
                        option.span,
                        f"the options are {known}" if known else "it has no options",
                    )
                )
                failed = True
                continue
            if option.name in found:
                self.add(
                    InvalidOption(
                        f"`{option.name}` is given twice", option.span, "give it once"
                    )
                )
                failed = True
                continue
            value = option.value.text if isinstance(option.value, Name) else None
            if not isinstance(option.value, Name):
                value = value_of(option.value)
            if choices == LITERAL:
                fits = not isinstance(option.value, Name)
                say = "a value such as `0`"
            elif isinstance(choices, range):
                fits = type(value) is int and value in choices
                say = f"a whole number from {choices.start} to {choices.stop - 1}"
            else:
                fits = value in choices
                say = " or ".join(f"`{c}`" for c in choices)
            if not fits:
                self.add(
                    InvalidOption(
                        f"`{option.name}` cannot be this", option.span, f"give it {say}"
                    )
                )
                failed = True
            found[option.name] = value
        return None if failed else found


@dataclass(frozen=True)
class _Argument:
    """How one parameter is given: what, from where at run time, and who gives it."""

    given: Given
    source: Any
    giver: str
    span: Span | None
    hole: bool = False
    local: str = ""


def _incoming_argument(incoming: Incoming) -> _Argument:
    return _Argument(
        Given(incoming.type, incoming.name),
        incoming.source,
        incoming.giver,
        incoming.span,
        hole=True,
    )


_LIMITS = (
    f"a composite has at most {MOST_STEPS} steps in a row and operators nested "
    f"{MOST_DEPTH} deep"
)


def unfed(node: Node) -> Node:
    """A step's node as a composite of its own: whoever uses it feeds its ports."""
    from racesc.operators.sequential import Sequential, Step

    if not isinstance(node, Sequential) or node.parameters:
        return node
    return replace(node, steps=(Step(node.steps[0].node), *node.steps[1:]))


def is_block(flat: Flat) -> bool:
    """Whether a flat step is a block with named steps, written here or elsewhere."""
    expression, scope = flat.expression, flat.scope
    if isinstance(expression, Use):
        found = scope.find(expression.name, "environments")
        if len(found) != 1:
            return False
        declared = found[0].environments[expression.name.rpartition(".")[2]]
        if isinstance(declared, BaseDeclaration) or declared.codomain is not None:
            return False
        expression = declared.value
    return isinstance(expression, Block)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def signature_of(typed: Typed) -> Signature:
    """A composite's signature: its head's free parameters and its value's type."""
    return Signature(typed.variables, typed.parameters, typed.value)


__all__ = [
    "Ascription",
    "Flat",
    "Incoming",
    "Judge",
    "Locals",
    "Typed",
    "is_block",
    "unfed",
]
