"""What a measure gives back: a line for each case, with the ratios that it was to reach."""

from dataclasses import dataclass, field

from tests.bench.timing import Sample


@dataclass(frozen=True)
class Ratio:
    """``name`` is ours to something, or something to ours; ``bound`` is what it was to reach."""

    name: str
    value: float | None
    bound: float
    at_least: bool = False
    reason: str = ""  # why it was not measured

    @property
    def reached(self) -> bool | None:
        if self.value is None:
            return None
        return self.value >= self.bound if self.at_least else self.value <= self.bound

    @property
    def text(self) -> str:
        if self.value is None:
            return f"{self.name}: not run, {self.reason}"
        sign = "≥" if self.at_least else "≤"
        places = 2 if self.value >= 0.1 else 4
        return f"{self.name} {self.value:,.{places}f} ({sign} {self.bound:g})"


@dataclass(frozen=True)
class Line:
    """One case of a measure: ours, and what it stood beside; a text in place of a sample says why not."""

    case: str
    ours: Sample
    beside: dict[str, Sample | str] = field(default_factory=dict)
    ratios: tuple[Ratio, ...] = ()
    note: str = ""

    def told(self) -> dict:
        return {
            "case": self.case,
            "ours": self.ours.told(),
            "beside": {
                name: each if isinstance(each, str) else each.told()
                for name, each in self.beside.items()
            },
            "ratios": [
                {
                    "name": r.name,
                    "value": None if r.value is None else round(r.value, 3),
                    "bound": r.bound,
                    "at_least": r.at_least,
                    "reached": r.reached,
                    "reason": r.reason,
                }
                for r in self.ratios
            ],
            "note": self.note,
        }
