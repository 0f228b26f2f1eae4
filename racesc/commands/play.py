"""`racesc play PATH ENV`: problems to answer in the terminal, harder while you are right.

``Game`` and the texts are pure; ``run`` reads lines and prints.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from racesc.commands.sample import add_selection
from racesc.session import open_session
from racesc.terminal import Terminal, Usage

PROSE = """\
Answer problems of an environment in the terminal. Two right answers in a row raise the
level, a wrong one lowers it. ENV is a name or any composition expression."""
EXAMPLES = """\
examples:
  racesc play lists sort                            a warm-up
  racesc play lists 'to_digits >> sort >> reverse'  a chain: answer every step
  racesc play puzzles.races both --level 5          begin in the middle

Type an answer and press Enter; a list as [3, 1, 2]; steps as [12, [1, 2]] or one line
each ("Step 1: 12"), ended by an empty line. `?` shows the answer, `q` ends the game."""

UP_AFTER = 2  # right answers in a row
QUIT = frozenset({"q", "quit", "exit", ":q"})
PRAISE = ("Right.", "Right again.", "Three in a row.", "Still right.", "Splendid.")


@dataclass(frozen=True)
class Game:
    """Where a game stands."""

    level: int = 1
    streak: int = 0
    best: int = 0
    right: int = 0
    asked: int = 0

    def after(self, correct: bool) -> Game:
        """The game after an answer."""
        if not correct:
            return replace(
                self, level=max(1, self.level - 1), streak=0, asked=self.asked + 1
            )
        streak = self.streak + 1
        up = streak % UP_AFTER == 0
        return Game(
            level=min(10, self.level + up),
            streak=streak,
            best=max(self.best, streak),
            right=self.right + 1,
            asked=self.asked + 1,
        )

    def summary(self) -> str:
        """The game in one sentence."""
        if not self.asked:
            return "No answers this time."
        return (
            f"{self.right} of {self.asked} right, longest streak {self.best},"
            f" level {self.level}."
        )


def header(game: Game, number: int) -> str:
    """The line above a problem."""
    bar = "■" * game.level + "□" * (10 - game.level)
    streak = f"   streak {game.streak}" if game.streak else ""
    return f"── {number} ── level {bar} {game.level}{streak}"


def change(before: Game, now: Game) -> str:
    """What an answer did to the level; empty where nothing."""
    if now.level > before.level:
        return f"Up to level {now.level}!"
    if now.level < before.level:
        return f"Down to level {now.level}."
    return ""


def for_player(prompt: str) -> str:
    """The prompt without the tags, which a player need not type."""
    prompt = prompt.replace(
        "Write your answer between <answer> and </answer>: ", "Answer with "
    )
    return re.sub(
        r"(?m)^For example: <answer>(.*)</answer>$", r"For example: \1", prompt
    )


def complete(lines: list[str]) -> bool:
    """Whether a reply ends with its last line: brackets are closed, and a reply that
    began with "Step 1:" or "a:" is ended by an empty line."""
    text = "\n".join(lines)
    if not lines[-1].strip():
        return True
    first = lines[0].strip().lower()
    if first.startswith("step ") or first[:2] in ("a:", "a)", "a.") or first == "(a)":
        return False
    opened = sum(map(text.count, "([{"))
    closed = sum(map(text.count, ")]}"))
    return closed >= opened


def wrapped(reply: str) -> str:
    """A typed answer as the reply that is graded."""
    lowered = reply.lower()
    if "<answer>" in lowered or "\\boxed" in lowered:
        return reply
    return f"<answer>{reply}</answer>"


def verdict_text(verdict: dict[str, Any], praise: str) -> str:
    """A verdict in words: what was right, and where it went wrong."""
    if verdict["correct"]:
        return f"✓ {praise}"
    parts = verdict["parts"]
    lines = ["✗ " + (verdict["reason"] or "not right")]
    if len(parts) > 1:
        lines[0] = f"✗ {sum(part['correct'] for part in parts)} of {len(parts)} right"
        for number, part in enumerate(parts, start=1):
            sign = "✓" if part["correct"] else "✗"
            reason = "" if part["correct"] else f": {part['reason'] or 'not right'}"
            lines.append(f"  {sign} part {number}{reason}")
    if verdict["reward"]:
        lines.append(f"  reward {verdict['reward']:.2f}")
    return "\n".join(lines)


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `play`."""
    add_selection(parser)
    parser.add_argument(
        "--level", type=int, default=1, metavar="L", help="begin at level 1..10 (1)"
    )
    parser.add_argument(
        "--seed", type=int, metavar="S", help="the first seed (drawn at random)"
    )
    parser.add_argument(
        "-n", "--rounds", type=int, metavar="N", help="end after N problems"
    )


def read_reply(read: Callable[[str], str]) -> str | None:
    """A typed reply, None at the end of input."""
    lines: list[str] = []
    while not lines or not complete(lines):
        try:
            line = read("> " if not lines else ". ")
        except EOFError:
            return "\n".join(lines) if any(map(str.strip, lines)) else None
        if not lines and not line.strip():
            continue
        lines.append(line)
        if len(lines) == 1 and line.strip().lower() in QUIT | {"?"}:
            break
    return "\n".join(lines).strip()


def ask(prompt: str) -> str:
    """A line from the terminal, with its editing keys, or from a pipe."""
    if sys.stdin.isatty():
        try:
            import readline  # noqa: F401  (arrow keys, where Python has it)
        except ImportError:
            pass
        return input(prompt)
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line.rstrip("\r\n")


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Play until `q`, the end of input, or after the wanted number of problems."""
    if not 1 <= options.level <= 10:
        raise Usage(f"a level is 1..10, not {options.level}")
    seed = options.seed
    if seed is None:
        import random

        seed = random.SystemRandom().randrange(10**9)
    if seed < 0:
        raise Usage(f"a seed is not negative, {seed} is")
    game = Game(level=options.level)
    with open_session(options.path, options.env, terminal) as session:
        terminal.note("`q` ends the game, `?` shows the answer.")
        number = 0
        while options.rounds is None or number < options.rounds:
            problem = session.generate(seed + number, game.level)
            number += 1
            terminal.print()
            terminal.print(terminal.style(header(game, number), "bold"))
            terminal.print(for_player(problem["prompt"]))
            terminal.print()
            sys.stdout.flush()
            reply = read_reply(ask)
            if reply is None or reply.lower() in QUIT:
                break
            before = game
            if reply == "?":
                game = replace(game.after(False), asked=game.asked)
            else:
                verdict = session.grade(problem, wrapped(reply))
                praise = PRAISE[min(game.streak, len(PRAISE) - 1)]
                game = game.after(verdict["correct"])
                color = "green" if verdict["correct"] else "red"
                terminal.print(terminal.style(verdict_text(verdict, praise), color))
            if reply == "?" or game.streak == 0:
                terminal.print(f"  The answer: {session.gold(problem)}")
            if change(before, game):
                terminal.print(terminal.style(change(before, game), "yellow"))
    terminal.print()
    terminal.print(game.summary())
    return 0
