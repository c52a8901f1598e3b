"""Samples: what was measured again and again, and what is told of it."""

import gc
import os
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Sample:
    """Values of one thing measured several times: seconds, or what ``unit`` says."""

    values: tuple[float, ...]
    unit: str = "s"

    @classmethod
    def of(cls, values: Sequence[float], unit: str = "s") -> "Sample":
        return cls(tuple(values), unit)

    def at(self, share: float) -> float:
        """The value below which that share of the values lies, the next higher one taken."""
        ordered = sorted(self.values)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    @property
    def p50(self) -> float:
        return statistics.median(self.values)

    @property
    def p95(self) -> float:
        return self.at(0.95)

    @property
    def spread(self) -> float:
        """From the tenth to the ninetieth hundredth, as a share of the median."""
        return (self.at(0.9) - self.at(0.1)) / self.p50 if self.p50 else 0.0

    def told(self) -> dict:
        keys = ("p50", "p95", "spread")
        return {key: round(getattr(self, key), 6) for key in keys} | {
            "unit": self.unit,
            "n": len(self.values),
        }

    @property
    def text(self) -> str:
        if self.unit == "score":
            return f"{self.p50:.4f}"
        if self.unit != "s":
            return f"{self.p50:,.0f} {self.unit}"
        factor, unit = (1000, "ms") if self.p50 < 10 else (1, "s")
        most = f" (p95 {self.p95 * factor:,.1f})" if len(self.values) >= 5 else ""
        return f"{self.p50 * factor:,.{2 if self.p50 * factor < 10 else 1}f} {unit}{most}"


def timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def repeated(works: Sequence[Callable[[], object]], warm: int = 1) -> Sample:
    """Each of ``works`` once, after ``warm`` of them that are not counted."""
    for work in works[:warm]:
        work()
    gc.collect()
    return Sample.of([timed(work) for work in works])


def times(count: int, work: Callable[[], object], warm: int = 1) -> Sample:
    return repeated([work] * count, warm)


def alternately(count: int, *works: Callable[[], object], warm: int = 1) -> list[Sample]:
    """Several things by turns, so that a load that comes and goes hits all of them alike."""
    for _ in range(warm):
        for work in works:
            work()
    gc.collect()
    rounds = [[timed(work) for work in works] for _ in range(count)]
    return [Sample.of(values) for values in zip(*rounds, strict=True)]


def cpu_alternately(count: int, *works: Callable[[], object], warm: int = 2) -> list[Sample]:
    """As ``alternately``, of this process's processor time."""
    for _ in range(warm):
        for work in works:
            work()
    gc.collect()
    rounds = []
    for _ in range(count):
        row = []
        for work in works:
            began = time.process_time()
            work()
            row.append(time.process_time() - began)
        rounds.append(row)
    return [Sample.of(values) for values in zip(*rounds, strict=True)]


def load() -> float:
    """Processes that wanted to run in the last minute, on average."""
    return os.getloadavg()[0]
