"""Who may leave by whose hand, what is open in a name, and who could go on with it."""

from dataclasses import dataclass, field

from django.utils import timezone

from portal.accounts.permissions import not_over
from portal.handover.declared import PARTS, doing, handed
from portal.models import EntryDraft, Handover, RoleAssignment, User
from portal.roles import ADMINISTRATORS, DUTIES
from portal.scope import Access, access_of
from portal.worklists import worklists

MANAGE = "handover.manage"
SHOWN = 20  # of one kind on the page; the paper has all


def leavers(user):
    """Accounts all of whose roles lie where ``user`` may hand over, but not oneself nor administrators."""
    units = access_of(user).units(MANAGE)
    current = RoleAssignment.objects.filter(not_over())
    elsewhere = current.exclude(unit__in=units) | current.filter(role__in=ADMINISTRATORS)
    found = User.objects.filter(
        is_active=True, pk__in=current.filter(unit__in=units).values("user")
    )
    return found.exclude(pk__in=elsewhere.values("user")).exclude(pk=user.pk).order_by("username")


def visible(user):
    rows = Handover.objects.filter(unit__in=access_of(user).units(MANAGE))
    return rows.select_related("unit", "leaver", "done_by")


@dataclass
class Open:
    """What is open of one kind."""

    kind: str
    rows: list
    texts: list[str]
    declared: object = None  # the Handed that puts them in another name

    @property
    def shown(self):
        return self.texts[:SHOWN]

    @property
    def more(self) -> int:
        return max(len(self.texts) - SHOWN, 0)


@dataclass
class Part:
    """One department's open work of the leaver."""

    domain: str
    kinds: list[Open] = field(default_factory=list)

    @property
    def title(self) -> str:
        return PARTS[self.domain]

    @property
    def count(self) -> int:
        return sum(len(kind.rows) for kind in self.kinds)


def by_person(worklist) -> bool:
    """Whether a list knows whose its rows are."""
    return worklist.own is not None or any(
        each.name == "recorded_by" for each in worklist.rows(frozenset()).model._meta.fields
    )


def parts_of(leaver) -> list[Part]:
    """The leaver's departments with all that is open in their name, each thing once."""
    access = Access(leaver)
    parts = {domain: Part(domain) for domain in PARTS if access.units(doing(domain))}
    seen = set()
    for each in handed:
        rows = list(each.rows(leaver, access.all_units))
        seen |= {(row._meta.label, row.pk) for row in rows}
        if rows:
            part = parts.setdefault(each.domain, Part(each.domain))
            part.kinds.append(Open(each.title, rows, [each.text(row) for row in rows], each))
    for worklist in worklists:
        domain = worklist.permission.partition(".")[0]
        if domain not in parts or not by_person(worklist):
            continue
        rows = worklist.of(access)
        if rows is None:
            continue
        found = [
            row for row in worklist.mine(rows, leaver) if (row._meta.label, row.pk) not in seen
        ]
        seen |= {(row._meta.label, row.pk) for row in found}
        if found:
            texts = [worklist.text(row) for row in found]
            parts[domain].kinds.append(Open(worklist.title, found, texts))
    return list(parts.values())


def unsent_drafts(leaver) -> int:
    """Half-filled forms, sealed for the leaver alone: they cannot be handed over."""
    return EntryDraft.objects.filter(user=leaver).count()


def receivers(leaver, domain: str, by) -> list[User]:
    """Who may do the department's work wherever the leaver does it (by the leaver's roles)."""
    permission = doing(domain)
    home = {held.unit_id for held in Access(leaver).assignments}
    able = [role for role, duty in DUTIES.items() if permission in duty.permissions]
    roles = RoleAssignment.objects.valid_on(timezone.localdate()).filter(
        role__in=able, user__is_active=True
    )
    near = User.objects.filter(
        pk__in=roles.filter(unit__in=access_of(by).units(MANAGE)).values("user")
    )
    return [
        user
        for user in near.exclude(pk=leaver.pk).order_by("name")
        if home <= Access(user).units(permission)
    ]
