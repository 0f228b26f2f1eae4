"""SEQUENTIAL: steps in order, each of which may use any earlier result.

Chains and blocks alike. The model answers every step; the reward counts the leading
steps that are right.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from racesc.operators.step import Source, Step, as_step, consumed
from racesc.runtime.base import ContractError, Level, Parameter, Undefined, brief
from racesc.runtime.brick import Brick
from racesc.runtime.choice import Rng
from racesc.runtime.instances import instances
from racesc.runtime.limits import Limits, limits
from racesc.runtime.member import contains, ground, shape
from racesc.runtime.node import Mark, Node, Record, component, indent, join
from racesc.runtime.problem import Verdict, combined, wrong
from racesc.runtime.reply import split
from racesc.runtime.sampling import draw
from racesc.runtime.text import decode, encode, show
from racesc.runtime.types import Type

LOST = object()  # the value of a step that does not run


def one_answer(step: Step | Node) -> Step:
    """A step whose value alone is asked for: of a chain only the last result."""
    step = as_step(step)
    if isinstance(step.node, Sequential):
        return Step(replace(step.node, opaque=True), step.feeds)
    return step


@dataclass(frozen=True)
class Sequential(Node):
    """A chain or a block.

    ``parameters`` are a block's or an ascription's own, with their ``levels`` and the
    ``fixed`` among them; without them the first step draws its own. ``opaque`` is an
    ascribed composite used as one step: one answer, its last. ``names`` are a block's
    step names ("" for none).
    """

    steps: tuple[Step, ...]
    parameters: tuple[Parameter, ...] = ()
    reward: str = "prefix"  # prefix last all
    opaque: bool = False
    names: tuple[str, ...] = ()
    levels: tuple[Level, ...] = ()
    fixed: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def ports(self) -> tuple[Parameter, ...]:
        if self.parameters:
            return tuple(one for one in self.parameters if one.name not in self.fixed)
        first = self.steps[0]
        return tuple(port for port in first.node.ports if port.name not in first.feeds)

    @property
    def codomain(self) -> Type:
        return self.steps[-1].node.codomain

    # ── drawing and running ──

    def draw(self, rng: Rng, path: str, level: int, fed: Mapping[str, Any]) -> Record:
        own = self._own(rng.at(join(path, "in")), level, fed) if self.parameters else {}
        values: list[Any] = []
        parts = []
        for index, step in enumerate(self.steps):
            given = step.fed(values, own)
            if index == 0 and not self.parameters:
                given.update(fed)
            part = step.node.draw(rng, join(path, index + 1), level, given)
            parts.append(part)
            values.append(part.value)
        return self._record(own or dict(fed), tuple(parts))

    def drawn(self, rng: Rng, path: str, level: int) -> Mapping[str, Any]:
        if self.parameters:
            return self._own(rng.at(join(path, "in")), level, {})
        return self.steps[0].node.drawn(rng, join(path, 1), level)

    def _own(self, rng: Rng, level: int, fed: Mapping[str, Any]) -> dict[str, Any]:
        """The composite's parameters, fed or drawn in order."""
        known: dict[str, Any] = {}
        for parameter in self.parameters:
            name, kind = parameter.name, parameter.type
            if name in fed or name in self.fixed:
                known[name] = fed[name] if name in fed else self.fixed[name]
                if not contains(kind, known[name], known):
                    shown = brief(known[name])
                    raise ContractError(f"parameter `{name}` cannot be {shown}")
            else:
                try:
                    known[name] = draw(kind, rng, level, known, name, self.levels)
                except ContractError as error:
                    raise type(error)(f"parameter `{name}`: {error}") from None
        return known

    def _record(self, inputs: dict[str, Any], parts: tuple[Record, ...]) -> Record:
        if not self.parameters:
            # The composite's parameters are its head's.
            inputs = {port.name: parts[0].inputs[port.name] for port in self.ports}
        last = parts[-1]
        answer = last.answer if self.opaque else [part.answer for part in parts]
        return Record(inputs, answer, last.value, parts)

    def again(self, record: Record, fed: Mapping[str, Any]) -> Record:
        inputs = {**record.inputs, **fed}
        for parameter in self.parameters:
            if not contains(parameter.type, inputs[parameter.name], inputs):
                raise Undefined(f"parameter `{parameter.name}` is outside its type")
        values: list[Any] = []
        parts = []
        for index, step in enumerate(self.steps):
            given = self._given_to(index, values, inputs, fed)
            part = record.parts[index]
            if given:
                part = step.node.again(part, given)
            parts.append(part)
            values.append(part.value)
        return self._record(inputs, tuple(parts))

    def _given_to(
        self,
        index: int,
        values: Sequence[Any],
        inputs: Mapping[str, Any],
        fed: Mapping[str, Any],
    ) -> dict[str, Any]:
        given = self.steps[index].fed(values, inputs)
        if index == 0 and not self.parameters:
            given.update(fed)
        return given

    def adapt(self, shapes: Mapping[str, Type]) -> Sequential | None:
        own = {one.name: shape(one.type) for one in self.parameters}
        if any(own[name] != kind for name, kind in shapes.items() if name in own):
            return None
        steps: list[Step] = []
        results: list[Type] = []
        for index, step in enumerate(self.steps):
            given = step.shapes(results, own)
            if given is None:
                return None
            if index == 0 and not self.parameters:
                given.update(shapes)
            node = step.node.adapt(given)
            if node is None:
                return None
            steps.append(Step(node, step.feeds))
            results.append(shape(node.codomain))
        return replace(self, steps=tuple(steps))

    def consumed(self) -> Sequential:
        last = self.steps[-1]
        return replace(self, steps=(*self.steps[:-1], consumed(last)))

    # ── words ──

    def wording(self, record: Record, names: Mapping[str, str], label: str) -> str:
        count = len(self.steps)
        if self._alone:
            return self._wording_alone(record, names, label)
        if self.opaque:
            head = (
                f"Carry out these {count} steps in order; only the last result counts."
            )
        elif count == 1:
            head = "Carry out this step."
        else:
            head = f"Carry out these {count} steps in order."
        own, lines = self._own_names(record, names)
        lines.append(head)
        for index, step in enumerate(self.steps):
            here = join(label, index + 1)
            given = {
                name: self._reads(source, label, own)
                for name, source in step.feeds.items()
            }
            if index == 0 and not self.parameters:
                given.update(names)
            title = f"Step {here}"
            if index < len(self.names) and self.names[index]:
                title += f" ({self.names[index]})"
            text = step.node.wording(record.parts[index], given, here)
            lines.append(f"{title}: {indent(text)}")
        return "\n".join(lines)

    @property
    def _alone(self) -> bool:
        """Whether this is one environment under a signature of its own."""
        return self.opaque and len(self.steps) == 1

    def _last_label(self, label: str) -> str:
        """Where the last step stands in the prompt."""
        return label if self._alone else join(label, len(self.steps))

    def _wording_alone(
        self, record: Record, names: Mapping[str, str], label: str
    ) -> str:
        own, lines = self._own_names(record, names)
        step = self.steps[0]
        given = {
            name: self._reads(source, label, own) for name, source in step.feeds.items()
        }
        if not self.parameters:
            given.update(names)
        text = step.node.wording(record.parts[0], given, label)
        return "\n".join([*lines, text])

    def _own_names(
        self, record: Record, names: Mapping[str, str]
    ) -> tuple[dict[str, str], list[str]]:
        """How the composite's parameters read, and the lines that introduce them.

        A value that is used once stands where it is used; others get a name.
        """
        own = dict(names)
        lines = []
        for one in self.parameters:
            uses = [
                (step.node, source)
                for step in self.steps
                for source in step.feeds.values()
                if source.step is None and source.name == one.name
            ]
            if one.name in own or not uses:
                continue
            node, source = uses[0]
            value = show(record.inputs[one.name], one.type)
            if len(uses) == 1 and source.part is None and isinstance(node, Brick):
                own[one.name] = value
            else:
                own[one.name] = one.name
                lines.append(f"Let {one.name} be {value}.")
        return own, lines

    def _reads(self, source: Source, label: str, own: Mapping[str, str]) -> str:
        """How a fed value reads in the prompt."""
        if source.step is None:
            reads = own[source.name]
            if source.part is None:
                return reads
            kind = next(one.type for one in self.parameters if one.name == source.name)
            return f"{component(kind, source.part)} of {reads}"
        node = self.steps[source.step].node
        here = join(label, source.step + 1)
        if source.part is None:
            return node.reference(here)
        return node.component(here, source.part)

    def form(self, label: str) -> str:
        if self.opaque:
            return self.steps[-1].node.form(self._last_label(label))
        count = len(self.steps)
        lines = [
            f"a list of the {count} results in order:"
            if count > 1
            else "a list with the one result:"
        ]
        for index, step in enumerate(self.steps):
            here = join(label, index + 1)
            lines.append(f"- step {here}: {indent(step.node.form(here))}")
        return "\n".join(lines)

    def example(self, record: Record, rng: Rng) -> str:
        if self.opaque:
            return self.steps[-1].node.example(record.parts[-1], rng)
        shown = [
            step.node.example(part, rng)
            for step, part in zip(self.steps, record.parts, strict=True)
        ]
        return f"[{', '.join(shown)}]"

    @property
    def few(self) -> bool:
        steps = self.steps[-1:] if self.opaque else self.steps
        return all(step.node.few for step in steps)

    def reference(self, label: str) -> str:
        if self.opaque and not self._alone:
            return super().reference(label)
        return self.steps[-1].node.reference(self._last_label(label))

    def component(self, label: str, part: int) -> str:
        if self.opaque and not self._alone:
            return super().component(label, part)
        return self.steps[-1].node.component(self._last_label(label), part)

    # ── grading ──

    def accepts(self, record: Record, value: Any) -> bool:
        return self.steps[-1].node.accepts(record.parts[-1], value)

    def mark(self, record: Record, text: str | None, label: str = "") -> Mark:
        count = len(self.steps)
        labels = [join(label, index + 1) for index in range(count)]
        if self.opaque:
            last = self.steps[-1].node
            return last.mark(record.parts[-1], text, self._last_label(label))
        if text is None:
            return Mark(wrong("no answer"), record.value)
        texts = split(text, count, labels)
        if texts is None:
            return Mark(wrong(f"not a list of {count} results"), record.value)
        marks: list[Mark] = []
        for index, step in enumerate(self.steps):
            part = self._rerun(index, record, [mark.value for mark in marks])
            if part is None:
                marks.append(Mark(wrong("does not run on the chosen value"), LOST))
            else:
                marks.append(step.node.mark(part, texts[index], labels[index]))
        verdicts = tuple([mark.verdict for mark in marks])
        verdict = combined(verdicts, 0.0, [f"step {here}" for here in labels])
        return Mark(self._rewarded(verdict), marks[-1].value)

    def _rerun(self, index: int, record: Record, values: list[Any]) -> Record | None:
        """A step's record, run again where the model chose a value that it uses; None
        where it does not run on that."""
        step, part = self.steps[index], record.parts[index]
        used = [
            source.step for source in step.feeds.values() if source.step is not None
        ]
        if all(values[place] is record.parts[place].value for place in used):
            return part
        if any(values[place] is LOST for place in used):
            return None
        try:
            return step.node.again(part, step.fed(values, record.inputs))
        except Undefined:
            return None

    def _rewarded(self, verdict: Verdict) -> Verdict:
        if self.reward == "last":
            reward = float(verdict.parts[-1].correct)
        elif self.reward == "all":
            reward = float(verdict.correct)
        else:
            reward = verdict.prefix / len(verdict.parts)
        return replace(verdict, reward=reward)

    # ── as data ──

    def _fed_to(self, index: int, fed: Collection[str]) -> Collection[str]:
        """The names of a step's fed parameters."""
        feeds = self.steps[index].feeds
        return {*feeds, *fed} if index == 0 and not self.parameters else feeds

    def given(self, record: Record, fed: Collection[str]) -> dict[str, Any]:
        out = self._own_json(record, fed)
        for index, step in enumerate(self.steps):
            drawn = step.node.given(record.parts[index], self._fed_to(index, fed))
            head = index == 0 and not self.parameters
            for name, value in drawn.items():
                out[name if head else join(str(index + 1), name)] = value
        return out

    def _own_json(self, record: Record, fed: Collection[str]) -> dict[str, Any]:
        return {
            one.name: encode(record.inputs[one.name], one.type)
            for one in self.parameters
            if one.name not in fed and one.name not in self.fixed
        }

    def written(self, record: Record) -> str:
        if self.opaque:
            return self.steps[-1].node.written(record.parts[-1])
        shown = [
            step.node.written(part)
            for step, part in zip(self.steps, record.parts, strict=True)
        ]
        return f"[{', '.join(shown)}]"

    def answer_json(self, record: Record) -> Any:
        answers = [
            step.node.answer_json(part)
            for step, part in zip(self.steps, record.parts, strict=True)
        ]
        return answers[-1] if self.opaque else answers

    def encode(self, record: Record, fed: Collection[str]) -> Any:
        steps = [
            step.node.encode(record.parts[index], self._fed_to(index, fed))
            for index, step in enumerate(self.steps)
        ]
        return {"in": self._own_json(record, fed), "steps": steps}

    def decode(self, data: Any, fed: Mapping[str, Any]) -> Record:
        inputs = {**self.fixed, **fed}
        for one in self.parameters:
            if one.name not in inputs:
                inputs[one.name] = decode(data["in"][one.name], one.type)
        parts: list[Record] = []
        values: list[Any] = []
        for index, (step, trace) in enumerate(
            zip(self.steps, data["steps"], strict=True)
        ):
            part = step.node.decode(trace, self._given_to(index, values, inputs, fed))
            parts.append(part)
            values.append(part.value)
        return self._record(inputs, tuple(parts))

    def instances(self, fed: Collection[str], cap: int) -> int:
        total = 1
        for one in self.parameters:
            if one.name not in fed and one.name not in self.fixed:
                total *= (
                    instances(one.type, self._limits(one), cap)
                    if ground(one.type)
                    else 1
                )
        for index, step in enumerate(self.steps):
            if total < cap:
                total *= step.node.instances(self._fed_to(index, fed), cap)
        return min(cap, total)

    def _limits(self, one: Parameter) -> Limits:
        try:
            return limits(10, one.name, self.levels, {})
        except KeyError:
            return Limits(10)


# ── compile time: everything above is carried into emitted packages ──

if TYPE_CHECKING:
    from racesc.compose import Flat, Incoming, Judge, Typed
    from racesc.syntax import Operation


def rule(
    judge: Judge, flat: Flat, operation: Operation, incoming: Incoming | None
) -> Typed | None:
    """SEQUENTIAL: `|- C : src t` and `t |- o : t'` give `|- C >> o : src t'`.

    Chains are flattened before they come here, so this is the case of one that is fed
    by name in a block: `SEQUENTIAL(a, b)(xs)`.
    """
    from racesc.compose import REWARDS

    options = judge.options(operation.options, REWARDS)
    if options is None:
        return None
    return judge.chain(
        operation.parts,
        flat.scope,
        incoming,
        flat.site,
        reward=options.get("reward", "prefix"),
    )
