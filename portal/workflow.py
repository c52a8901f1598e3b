"""The states of a record and the steps between them, as data: pages, forms and tests read one table."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """From any of ``sources`` to ``target``; without a target the state stays.

    The page of the step asks for the fields ``asks`` and insists on ``needs``; ``clears`` are emptied,
    because they told of the state that is left. ``who`` names whose step it is, where more counts
    than the right to edit.
    """

    label: str
    sources: frozenset[str]
    target: str = ""
    asks: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    clears: tuple[str, ...] = ()
    who: str = ""


@dataclass(frozen=True)
class Workflow:
    """``field`` is the model field that holds the state."""

    steps: Mapping[str, Step]
    field: str = "state"

    def steps_from(self, state: str) -> dict[str, Step]:
        return {name: step for name, step in self.steps.items() if state in step.sources}

    def label(self, name: str) -> str:
        """What the step is called; one that was taken before this release did away with it, by its name."""
        return self.steps[name].label if name in self.steps else name

    def leads(self, source: str, target: str) -> bool:
        """Whether one or several steps lead from the one state to the other."""
        seen, ahead = set(), {source}
        while ahead:
            seen |= ahead
            ahead = {
                step.target
                for state in ahead
                for step in self.steps_from(state).values()
                if step.target
            } - seen
        return target in seen
