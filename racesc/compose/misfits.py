"""Why an environment cannot stand where it stands, and what could stand between."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from racesc.compose.terms import Flat, GivenArgument, Incoming, Locals, Typed
from racesc.declare import DeclaredBase
from racesc.errors.composition import (
    DomainMismatch,
    ParameterMayNotFit,
    RefinementViolation,
    SignatureMismatch,
    UnsatisfiedConstraint,
)
from racesc.errors.declarations import UnboundedSample
from racesc.errors.mistake import Mistake
from racesc.feeding import Given, Misfit, feed, infeasible
from racesc.format import format_expression
from racesc.intervals import Context, atoms, ground
from racesc.resolve import Scope
from racesc.runtime.base import Parameter
from racesc.runtime.brick import Brick
from racesc.runtime.member import contains, rebuild, resolve
from racesc.runtime.text import show
from racesc.runtime.types import Newtype, Range, Type
from racesc.show_types import signature_text, type_text
from racesc.source import Span
from racesc.suggest import Bridge, Gap, bridges
from racesc.syntax import CompositeDeclaration, Use
from racesc.typed import Signature
from racesc.unify import UNKNOWN, bind, mentions_unknown, variables
from racesc.witness import counterexample, small_value

if TYPE_CHECKING:
    from racesc.compose.judge import Judge


@dataclass(frozen=True)
class Standing:
    """An environment where it stands: what its parameters are given, what comes in to
    it, and the names in reach."""

    judge: Judge
    flat: Flat
    base: DeclaredBase
    given: Mapping[str, GivenArgument]
    incoming: Incoming | None
    locals: Locals

    @property
    def name(self) -> str:
        """The environment's."""
        return self.base.declaration.name.text

    def report(self, misfit: Misfit) -> None:
        """Say why it cannot stand here, and what would mend it."""
        argument = self.given.get(misfit.parameter)
        if misfit.kind == "class":
            self.judge.add(self._lacks(misfit))
        elif misfit.kind == "unbounded":
            port = type_text(misfit.port)
            self.judge.add(
                UnboundedSample(self.name, misfit.parameter, port, self.flat.span)
            )
        elif misfit.kind == "infeasible":
            self.judge.add(self._draws_nothing(misfit))
        elif argument is not None and argument.given.literal:
            self.judge.add(self._refuses(misfit, argument))
        elif argument is not None:
            self.judge.add(self._mismatch(misfit, argument))

    # ── drawn and written values ──────────────────────────────────────────────

    def _lacks(self, misfit: Misfit) -> Mistake:
        """What is fed lacks a class."""
        fed = [each for each in self.given.values() if each.source is not None]
        return UnsatisfiedConstraint(
            self.name,
            misfit.variable,
            misfit.wanted,
            type_text(misfit.incoming),
            self.flat.span,
            fed[0].span if fed else None,
            type_text(fed[0].given.type) if fed else "",
        )

    def _draws_nothing(self, misfit: Misfit) -> Mistake:
        """A parameter may have no value to draw."""

        def breaks(port: Type, values: Mapping[str, Any]) -> bool:
            return bool(infeasible(resolve(port, values), {}))

        return ParameterMayNotFit(
            f"`{misfit.parameter}` of `{self.name}` may have no value to draw: "
            f"{misfit.reason}",
            self.flat.span,
            f"draws `{misfit.parameter}: {type_text(misfit.port)}`",
            *self._cause(),
            notes=self._breaking(misfit.port, breaks),
        )

    def _refuses(self, misfit: Misfit, argument: GivenArgument) -> Mistake:
        """A parameter does not take the value written for it."""
        literal = argument.given.value

        def breaks(port: Type, values: Mapping[str, Any]) -> bool:
            return not contains(port, literal, values)

        shown = show(literal, argument.given.type)
        always = " always" if names_in(misfit.port) else ""
        return ParameterMayNotFit(
            f"`{misfit.parameter}` of `{self.name}` cannot{always} be `{shown}`",
            argument.span or self.flat.span,
            f"takes `{type_text(misfit.port)}`",
            *self._cause(),
            notes=self._breaking(misfit.port, breaks),
        )

    def _cause(self) -> tuple[Span | None, str]:
        """The place that gives a value, and what it gives; nothing where that is
        unknown."""
        incoming = self.incoming
        if incoming is None or mentions_unknown(incoming.type):
            return None, ""
        return incoming.span, f"returns `{type_text(incoming.type)}`"

    def _breaking(
        self, port: Type, breaks: Callable[[Type, Mapping[str, Any]], bool]
    ) -> tuple[str, ...]:
        """A note that shows a value of the one other parameter that a port speaks of,
        at which the port ``breaks``; none where the smallest value does not break it."""
        names = names_in(port)
        if len(names) != 1:
            return ()
        (name,) = names
        arguments = self.given.items()
        argument = next((a for n, a in arguments if name in (a.local, n)), None)
        if argument is None:
            kinds = [p.type for p in self.base.signature.parameters if p.name == name]
            kind = kinds[0] if kinds and not names_in(kinds[0]) else UNKNOWN
            can = f"`{name}` can be"
        else:
            kind = ground(argument.given.type, self.locals.context)
            named = argument.local or argument.named or argument.giver[0] != "`"
            can = f"{argument.giver} can {'be' if named else 'return'}"
        if mentions_unknown(kind) or variables(kind):
            return ()
        value = small_value(kind)
        if value is None or not breaks(port, {name: value}):
            return ()
        return (f"for example, {can} `{show(value, kind)}`",)

    # ── fed values ────────────────────────────────────────────────────────────

    def _mismatch(self, misfit: Misfit, argument: GivenArgument) -> Mistake:
        """What is fed does not fit."""
        given, port = type_text(misfit.incoming), type_text(misfit.port)
        if len(self.base.signature.parameters) > 1:
            port = f"{misfit.parameter}: {port}"
        witness = ""
        if misfit.witness is not None:
            witness = show(misfit.witness[0], misfit.incoming)
        ascribed = self.locals.ascribed
        if argument.local and ascribed is not None and not self.flat.site:
            parameter = argument.local
            return outside_domain(ascribed, parameter, given, self.flat, port, witness)
        found = self._fitting(misfit, argument)
        facts = (argument.giver, given, self.name, port, self.flat.span, argument.span)
        named = bool(argument.local) or argument.named
        if misfit.kind != "constructor":
            helps = self._range_helps(argument, found)
            return RefinementViolation(*facts, witness, helps, argument.part, named)
        notes = distinction(misfit.incoming, misfit.port)
        if argument.maker is not None and not argument.part:
            notes = (*instantiated(argument.maker), *notes)
        where = ""
        if argument.hole and not argument.named:
            where = " between the two steps" if self.judge.around[0] else " before it"
        helps = tuple(f"{b.signature} fits{where}{b.proviso}" for b in found)
        return DomainMismatch(*facts, notes, helps, argument.part, named)

    def _range_helps(
        self, argument: GivenArgument, found: tuple[Bridge, ...]
    ) -> tuple[str, ...]:
        """How each bridge brings what is fed into range."""
        say = "bring it into range first: "
        if not argument.hole or argument.named:
            return tuple(f"{say}{b.signature}{b.proviso}" for b in found)
        before, taker = self.judge.around[0], format_expression(self.flat.expression)
        giver = argument.giver.strip("`")
        if before is not None and not before.alias:
            giver = format_expression(before.expression)
        first = "" if before is None else f"{giver} >> "
        return tuple(f"{say}`{first}{b.text} >> {taker}`{b.proviso}" for b in found)

    def _fitting(self, misfit: Misfit, argument: GivenArgument) -> tuple[Bridge, ...]:
        """Steps that would fit between what comes and what is wanted."""
        judge, flat = self.judge, self.flat
        if judge.speculating or argument.part or mentions_unknown(misfit.incoming):
            return ()
        if not judge.report.seeks_help():
            return ()
        before, behind = judge.around
        given = {name: each.given for name, each in self.given.items()}

        def fits(result: Type) -> bool:
            fed = feed(
                self.base,
                {**given, misfit.parameter: Given(result)},
                context=self.locals.context,
                whole=judge.whole,
                level=judge.level,
            )
            return not fed.misfits

        def typed(use: Use, owner: Scope) -> bool:
            if not argument.hole:
                return True
            steps = [Flat(use, owner), flat]
            return types_here(judge, steps, behind, self.incoming, self.locals)

        modules = [self.base.scope]
        if before is not None and isinstance(before.expression, Use):
            modules += before.scope.find(before.expression.name, "environments")
        wanted = ground(misfit.port, {})
        gap = Gap(misfit.incoming, wanted, fits, typed, tuple(modules))
        return bridges(judge, flat.scope, gap)


def names_in(port: Type) -> set[str]:
    """The other values that a port's bounds speak of."""
    found: set[str] = set()

    def look(_: str, ends: Range) -> Range:
        found.update(atom.name for end in ends for atom in atoms(end))
        return ends

    rebuild(port, look)
    return found


# ── composites with a declared signature ──────────────────────────────────────


def outside_domain(
    ascribed: CompositeDeclaration,
    parameter: str,
    given: str,
    head: Flat,
    port: str,
    witness: str,
) -> Mistake:
    """A parameter of a declared signature that the composite's head does not take."""
    taker = head.expression.name if isinstance(head.expression, Use) else "its head"
    places = [p.span for p in ascribed.parameters or () if p.name.text == parameter]
    return SignatureMismatch(
        ascribed.name.text,
        f"`{taker}` does not take every `{parameter}`",
        places[0] if places else head.span,
        f"promises `{given}`",
        head.span,
        f"takes `{port}`",
        witness=witness,
        parameter=parameter,
    )


def outside_declared(
    name: str,
    parameter: Parameter,
    incoming: Type,
    argument: GivenArgument,
    flat: Flat,
    context: Context,
) -> Mistake:
    """What is given to a composite does not lie in the domain that it declares."""
    given, port = type_text(incoming), type_text(parameter.type)
    if argument.given.literal:
        shown = show(argument.given.value, argument.given.type)
        return ParameterMayNotFit(
            f"`{parameter.name}` of `{name}` cannot always be `{shown}`",
            argument.span or flat.span,
            f"takes `{port}`",
        )
    named = bool(argument.local) or argument.named
    if not bind(parameter.type, incoming, {}):
        return DomainMismatch(
            argument.giver,
            given,
            name,
            port,
            flat.span,
            argument.span,
            distinction(incoming, parameter.type),
            part=argument.part,
            named=named,
        )
    found = counterexample(incoming, ground(parameter.type, context))
    return RefinementViolation(
        argument.giver,
        given,
        name,
        port,
        flat.span,
        argument.span,
        "" if found is None else show(found[0], incoming),
        part=argument.part,
        named=named,
    )


# ── notes ─────────────────────────────────────────────────────────────────────


def instantiated(maker: Typed) -> tuple[str, ...]:
    """A note on what the type variables of a polymorphic step stand for here."""
    node = maker.node
    if not isinstance(node, Brick) or not node.base.classes:
        return ()
    base = node.base
    signature = Signature(base.classes, base.parameters, base.codomain)
    name = base.name.rpartition(".")[2]
    where = " and ".join(
        f"`{variable} = {type_text(node.where[variable])}`"
        for variable, _ in base.classes
    )
    return (f"`{name}{signature_text(signature)}`, here with {where}",)


def distinction(given: Type, wanted: Type) -> tuple[str, ...]:
    """A note where two types differ only in that one of them is a newtype."""
    for one, other in ((given, wanted), (wanted, given)):
        if isinstance(one, Newtype) and bind(other, one.body, {}):
            body = type_text(one.body)
            return (f"`{type_text(one)}` is a newtype of `{body}`, not the same type",)
    return ()


# ── edits ─────────────────────────────────────────────────────────────────────


def types_here(
    judge: Judge,
    steps: list[Flat],
    behind: tuple[Flat, ...],
    incoming: Incoming | None,
    locals_: Locals,
) -> bool:
    """Whether steps are legal here, together with those behind them, unless these have
    mistakes of their own."""
    parts = judge.parts
    try:
        with judge.speculation() as aside:
            unknown = Incoming(UNKNOWN, "it", None, None)
            alone = not behind or judge.steps(list(behind), unknown, locals_)
        whole = [*steps, *behind] if alone and not aside.has_errors else steps
        with judge.speculation() as aside:
            typed = judge.steps(whole, incoming, locals_)
        return typed is not None and not aside.has_errors
    finally:
        judge.parts = parts


def legal_policies(
    judge: Judge,
    flat: Flat,
    behind: tuple[Flat, ...],
    incoming: Incoming | None,
    locals_: Locals,
) -> tuple[str, ...]:
    """The policies under which a step with many answers may be fed onwards."""
    if judge.speculating:
        return ()
    return tuple(
        policy
        for policy in ("model", "canonical")
        if types_here(judge, [replace(flat, policy=policy)], behind, incoming, locals_)
    )
