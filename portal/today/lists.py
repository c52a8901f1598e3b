"""The worklists of one user as a page asks for them: whose, of which unit and group.

The home page counts what the pages of the lists show: both take their rows from here.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.http import urlencode

from portal.models.units import Unit, UnitChange, UnitKind
from portal.roles import DUTIES, Role
from portal.scope import access_of, below
from portal.today.counting import DUE, PLACE, Tally, marked, summed, tallies
from portal.today.days import Horizon
from portal.today.enums import Group, Whose
from portal.workdays import calendar
from portal.worklists import Worklist, worklists


@dataclass(frozen=True)
class Wanted:
    """What an address asks for; ``unit`` is a key, with all units below it."""

    whose: str = Whose.OURS
    when: str = ""
    unit: int | None = None
    group: str = ""

    def said(self, **changes) -> dict[str, str]:
        """The parameters that say so; none for everything that one may act on."""
        wanted = replace(self, **changes)
        values = {name: getattr(wanted, name) for name in ("whose", "when", "unit", "group")}
        return {name: str(value) for name, value in values.items() if value}

    def query(self, **changes) -> str:
        """The same as part of an address, with its "?"."""
        given = self.said(**changes)
        return f"?{urlencode(given)}" if given else ""


EVERYTHING = Wanted()


class Work:
    """What the user has to do: ``wanted`` says whose, of which unit and group. When it is due is asked for
    one by one, because the numbers tell of every day. ``only`` is the one list that is asked for.
    """

    def __init__(self, user, wanted: Wanted = EVERYTHING, only: Worklist | None = None):
        self.user, self.access, self.wanted = user, access_of(user), wanted
        self.lists = worklists if only is None else [only]
        self.horizon = Horizon(timezone.localdate(), calendar())

    # --- which lists, and which of their rows -----------------------------------------------------
    def is_ours(self, worklist: Worklist) -> bool:
        """Whether it is the user's to do, and not only to look after."""
        return self.access.may(worklist.doing)

    def units_of(self, worklist: Worklist) -> frozenset[int] | None:
        """Where the user may do the list's work; None where that is wherever they see it."""
        seen, done = (self.access.units(p) for p in (worklist.permission, worklist.doing))
        return None if seen <= done or not worklist.place else done

    @cached_property
    def asked(self) -> dict[str, QuerySet]:
        """By code the rows of every list, whenever they are due."""
        found = {}
        for worklist in self.lists:
            if self.wanted.group not in ("", worklist.group):
                continue
            if self.wanted.whose != Whose.ALL and not self.is_ours(worklist):
                continue
            rows = worklist.of(self.access)
            if rows is not None:
                found[worklist.code] = self._narrowed(worklist, rows)
        return found

    def _narrowed(self, worklist, rows):
        place = worklist.place
        if self.wanted.whose != Whose.ALL and (done := self.units_of(worklist)) is not None:
            rows = rows.filter(**{f"{place}__in": done})
        if self.wanted.whose == Whose.MINE:
            rows = worklist.mine(rows, self.user)
        if self.wanted.unit:
            rows = rows.filter(**{f"{place}__in": self._below}) if place else rows.none()
        return rows

    @cached_property
    def _below(self) -> frozenset[int]:
        return below([self.wanted.unit])

    def rows(self, worklist: Worklist, when: str) -> QuerySet:
        """The rows of the list that are due ``when``, with the columns of ``counting.marked``."""
        rows = marked(worklist, self.asked[worklist.code])
        if not when:
            return rows
        span = self.horizon.span(when, worklist.term)
        if span is None:
            return rows.filter(**{f"{DUE}__isnull": True})
        ends = {f"{DUE}__gt": span.after, f"{DUE}__lte": span.until}
        return rows.filter(**{name: day for name, day in ends.items() if day})

    def sliced(self, counts: dict[str, int], first: int, until: int, when: str) -> Iterator[tuple]:
        """(worklist, marked records) of the rows from ``first`` on and before ``until``, where the lists
        of ``counts``, as ``shown`` tells it of ``when``, stand one behind the other."""
        start = 0
        for code, count in counts.items():
            begin, end = max(first - start, 0), min(until - start, count)
            if begin < end:
                yield worklists[code], list(self.rows(worklists[code], when)[begin:end])
            start += count

    # --- how many ---------------------------------------------------------------------------------
    @cached_property
    def by_place(self) -> dict[str, dict[int | None, Tally]]:
        return tallies(self.asked, self.horizon)

    @cached_property
    def counts(self) -> dict[str, Tally]:
        """Of the lists that have rows, by group as the user's roles want to see them."""
        order = {group: n for n, group in enumerate(self.groups)}
        codes = sorted(self.by_place, key=lambda code: order[worklists[code].group])
        return {code: summed(self.by_place[code].values()) for code in codes}

    @cached_property
    def total(self) -> Tally:
        return summed(self.counts.values())

    def shown(self, when: str) -> dict[str, int]:
        """How many rows of each list are due ``when``; lists without any are left out."""
        found = {code: tally.at(when, self.horizon) for code, tally in self.counts.items()}
        return {code: count for code, count in found.items() if count}

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """First what the first of the user's roles with such a wish wants to see first."""
        roles = (Role(each.role) for each in self.access.assignments)
        first = next((DUTIES[role].first for role in roles if DUTIES[role].first), ())
        return (*map(Group, first), *(group for group in Group if group not in first))

    # --- where ------------------------------------------------------------------------------------
    @cached_property
    def communities(self) -> list[Unit]:
        """Those to choose among, for whoever works for more than one."""
        found = Unit.objects.filter(pk__in=self.access.all_units, kind=UnitKind.COMMUNITY)
        rows = list(found.valid_on(self.horizon.today).order_by("code"))
        return rows if len(rows) > 1 else []


def wanted_of(params, user) -> Wanted:
    """What the parameters of an address ask for; raises Http404 for what there is not."""
    whose, when, unit, group = (params.get(name, "") for name in ("whose", "when", "unit", "group"))
    horizon = Horizon(timezone.localdate(), calendar())
    known = whose in Whose.values and (not when or horizon.knows(when))
    if not known or (group and group not in Group.values):
        raise Http404
    key = int(unit) if unit.isascii() and unit.isdecimal() and len(unit) < 10 else None
    if unit and key not in access_of(user).all_units:
        raise Http404
    return Wanted(whose, when, key, group)


def units_below(units) -> dict[int, frozenset[int]]:
    """For each of the units what ``scope.below`` gives of it alone, by two questions for all."""
    if not units:
        return {}
    lower = defaultdict(set)
    for child, parent in Unit.objects.exclude(parent=None).values_list("pk", "parent"):
        lower[parent].add(child)
    succeeded = UnitChange.objects.exclude(successor=None).values_list("unit", "successor")
    for former, successor in succeeded:
        lower[successor].add(former)
    found = {}
    for unit in units:
        reached, ahead = set(), {unit.pk}
        while ahead:
            reached |= ahead
            ahead = set().union(*(lower[key] for key in ahead)) - reached
        found[unit.pk] = frozenset(reached)
    return found


def places_of(records) -> dict[int, str]:
    """The names of the units whose work these marked records are."""
    keys = {getattr(record, PLACE) for record in records} - {None}
    return dict(Unit.objects.filter(pk__in=keys).values_list("pk", "name")) if keys else {}
