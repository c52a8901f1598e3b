"""What is to be done, for the home page and its own page at /today/; declared in ``<app>/worklists.py``."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Model, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from portal.ledgers.registry import ledgers
from portal.models import HandoverPart
from portal.registry import Registry
from portal.today.enums import Group, Term

__all__ = [
    *("Act", "Term", "Group", "Worklist", "register", "worklists"),
    *("adding", "editing", "ledger_step", "marking", "recorded", "stepping"),
]


@dataclass(frozen=True)
class Act:
    """The one thing to be done with a row. It leads to the form that does it: at ``url(record)``, or the
    ``page`` of that name of the record in its ledger. Or ``sets`` are fields of the record that one click
    (a POST) sets, and another puts back to ``before``: (name, value or function without arguments).
    ``offered`` leaves out rows that it does not fit.
    """

    label: str
    url: Callable[[Model], str] | None = None
    page: str = ""
    sets: tuple[tuple[str, object], ...] = ()
    before: tuple[tuple[str, object], ...] = ()
    offered: Callable[[Model], bool] = lambda record: True


def editing(label: str) -> Act:
    """The record's own form in the ledger of the list."""
    return Act(label, page="edit")


def adding(label: str, slug: str, **known: str) -> Act:
    """A new record of the ledger ``slug``: each form field begins with that attribute of the row."""

    def address(record) -> str:
        values = {name: getattr(record, attribute) for name, attribute in known.items()}
        return f"{ledgers[slug].url('add')}?{urlencode(values)}"

    return Act(label, address)


def stepping(label: str, view: str, *names: str) -> Act:
    """The page of a step with the row: the address of ``view`` by its key and ``names``."""
    return Act(label, lambda record: reverse(view, args=[record.pk, *names]))


def ledger_step(label: str, slug: str, step: str) -> Act:
    """The page of a step of the ledger's workflow."""
    return Act(label, lambda record: reverse("ledger-step", args=[slug, record.pk, step]))


def marking(label: str, field: str, value=timezone.localdate, before=None) -> Act:
    """One click sets the field, to today unless told otherwise; it was ``before`` and can go back."""
    return Act(label, sets=((field, value),), before=((field, before),))


def recorded(user, domain: str, path: str = "recorded_by") -> Q:
    """What the user recorded, or somebody whose work of the department the user took over."""
    heard = user.__dict__.setdefault("_taken_over", {})
    if not heard:
        heard[""] = [user.pk]
        for part in HandoverPart.objects.filter(receiver=user).values_list("domain", "leaver"):
            heard.setdefault(part[0], [user.pk]).append(part[1])
    return Q(**{f"{path}__in": heard.get(domain, heard[""])})


def everyones(rows: QuerySet, user) -> QuerySet:
    return rows


@dataclass(frozen=True)
class Worklist:
    """``rows`` gives the records that ask for work in these units, the most pressing first; ``text`` names
    one and ``due`` says what of it counts.

    Records of a ledger name it; others say where they lie: ``address`` of one, ``all_of_them``.
    ``for_user`` leaves out what is not this user's to do, as approving what one asked for oneself.

    ``day`` is the path of the due date, a date of the row, and ``term`` says how it is counted; without it
    the row has no deadline. ``act`` is what to do with a row, or ``no_act`` the reason why there is nothing
    to do from here. ``place`` is the path of the unit whose work it is, "" for what is of no unit. ``does``
    is the permission to do it, where that is not ``permission`` to see it: whoever lacks it only looks
    after others. ``own(user)`` tells the user's own rows; without it they are those that the user recorded.
    """

    code: str
    title: str
    permission: str
    rows: Callable[[frozenset[int]], QuerySet]
    ledger: str
    text: Callable
    due: Callable = lambda record: ""
    address: Callable | None = None
    all_of_them: Callable | None = None
    for_user: Callable = everyones
    group: Group = Group.DUE
    day: str = ""
    term: Term = Term.DAYS
    place: str = "unit"
    act: Act | None = None
    no_act: str = ""
    does: str = ""
    own: Callable[[object], Q] | None = None

    def url_of(self, record) -> str:
        return self.address(record) if self.address else ledgers[self.ledger].url("detail", record)

    def url(self) -> str:
        """The room that the records lie in."""
        return self.all_of_them() if self.all_of_them else ledgers[self.ledger].url()

    def of(self, access) -> QuerySet | None:
        """The rows of this user; None for whoever may not see the list."""
        units = access.units(self.permission)
        if not units:
            return None
        rows = self.rows(units)
        return self.for_user(rows, access.user)

    @property
    def doing(self) -> str:
        """The permission of those whose work it is."""
        named = self.for_user is not everyones or not self.permission.endswith(".view")
        if self.does or named:
            return self.does or self.permission
        # What no hand records in its ledger is done by acts of the department.
        return ledgers[self.ledger].edit_permission or self.permission.replace(".view", ".edit")

    def act_url(self, record) -> str:
        """Where the act's form lies; "" for an act of one click."""
        if self.act.url:
            return self.act.url(record)
        return ledgers[self.ledger].url(self.act.page, record) if self.act.page else ""

    def mine(self, rows: QuerySet, user) -> QuerySet:
        """Of the rows the user's own; all of a list that knows no person."""
        if self.own:
            return rows.filter(self.own(user))
        if any(field.name == "recorded_by" for field in rows.model._meta.fields):
            return rows.filter(recorded(user, self.permission.partition(".")[0]))
        return rows


worklists: Registry[Worklist] = Registry("worklists")


def register(*declared: Worklist) -> None:
    for worklist in declared:
        worklists.add(worklist.code, worklist)
