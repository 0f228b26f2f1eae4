"""A problem and a verdict: plain data that goes through JSON unchanged."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

SPLITS = ("train", "validation", "test")


def _loaded(data: str | bytes) -> Any:
    """What JSON says; ValueError for anything that is none."""
    try:
        return json.loads(data)
    except RecursionError:
        raise ValueError("JSON that is nested too deeply") from None


@dataclass(frozen=True)
class Problem:
    """One instance of an environment.

    ``inputs`` are the drawn inputs by name or by path ("3.k", "a.n"), ``answer`` is
    what a reply should hold, and ``trace`` is all that grading needs. The last two are
    not for the solver's eyes.
    """

    id: str
    env: str
    seed: int
    level: int
    split: str
    prompt: str
    inputs: dict[str, Any]
    answer: Any
    trace: Any

    def to_dict(self) -> dict[str, Any]:
        """The fields by name; every value is one that JSON has."""
        return {name: getattr(self, name) for name in _FIELDS}

    def to_json(self) -> str:
        """The problem as one line of JSON."""
        return json.dumps(self.to_dict(), ensure_ascii=False)

    @classmethod
    def from_json(cls, data: str | bytes | Mapping[str, Any]) -> Problem:
        """The problem that ``to_json`` or ``to_dict`` gave; ValueError for others."""
        if isinstance(data, (str, bytes)):
            data = _loaded(data)
        if not isinstance(data, Mapping):
            raise ValueError("a problem is a JSON object")
        missing = [name for name in _FIELDS if name not in data]
        if missing:
            raise ValueError(f"the problem has no {', '.join(missing)}")
        return cls(**{name: data[name] for name in _FIELDS})


_FIELDS = tuple(field.name for field in fields(Problem))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a reply is worth.

    ``reward`` is in 0..1; ``correct`` says that everything is right; ``parsed`` is the
    answer as it was read, None where none was; ``prefix`` counts the leading parts that
    are right; ``parts`` are the verdicts on a composite's parts; ``reason`` says in
    words what is wrong, and is empty where nothing is.
    """

    reward: float
    correct: bool
    parsed: Any
    prefix: int
    parts: tuple[Verdict, ...]
    reason: str

    def to_dict(self) -> dict[str, Any]:
        """The same keys for every verdict, with values that JSON has."""
        return {
            "reward": self.reward,
            "correct": self.correct,
            "parsed": self.parsed,
            "prefix": self.prefix,
            "parts": [part.to_dict() for part in self.parts],
            "reason": self.reason,
        }

    def to_json(self) -> str:
        """The verdict as one line of JSON."""
        return json.dumps(self.to_dict(), ensure_ascii=False)

    @classmethod
    def from_json(cls, data: str | bytes | Mapping[str, Any]) -> Verdict:
        """The verdict that ``to_json`` or ``to_dict`` gave; ValueError for others."""
        values: Any = _loaded(data) if isinstance(data, (str, bytes)) else data
        try:
            return cls(
                reward=values["reward"],
                correct=values["correct"],
                parsed=values["parsed"],
                prefix=values["prefix"],
                parts=tuple(map(cls.from_json, values["parts"])),
                reason=values["reason"],
            )
        except (KeyError, TypeError) as error:
            raise ValueError("this is no verdict") from error


def right(parsed: Any) -> Verdict:
    """The verdict on one right answer."""
    return Verdict(1.0, True, parsed, 1, (), "")


def wrong(reason: str, parsed: Any = None) -> Verdict:
    """The verdict on one wrong or missing answer."""
    return Verdict(0.0, False, parsed, 0, (), reason)


def combined(parts: tuple[Verdict, ...], reward: float, places: list[str]) -> Verdict:
    """The verdict on a composite whose parts stand at ``places`` ("step 2", "(b)")."""
    prefix = 0
    for part in parts:
        if not part.correct:
            break
        prefix += 1
    reasons = [
        f"{place}: {part.reason}"
        for place, part in zip(places, parts, strict=True)
        if not part.correct
    ]
    parsed = [part.parsed for part in parts]
    correct = prefix == len(parts)
    return Verdict(reward, correct, parsed, prefix, parts, "; ".join(reasons))
