"""What every environment does at run time, base or composite.

Nodes are frozen data, built once by plain constructors. They hold no state: all that
belongs to one instance of a problem is in its ``Record``.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from .base import Parameter, Undefined
from .choice import Rng
from .member import same
from .problem import Verdict
from .text import noun
from .types import Newtype, Tuple, Type

LETTERS = "abcdefghijklmnopqrstuvwxyz"
NOTHING: Mapping[str, Any] = {}  # the notes of those who make none
REFUSED: Any = object()  # stands for the value of an operation that does not run


# Not frozen: that makes the making several times as slow, and there are many.
@dataclass(slots=True)
class Record:
    """One drawn instance of a node; never changed once it is made.

    ``inputs`` are the values of its parameters, fed ones too. ``answer`` is what the
    model is to write, ``value`` what is fed onwards; ``parts`` are the records of a
    composite's parts, ``notes`` what else a node wants to remember.
    """

    inputs: Mapping[str, Any]
    answer: Any
    value: Any
    parts: tuple[Record, ...] = ()
    notes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mark:
    """A verdict on a part of a reply, and the value that the rest is run from: the
    record's own, unless the model was free to choose."""

    verdict: Verdict
    value: Any


class Node(ABC):
    """An environment at run time.

    ``fed`` always maps, or names, the parameters whose values come from elsewhere.
    ``label`` is a node's place in the prompt: "" for the whole, else step numbers and
    part letters with points between ("2", "2.1", "b.1"). ``path`` is its place in the
    composite, in the same form, and keys its randomness.
    """

    def __getstate__(self) -> dict[str, Any]:
        """What is pickled: the fields, and nothing that was derived from them."""
        own = getattr(self, "__dataclass_fields__", {})
        return {name: value for name, value in vars(self).items() if name in own}

    @property
    @abstractmethod
    def ports(self) -> tuple[Parameter, ...]:
        """The parameters that may be fed, in order; the first one is fed by default."""

    @property
    @abstractmethod
    def codomain(self) -> Type:
        """The type of the value; its bounds may speak of the node's own parameters."""

    @abstractmethod
    def draw(self, rng: Rng, path: str, level: int, fed: Mapping[str, Any]) -> Record:
        """An instance with the fed values bound and everything else drawn given them.

        Raises ContractError, naming the environment, where one breaks its promises.
        """

    def drawn(self, rng: Rng, path: str, level: int) -> Mapping[str, Any]:
        """The values of the parameters alone, as ``draw`` draws them where none is fed.

        A composite overrides this: whoever takes the value may know that it is narrower
        than what is drawn here, so what follows the parameters must not be run on it.
        """
        return self.draw(rng, path, level, {}).inputs

    @abstractmethod
    def again(self, record: Record, fed: Mapping[str, Any]) -> Record:
        """The same operation, with what was drawn for it, on other fed values.

        Raises Undefined where it does not run on them.
        """

    def rerun(self, record: Record, fed: Mapping[str, Any]) -> Any:
        """The value of ``again``; REFUSED where it does not run."""
        try:
            return self.again(record, fed).value
        except Undefined:
            return REFUSED

    def runner(self, record: Record, name: str) -> Callable[[Any], Any]:
        """``rerun`` as a function of the value that one parameter is fed: for where the
        same operation is tried on many values. Not for several at the same time."""
        return lambda value: self.rerun(record, {name: value})

    @abstractmethod
    def adapt(self, shapes: Mapping[str, Type]) -> Node | None:
        """The node with its type variables bound anew, to the shapes of fed values.
        None where the constructors do not match."""

    @abstractmethod
    def wording(self, record: Record, names: Mapping[str, str], label: str) -> str:
        """The task in words; ``names`` says how each fed parameter reads. Lines after
        the first are indented by the caller."""

    @abstractmethod
    def form(self, label: str) -> str:
        """How the answer is to be written, as a phrase; a composite adds a bulleted
        line for each part."""

    @abstractmethod
    def example(self, record: Record, rng: Rng) -> str:
        """An answer of the right form, as it may be written, which is not right; ""
        where any example would give the answer away. Of ``few`` answers, any."""

    @property
    def few(self) -> bool:
        """Whether so few answers are possible, in every part, that one which is not
        right would tell much about the right one."""
        return False

    @abstractmethod
    def mark(self, record: Record, text: str | None, label: str = "") -> Mark:
        """Judge a part of a reply, None where it is missing. Never raises."""

    @abstractmethod
    def given(self, record: Record, fed: Collection[str]) -> dict[str, Any]:
        """What was drawn, by name or path, in JSON's values."""

    @abstractmethod
    def written(self, record: Record) -> str:
        """The record's answer as the form asks for it to be written."""

    @abstractmethod
    def answer_json(self, record: Record) -> Any:
        """The record's answer in JSON's values."""

    @abstractmethod
    def encode(self, record: Record, fed: Collection[str]) -> Any:
        """The record in JSON's values, without what was fed."""

    @abstractmethod
    def decode(self, data: Any, fed: Mapping[str, Any]) -> Record:
        """The record that ``encode`` gave, with the fed values bound again.

        For data that ``encode`` did not give it may raise anything.
        """

    @abstractmethod
    def instances(self, fed: Collection[str], cap: int) -> int:
        """About how many instances there are to draw, counted up to ``cap``, and not
        more than there are."""

    def accepts(self, record: Record, value: Any) -> bool:
        """Whether a value is a right result: the record's own, or where an order of
        steps is asked for and not used onwards, any that leads to the final result."""
        return same(value, record.value)

    def consumed(self) -> Node:
        """The node as it is where its value is fed onwards: of many right answers one
        is singled out, where that is the node's own to do."""
        return self

    def grade(self, record: Record, text: str | None) -> Verdict:
        """The verdict of ``mark`` on the payload of a whole reply."""
        return self.mark(record, text).verdict

    def reference(self, label: str) -> str:
        """How the value of this node reads in what comes after it."""
        return reference(label, noun(self.codomain))

    def component(self, label: str, part: int) -> str:
        """How one component of this node's tuple reads in what comes after it."""
        return f"{component(self.codomain, part)} of {self.reference(label)}"


ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")


def join(path: str, last: str | int) -> str:
    """The path of a part of what stands at ``path``."""
    return f"{path}.{last}" if path else str(last)


def letter(index: int) -> str:
    """a, b, …, z, aa, ab, …"""
    rest, last = divmod(index, 26)
    return (letter(rest - 1) if rest else "") + LETTERS[last]


def place(label: str) -> str:
    """A place in the prompt in words: "step 2.1", "(b)", "(b) of step 1"."""
    if not label:
        return "this task"
    above, _, last = label.rpartition(".")
    if last[0].isdigit():
        return f"step {label}"
    return f"({last}) of {place(above)}" if above else f"({last})"


def reference(label: str, what: str) -> str:
    """How what stands at a place is spoken of: "the list from step 2", "answer (a)"."""
    above, _, last = label.rpartition(".")
    if last and not last[0].isdigit():
        return f"answer ({last})" + (f" of {place(above)}" if above else "")
    return f"the {what} from {place(label)}"


def component(kind: Type, part: int) -> str:
    """One component of a tuple type in words: "the first number"."""
    while isinstance(kind, Newtype):
        kind = kind.body
    if not isinstance(kind, Tuple):
        return f"the {ORDINALS[part]} item"
    nouns = {noun(item) for item in kind.items}
    return f"the {ORDINALS[part]} {nouns.pop() if len(nouns) == 1 else 'item'}"


def indent(text: str, width: int = 2) -> str:
    """The text with all lines but the first moved to the right."""
    return text.replace("\n", "\n" + " " * width) if "\n" in text else text
