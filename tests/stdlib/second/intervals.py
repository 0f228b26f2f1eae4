"""Second solvers for intervals, written from the wording alone."""

from __future__ import annotations

Span = tuple[int, int]


def _usual(spans: list[Span]) -> list[Span]:
    return [(0 if s < 0 else s, 1 if d < 1 else d) for s, d in spans]


def _cells(spans: list[Span]) -> set[int]:
    """The unit pieces of time, by their starts."""
    return {t for s, d in _usual(spans) for t in range(s, s + d)}


def _runs(cells: set[int]) -> list[Span]:
    result: list[Span] = []
    for t in sorted(cells):
        if result and sum(result[-1]) == t:
            result[-1] = (result[-1][0], result[-1][1] + 1)
        else:
            result.append((t, 1))
    return result


def merge_spans(spans: list[Span]) -> list[Span]:
    return _runs(_cells(spans))


def covered_length(spans: list[Span]) -> int:
    return len(_cells(spans))


def busiest_time(spans: list[Span]) -> int:
    spans = _usual(spans)
    running = [0] * 20000
    for s, d in spans:
        for t in range(s, s + d):
            running[t] += 1
    return running.index(max(running))


def free_gaps(spans: list[Span]) -> list[Span]:
    spans = _usual(spans)
    if not spans:
        return []
    first = min(s for s, _ in spans)
    last = max(s + d for s, d in spans)
    return _runs(set(range(first, last)) - _cells(spans))


def common_spans(first: list[Span], second: list[Span]) -> list[Span]:
    return _runs(_cells(first) & _cells(second))


def earliest_meeting(first: list[Span], second: list[Span], duration: int) -> int:
    busy = _cells(first) | _cells(second)
    t = 0
    while not busy.isdisjoint(range(t, t + duration)):
        t += 1
    return t


def heaviest_compatible_total(spans: list[Span], weights: list[int]) -> int:
    spans = _usual(spans)
    best = [0] * 20000
    for t in range(1, 20000):
        best[t] = best[t - 1]
        for (s, d), weight in zip(spans, weights, strict=True):
            if s + d == t:
                best[t] = max(best[t], best[s] + weight)
    return best[-1]


def list_schedule_loads(durations: list[int], machines: int) -> list[int]:
    free = [0] * machines
    for duration in durations:
        free[free.index(min(free))] += duration
    return free


def shortest_job_order(jobs: list[Span]) -> list[int]:
    jobs = _usual(jobs)
    waiting = dict(enumerate(jobs, 1))
    order = []
    time = 0
    while waiting:
        time = max(time, min(a for a, _ in waiting.values()))
        arrived = [(d, i) for i, (a, d) in waiting.items() if a <= time]
        d, i = min(arrived)
        order.append(i)
        time += d
        del waiting[i]
    return order


def most_disjoint_spans(spans: list[Span]) -> list[int]:
    spans = _usual(spans)
    chosen = []
    end = 0
    for i in sorted(range(len(spans)), key=lambda i: sum(spans[i])):
        if spans[i][0] >= end:
            chosen.append(i + 1)
            end = sum(spans[i])
    return sorted(chosen)


def fewest_stabbing_times(spans: list[Span]) -> frozenset[int]:
    spans = _usual(spans)
    times: list[int] = []
    for s, d in sorted(spans, key=sum):
        if not any(s <= t <= s + d for t in times):
            times.append(s + d)
    return frozenset(times)


def assign_rooms(spans: list[Span]) -> list[int]:
    spans = _usual(spans)
    rooms = [0] * len(spans)
    for i in sorted(range(len(spans)), key=lambda i: spans[i]):
        start = spans[i][0]
        taken = {rooms[j] for j in range(len(spans)) if sum(spans[j]) > start}
        rooms[i] = next(r for r in range(1, len(spans) + 1) if r not in taken)
    return rooms


def most_jobs_on_time(jobs: list[Span]) -> frozenset[int]:
    # For each number of jobs the shortest possible total, going by due times.
    best: dict[int, tuple[int, frozenset[int]]] = {0: (0, frozenset())}
    for i in sorted(range(len(jobs)), key=lambda i: jobs[i][1]):
        d, due = max(1, jobs[i][0]), jobs[i][1]
        for count in sorted(best, reverse=True):
            total, chosen = best[count]
            if total + d <= due and (
                count + 1 not in best or total + d < best[count + 1][0]
            ):
                best[count + 1] = (total + d, chosen | {i + 1})
    return best[max(best)][1]
