"""`racesc enumerate PATH`: the legal compositions, one JSON object on each line."""

from __future__ import annotations

import argparse
import gc
import re
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from racesc.space.options import add_selection, open_chosen, selection
from racesc.terminal import Terminal, Usage, bar

PROSE = """\
List the legal compositions of a scope as JSON lines: rank, id, expression, signature,
size, depth. The order is fixed: by size, operator, then the library's own order. With
--sample they come in a random order without repetitions that depends on the seed
alone. Any part can be asked for: a stream is resumed with --offset, and split with
--shard."""
EXAMPLES = """\
examples:
  racesc enumerate lists --size 2 --limit 10
  racesc enumerate puzzles.races --size 2..5 --sample 1000 --seed 7
  racesc enumerate lists --goal Int --offset 1000 --limit 100
  racesc enumerate stdlib_envs --size 2 --shard 1/4"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `enumerate`."""
    add_selection(parser)
    group = parser.add_argument_group("which of them")
    group.add_argument("--limit", type=int, metavar="N", help="at most so many")
    group.add_argument(
        "--offset", type=int, default=0, metavar="N", help="leave out the first N"
    )
    group.add_argument(
        "--shard", metavar="I/N", help="the I-th of N equal parts, I in 1..N"
    )
    group.add_argument(
        "--sample", type=int, metavar="N", help="N of them in a random order"
    )
    group.add_argument(
        "--seed", type=int, default=0, metavar="S", help="of the random order (0)"
    )
    parser.add_argument(
        "--json", action="store_true", help="JSON lines, which is what it writes anyway"
    )


def positions(options: argparse.Namespace, total: int) -> range:
    """The positions in the stream that are asked for: sampled, then sharded, then
    offset and limited."""
    for name in ("limit", "offset", "sample", "seed"):
        value = getattr(options, name)
        if value is not None and value < 0:
            raise Usage(f"`--{name}` is a whole number from 0 on, not {value}")
    found = range(total)
    if options.sample is not None:
        found = found[: options.sample]
    if options.shard is not None:
        match = re.fullmatch(r"(\d{1,9})/(\d{1,9})", options.shard, re.ASCII)
        if match is None or not 1 <= int(match[1]) <= int(match[2]):
            raise Usage("`--shard` takes I/N with I in 1..N, such as `1/4`")
        part, parts, count = int(match[1]), int(match[2]), len_of(found)
        found = range((part - 1) * count // parts, part * count // parts)
    found = range(min(found.start + options.offset, found.stop), found.stop)
    if options.limit is not None:
        found = range(found.start, min(found.stop, found.start + options.limit))
    return found


def len_of(numbers: range) -> int:
    """A range's length where ``len`` may overflow."""
    return max(0, numbers.stop - numbers.start)


@contextmanager
def whole_lines() -> Iterator[list[bool]]:
    """Hold Ctrl-C back; the list says whether it came."""
    came: list[bool] = []
    kept = signal.getsignal(signal.SIGINT)
    try:
        signal.signal(signal.SIGINT, lambda *_: came.append(True))
    except ValueError:  # not in the main thread: then nobody presses Ctrl-C here
        yield came
        return
    try:
        yield came
    finally:
        signal.signal(signal.SIGINT, kept)


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Print the lines."""
    from racesc.space.shuffle import Shuffle
    from racesc.space.space import Space

    chosen = selection(options)
    positions(options, 0)  # bad numbers are found before anything is counted
    opened, chosen = open_chosen(options, chosen, terminal)
    terminal.progress("counting …")
    space = Space(opened.scope, chosen)
    wanted = positions(options, space.total)
    ranks: Any = wanted
    if options.sample is not None:
        shuffle = Shuffle(space.total, options.seed)
        ranks = (shuffle[position] for position in wanted)
    terminal.clear_progress()
    gc.freeze()  # the tables stay: no collection need walk over them again
    count, shown = len_of(wanted), time.monotonic()
    with whole_lines() as interrupted:
        for done, line in enumerate(space.lines(ranks), 1):
            sys.stdout.write(line + "\n")
            if interrupted:
                sys.stdout.flush()
                raise KeyboardInterrupt
            if not done % 256 and time.monotonic() - shown > 0.2:
                shown = time.monotonic()
                terminal.progress(f"{bar(done, count)} {done:,} of {count:,}")
        sys.stdout.flush()
    gc.unfreeze()
    terminal.clear_progress()
    return 0
