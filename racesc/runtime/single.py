"""Nodes that are answered with one value of their codomain."""

from __future__ import annotations

import json
from functools import cached_property
from typing import Any

from .bounds import Bound, Expression
from .choice import Rng
from .instances import instances
from .limits import Limits
from .member import plain, rebuild, same
from .node import Mark, Node, Record
from .problem import right, wrong
from .readers import readings
from .text import encode, form, sample_answer, show
from .types import Bool, Labels, Newtype, Range, Type

FEW = 5  # possible answers of which a wrong one tells much about the right one
EXAMPLES = 24  # different examples that a node knows, to choose from


class Single(Node):
    """What they share: the answer's form, an example, and the comparison."""

    @cached_property
    def _form(self) -> Type:
        """The codomain with the bounds that do not depend on the inputs."""

        def plain(bound: Bound) -> Bound:
            return None if isinstance(bound, Expression) else bound

        def ends(role: str, ends: Range) -> Range:
            low, high = plain(ends[0]), plain(ends[1])
            return (low if role == "number" else low or 0), high

        return rebuild(self.codomain, ends)

    @cached_property
    def choices(self) -> tuple[Any, ...]:
        """All answers of a type so small that its form lists them."""
        kind = self._form
        while isinstance(kind, Newtype):
            kind = kind.body
        if isinstance(kind, Labels):
            return kind.labels
        return (True, False) if isinstance(kind, Bool) else ()

    @cached_property
    def few(self) -> bool:
        if self.choices:
            return True
        return instances(self._form, Limits(10), FEW + 1) <= FEW

    @cached_property
    def _examples(self) -> list[tuple[Any, str]]:
        """Answers that may stand as an example, with their text."""
        kind = self._form
        values = [sample_answer(kind, (), salt) for salt in range(EXAMPLES)]
        return [(value, show(value, kind)) for value in values]

    def form(self, label: str) -> str:
        return self._form_text

    @cached_property
    def _form_text(self) -> str:
        return form(self._form)

    def example(self, record: Record, rng: Rng) -> str:
        if self.choices:
            # Not to show the right one of two would give it away: any may stand here.
            return show(rng.choice(self.choices), self._form)
        start = rng.randrange(EXAMPLES)
        if self.few:
            return self._examples[start][1]
        for turn in range(EXAMPLES):
            value, text = self._examples[(start + turn) % EXAMPLES]
            if not self._right(record, value):
                return text
        kind = self._form
        return show(sample_answer(kind, (record.answer,), start), kind)

    def mark(self, record: Record, text: str | None, label: str = "") -> Mark:
        if text is None:
            return Mark(wrong("no answer"), record.value)
        kind = self._form
        values = readings(text, kind)
        for value in values:
            if self._right(record, value):
                return Mark(right(self._json(value)), self._onwards(record, value))
        if self._literal(record, text):
            return Mark(right(self._json(record.answer)), record.value)
        if not values:
            return Mark(wrong(f"not {form(kind)}"), record.value)
        return Mark(wrong("wrong", self._json(values[0])), record.value)

    def _literal(self, record: Record, text: str) -> bool:
        """Whether a text is one of our own spellings of the answer: those are right
        even where they have more digits than a reader takes from anybody."""
        answer = self._json(record.answer)
        try:
            return text in (
                json.dumps(answer),
                repr(answer),
                show(record.answer, self._form),
            )
        except (TypeError, ValueError):
            return False

    def _right(self, record: Record, value: Any) -> bool:
        """Whether a value of the answer's form is right."""
        return same(value, record.answer)

    def _onwards(self, record: Record, value: Any) -> Any:
        """What the rest is run from after this right answer."""
        return record.value

    def written(self, record: Record) -> str:
        return show(record.answer, self._form)

    def answer_json(self, record: Record) -> Any:
        return self._json(record.answer)

    @cached_property
    def _plain_answer(self) -> bool:
        return plain(self._form)

    def _json(self, value: Any) -> Any:
        return value if self._plain_answer else encode(value, self._form)
