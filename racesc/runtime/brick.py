"""One base environment in a composition, with its parameters fed, fixed or drawn."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from .base import Base, ContractError, Parameter, Undefined, brief
from .checks import Check, check
from .choice import Rng
from .instances import instances
from .limits import Limits, drawn_from, limits, promised
from .member import (
    ground,
    has_class,
    inside,
    instantiate,
    match,
    plain,
    resolve,
    same,
    shape,
)
from .node import NOTHING, REFUSED, Record
from .sampling import draw_within
from .single import Single
from .size import held, may_outgrow, writable
from .template import fill
from .text import decode, encode
from .types import Type

_Checks = list[tuple[str, Check]]
_SHORT = 2**100  # whole numbers below can be written


@dataclass(frozen=True)
class Brick(Single):
    """A base environment as used in one place.

    ``where`` binds the type variables (all of them). ``fixed`` are written arguments.
    ``policy`` says what counts where there are many right answers: None any right one,
    "canonical" the solver's alone, "model" the model's own, which the rest is run from.
    ``port`` names the parameter that is fed, where it is not the first free one.
    ``narrow`` are types within the declared ones to draw parameters from, where what is
    drawn must suit more values than the one at hand (behind `as model`, inside MAP,
    ITERATE and FOLD); also of those that are fed, for where there is none at hand.
    """

    base: Base
    where: Mapping[str, Type] = field(default_factory=dict)
    fixed: Mapping[str, Any] = field(default_factory=dict)
    policy: str | None = None
    port: str = ""
    narrow: Mapping[str, Type] = field(default_factory=dict)

    # ── types, once per brick ──

    @cached_property
    def types(self) -> dict[str, Type]:
        """The parameters' types here, in order."""
        return {
            one.name: instantiate(one.type, self.where) for one in self.base.parameters
        }

    @cached_property
    def ports(self) -> tuple[Parameter, ...]:
        free = [
            Parameter(name, kind)
            for name, kind in self.types.items()
            if name not in self.fixed
        ]
        free.sort(key=lambda parameter: parameter.name != self.port)
        return tuple(free)

    @cached_property
    def codomain(self) -> Type:
        return instantiate(self.base.codomain, self.where)

    @cached_property
    def _ground(self) -> dict[str, bool]:
        """Which types need no values to be told."""
        return {name: ground(kind) for name, kind in self.types.items()}

    @cached_property
    def _plain(self) -> dict[str, bool]:
        """Which values JSON has as they are."""
        return {name: plain(kind) for name, kind in self.types.items()}

    @cached_property
    def _checks(self) -> dict[str, Check]:
        """Whether a value lies in a parameter's type, given the other values."""
        return {name: check(kind) for name, kind in self.types.items()}

    @cached_property
    def _rechecks(self) -> tuple[tuple[str, Check, bool], ...]:
        """The same, with whether the type speaks of other values."""
        return tuple(
            (name, fits, not self._ground[name]) for name, fits in self._checks.items()
        )

    @cached_property
    def _in_codomain(self) -> Check:
        """Whether an answer lies in the codomain, given the parameters' values."""
        return check(self.codomain)

    @cached_property
    def _outgrows(self) -> bool:
        """Whether an answer in the codomain may be too large to write."""
        return may_outgrow(self.codomain)

    @cached_property
    def _answers(self) -> Check:
        """Whether an answer lies in the codomain and can be written."""
        if not self._outgrows:
            return self._in_codomain
        within = self._in_codomain
        return lambda answer, values: (
            within(answer, values)
            # Nearly all numbers, without a call.
            and (
                (type(answer) is int and -_SHORT < answer < _SHORT) or writable(answer)
            )
        )

    @property
    def _free_choice(self) -> bool:
        """Whether every answer that verifies is right."""
        return self.base.verify is not None and self.policy != "canonical"

    # ── drawing and running ──

    def draw(self, rng: Rng, path: str, level: int, fed: Mapping[str, Any]) -> Record:
        base = self.base
        known: dict[str, Any] = {**self.fixed, **fed}
        first, left, last = self._plan(tuple(known))
        for name, fits in first:
            if not fits(known[name], known):
                raise ContractError(self._outside(name, known[name]))
        if left:
            rng = rng.at(path)
            # A sampler knows nothing of the narrower bounds.
            if base.sample is not None and not self.narrow:
                self._sample(rng, level, known, left)
            else:
                for name in left:
                    known[name] = self._draw_one(name, rng, level, known)
        for name, fits in last:
            if not fits(known[name], known):
                raise ContractError(self._outside(name, known[name]))
        inputs = {name: known[name] for name in self.types}
        return self._solved(inputs)

    def _plan(self, known: tuple[str, ...]) -> tuple[_Checks, list[str], _Checks]:
        """For a draw where some values are known: what is checked beforehand, what is
        drawn, and what is checked then. Bounds may speak of parameters that are drawn:
        those wait."""
        plan = self._plans.get(known)
        if plan is None:
            left = [name for name in self.types if name not in known]
            first = [(name, self._checks[name]) for name in known if self._ground[name]]
            last = [
                (name, self._checks[name])
                for name in (*known, *left)
                if not self._ground[name]
            ]
            plan = self._plans[known] = first, left, last
        return plan

    @cached_property
    def _plans(self) -> dict[tuple[str, ...], tuple[_Checks, list[str], _Checks]]:
        return {}

    def _draw_one(
        self, name: str, rng: Rng, level: int, known: Mapping[str, Any]
    ) -> Any:
        try:
            own = self._level_type(name, level)
            if own is not None:
                return draw_within(own, rng, Limits(10 if level else 0))
            kind = self.types[name]
            if name in self.narrow:
                kind = resolve(self.narrow[name], known)
            elif not self._ground[name]:
                kind = resolve(kind, known)
            if name in self._lined:
                narrow = limits(level, name, self.base.levels, known)
            else:
                narrow = Limits(level)
            return draw_within(kind, rng, narrow)
        except ContractError as error:
            where = f"parameter `{name}` of `{self.base.name}`"
            raise type(error)(f"{where}: {error}") from None

    def _sample(
        self, rng: Rng, level: int, known: dict[str, Any], left: list[str]
    ) -> None:
        """Let the environment's own sampler draw what is left, and check it."""
        sample = self.base.sample
        assert sample is not None
        sampler = getattr(sample, "__name__", "sample")
        called = f"`{self.base.name}`: its sampler `{sampler}`"
        try:
            drawn = sample(rng, max(1, level), **known)
        except Exception as error:
            raise ContractError(
                f"{called} raised {error!r}, given {brief(known)}"
            ) from error
        if len(left) == 1:
            drawn = (drawn,)
        elif type(drawn) is not tuple or len(drawn) != len(left):
            wanted = ", ".join(left)
            raise ContractError(
                f"{called} gave {brief(drawn)} for {wanted}, given {brief(known)}"
            )
        for name, value in zip(left, drawn, strict=True):
            known[name] = value
        for name in left:
            if self._kept(name, level, known):
                continue
            outside = "its declared type"
            if self._checks[name](known[name], known):
                outside = f"what its `level` line promises at level {level}"
            raise ContractError(
                f"{called} drew {brief(known[name])} for `{name}`, "
                f"which is outside {outside}"
            )

    @cached_property
    def _lined(self) -> frozenset[str]:
        return frozenset(line.parameter for line in self.base.levels)

    @cached_property
    def _level_types(self) -> dict[tuple[str, int], Type | None]:
        return {}

    def _level_type(self, name: str, level: int) -> Type | None:
        """The type that a `level` line gives a parameter; None without one."""
        if name not in self._lined:
            return None
        key = name, level
        if key not in self._level_types:
            self._level_types[key] = drawn_from(level, name, self.base.levels)
        return self._level_types[key]

    def _kept(self, name: str, level: int, known: Mapping[str, Any]) -> bool:
        """Whether what a sampler drew lies in the declared type and in what the
        parameter's `level` lines promise of it."""
        if name not in self._lined:
            return self._checks[name](known[name], known)
        # The checker made sure that it lies inside the declared type.
        kind = self._level_type(name, level)
        if kind is None:
            declared = self.types[name]
            if not self._ground[name]:
                declared = resolve(declared, known)
            kind = promised(declared, limits(level, name, self.base.levels, known))
        return inside(kind, known[name])

    def _outside(self, name: str, value: Any) -> str:
        shown = brief(value)
        return f"`{self.base.name}` was given {shown} for `{name}`, outside its type"

    def _solved(self, inputs: dict[str, Any]) -> Record:
        base = self.base
        try:
            answer = base.solve(*inputs.values())
        except Exception as error:
            message = f"`{base.name}`: its solver raised {error!r} on {brief(inputs)}"
            raise ContractError(message) from error
        if not self._in_codomain(answer, inputs):
            raise ContractError(
                f"`{base.name}`: its solver gave {brief(answer)} on {brief(inputs)}, "
                "which is outside the declared codomain"
            )
        if self._outgrows:
            held(answer)
        return Record(inputs, answer, answer, (), NOTHING)

    def again(self, record: Record, fed: Mapping[str, Any]) -> Record:
        inputs = {**record.inputs, **fed}
        for name, fits, always in self._rechecks:
            # What was drawn lies in its type, unless that speaks of what is fed.
            if (always or name in fed) and not fits(inputs[name], inputs):
                raise Undefined(f"the value for `{name}` is outside its type")
        try:
            answer = self.base.solve(*inputs.values())
        except Exception as error:
            raise Undefined("the solver raised") from error
        if not self._in_codomain(answer, inputs):
            raise Undefined("the result is outside the codomain")
        if self._outgrows:
            held(answer)
        return Record(inputs, answer, answer, (), NOTHING)

    def runner(self, record: Record, name: str) -> Callable[[Any], Any]:
        inputs = dict(record.inputs)
        solve, answers = self.base.solve, self._answers
        # As in ``again``.
        checks = [
            (each, fits)
            for each, fits, always in self._rechecks
            if always or each == name
        ]
        if len(inputs) == len(checks) == 1:
            return _runner_of_one(solve, name, checks[0][1], answers)

        def run(value: Any) -> Any:
            inputs[name] = value
            for each, fits in checks:
                if not fits(inputs[each], inputs):
                    return REFUSED
            try:
                answer = solve(*inputs.values())
            except Exception:
                return REFUSED
            return answer if answers(answer, inputs) else REFUSED

        return run

    def adapt(self, shapes: Mapping[str, Type]) -> Brick | None:
        key = tuple(shapes.items())
        try:
            return self._adapted[key]
        except KeyError:
            found = self._adapted[key] = self._adapt(shapes)
            return found

    @cached_property
    def _adapted(self) -> dict[tuple[tuple[str, Type], ...], Brick | None]:
        """The same environment for other shapes, prepared once for each."""
        return {}

    def _adapt(self, shapes: Mapping[str, Type]) -> Brick | None:
        where: dict[str, Type] = {}
        for parameter in self.base.parameters:
            name = parameter.name
            here = shapes[name] if name in shapes else self._shapes[name]
            if not match(self._declared_shapes[name], here, where):
                return None
        for variable, classes in self.base.classes:
            bound = where.get(variable)
            if bound and not all(has_class(bound, name) for name in classes):
                return None
        whole = {**self.where, **where}
        if whole == self.where and not self.narrow:
            return self
        return Brick(self.base, whole, self.fixed, self.policy, self.port)

    @cached_property
    def _shapes(self) -> dict[str, Type]:
        return {name: shape(kind) for name, kind in self.types.items()}

    @cached_property
    def _declared_shapes(self) -> dict[str, Type]:
        return {one.name: shape(one.type) for one in self.base.parameters}

    # ── words ──

    def wording(self, record: Record, names: Mapping[str, str], label: str) -> str:
        text = fill(self.base.describe, record.inputs, self.types, names)
        if self.base.verify is not None and self.policy == "canonical":
            text += (
                " (Where several answers would fit, only the one that this description"
                " singles out counts.)"
            )
        elif self.base.verify is not None and self.policy == "model":
            text += (
                " (Any right answer will do; what follows is about the one you choose.)"
            )
        return text

    # ── grading ──

    def _right(self, record: Record, value: Any) -> bool:
        if not self._free_choice:
            return same(value, record.answer)
        assert self.base.verify is not None
        if not self._in_codomain(value, record.inputs):
            return False
        try:
            return bool(self.base.verify(value, **record.inputs))
        except Exception:
            return False

    def _onwards(self, record: Record, value: Any) -> Any:
        return value if self.policy == "model" else record.value

    # ── as data ──

    def given(self, record: Record, fed: Collection[str]) -> dict[str, Any]:
        inputs, plain = record.inputs, self._plain
        return {
            name: inputs[name] if plain[name] else encode(inputs[name], kind)
            for name, kind in self.types.items()
            if name not in fed and name not in self.fixed
        }

    def encode(self, record: Record, fed: Collection[str]) -> Any:
        return {"in": self.given(record, fed), "out": self.answer_json(record)}

    def decode(self, data: Any, fed: Mapping[str, Any]) -> Record:
        known = {**self.fixed, **fed}
        drawn = data["in"]
        for name, kind in self.types.items():
            if name not in known:
                value = drawn[name]
                known[name] = value if self._plain[name] else decode(value, kind)
        inputs = {name: known[name] for name in self.types}
        answer = data["out"]
        if not self._plain_answer:
            answer = decode(answer, self.codomain)
        if not self._in_codomain(answer, inputs):
            raise ValueError(f"{brief(answer)} is no answer of `{self.base.name}`")
        return Record(inputs, answer, answer, (), NOTHING)

    def instances(self, fed: Collection[str], cap: int) -> int:
        total = 1
        for name, kind in self.types.items():
            if name in fed or name in self.fixed:
                continue
            # Bounds that speak of drawn parameters are not counted: at least one value.
            if self._ground[name]:
                own = drawn_from(10, name, self.base.levels)
                narrow = self._limits(name)
                total *= instances(kind if own is None else own, narrow, cap)
        return min(cap, total)

    def _limits(self, name: str) -> Limits:
        try:
            return limits(10, name, self.base.levels, self.fixed)
        except KeyError:
            return Limits(10)


def _runner_of_one(
    solve: Callable[[Any], Any], name: str, fits: Check, answers: Check
) -> Callable[[Any], Any]:
    """What runs an environment with one parameter."""

    def run(value: Any) -> Any:
        inputs = {name: value}
        if not fits(value, inputs):
            return REFUSED
        try:
            answer = solve(value)
        except Exception:
            return REFUSED
        return answer if answers(answer, inputs) else REFUSED

    return run
