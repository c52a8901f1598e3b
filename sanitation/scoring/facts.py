"""What a score is made of, and the rule that makes it."""

from dataclasses import dataclass
from decimal import Decimal

from sanitation.enums.rectification import CardColour
from sanitation.enums.scoring import TieRule


@dataclass(frozen=True)
class Rule:
    """As ``ScoreRule`` keeps it. ``ranking_penalties`` begin with the last of the ranking."""

    patrol_cap: Decimal | None = None
    restored_percent: int = 0
    posters_marks: Decimal = Decimal(0)
    sorting_marks: Decimal = Decimal(0)
    fee_bonus: Decimal = Decimal(0)
    fee_rate_from: Decimal = Decimal(0)
    ranking_penalties: tuple[Decimal, ...] = ()
    visit_base: str = "households"
    ties: str = TieRule.LIGHTER.value
    blue_card: Decimal = Decimal(0)
    yellow_card: Decimal = Decimal(0)
    red_card: Decimal = Decimal(0)
    least_communities: int = 4
    least_groups: int = 1
    floor: Decimal = Decimal(0)
    ceiling: Decimal = Decimal(100)


@dataclass(frozen=True)
class Source:
    """The record that something comes from, as it was then."""

    model: str
    key: int
    label: str
    version: int = 1


@dataclass(frozen=True)
class Check:
    """A scored check of the quarter: ``score`` of the marks that applied; nought where nothing did."""

    source: Source
    score: Decimal | None
    full: Decimal


@dataclass(frozen=True)
class Serious:
    """A serious finding of a patrol. Findings of one ``problem`` count once, the dearest of them."""

    source: Source
    points: Decimal
    problem: int
    closed_in_time: bool = False
    order: str = ""


@dataclass(frozen=True)
class Counted:
    """A problem that took points off elsewhere already: in a check of the quarter, or in an earlier one."""

    problem: int
    where: str


@dataclass(frozen=True)
class Share:
    """So much of so much: homes with the poster, marks of a special check, households that paid."""

    source: Source
    got: Decimal
    of: Decimal


@dataclass(frozen=True)
class Standing:
    """A place in the ranking of household visits, counted from the last (1), which ``tied`` communities
    share; ``is_even`` where all are equal, so that nobody is last."""

    place: int
    tied: int
    among: int
    is_even: bool = False


@dataclass(frozen=True)
class Card:
    """``colour`` is empty where it is only known that the card is not yellow: scores were stored so before
    the other colours could take points off."""

    source: Source
    colour: str = CardColour.YELLOW.value


@dataclass(frozen=True)
class Adjustment:
    """What an objection that was upheld gives back."""

    source: Source
    points: Decimal


@dataclass(frozen=True)
class Inputs:
    """All that is known of one community in the quarter, in any order.

    ``visits`` is what the ranking goes by, None where nothing can be divided; ``standing`` follows from the
    visits of all. ``groups`` are the groups looked at in the counted checks.
    """

    checks: tuple[Check, ...] = ()
    findings: tuple[Serious, ...] = ()
    counted: tuple[Counted, ...] = ()
    posters: tuple[Share, ...] = ()
    sorting: tuple[Share, ...] = ()
    others: tuple[Share, ...] = ()
    fees: tuple[Share, ...] = ()
    visits: Decimal | None = None
    visits_told: str = ""
    standing: Standing | None = None
    cards: tuple[Card, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    groups: int = 0
