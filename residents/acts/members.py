"""The members of a household on the day of an act, and what they are to a new head."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.guided import chinese_day
from portal.scope import access_of
from residents.acts.relations import to_new_head
from residents.enums import Relation
from residents.models import Household, Membership

EDIT = "residents.edit"


def open_rows(home: Household):
    """Everybody who belongs to the household from some day on, the head first."""
    rows = Membership.objects.kept().filter(household=home, ends_on__isnull=True)
    return rows.select_related("resident", "household").order_by("relation", "pk")


def locked(home: Household, *, by) -> Household:
    """The household, locked against another act; raises Denied without permission at its unit."""
    access_of(by).check(EDIT, home.unit_id)
    return Household.objects.select_for_update(of=("self",)).get(pk=home.pk, deleted_at=None)


def present(home: Household, on: date) -> list[Membership]:
    """The members whom an act of the day ``on`` finds; raises ValidationError at ``on`` where the
    household changed after that day, or the day has not come."""
    if on > timezone.localdate():
        raise ValidationError({"on": "生效日期不能晚于今天。"})
    kept = Membership.objects.kept().filter(household=home)
    last = max(
        (
            max(row.starts_on, row.ends_on + timedelta(days=1) if row.ends_on else row.starts_on)
            for row in kept
        ),
        default=None,
    )
    if last and on < last:
        raise ValidationError(
            {
                "on": f"户“{home.number}”的成员在{chinese_day(last)}还有变动，生效日期不能早于这一天。"
            }
        )
    return list(open_rows(home))


def head_of(rows) -> Membership | None:
    return next((row for row in rows if row.relation == Relation.HEAD), None)


def relations(rows, new_head: Membership, chosen: dict, field="relation") -> dict[int, Relation]:
    """Every row's relation to the new head: the one chosen, else the one that the old ones tell.

    ``chosen`` is by key of the row. Raises ValidationError at ``relation<key>`` where neither is.
    """
    found, missing = {}, {}
    for row in rows:
        if row.pk == new_head.pk:
            found[row.pk] = Relation.HEAD
            continue
        others = [each.relation for each in rows if each.pk not in (row.pk, new_head.pk)]
        told = chosen.get(row.pk) or to_new_head(
            new_head.relation, row.relation, row.resident.sex, others
        )
        if told is None:
            missing[f"{field}{row.pk}"] = (
                f"从原来的关系推不出{row.resident}与新户主{new_head.resident}的关系，请选择。"
            )
        elif told == Relation.HEAD:
            missing[f"{field}{row.pk}"] = f"户主只有一人，请选择{row.resident}与户主的关系。"
        else:
            found[row.pk] = Relation(told)
    if missing:
        raise ValidationError(missing)
    return found


def successor(rows, chosen: Membership | None, field: str) -> Membership | None:
    """Who heads those who stay: the present head, else the one chosen, else the only one."""
    if not rows:
        return None
    if (head := head_of(rows)) is not None:
        return head
    if chosen is None and len(rows) == 1:
        return rows[0]
    if chosen is None or chosen.pk not in {row.pk for row in rows}:
        raise ValidationError({field: "原户主不在这一户了，请从留下的人中选择新户主。"})
    return chosen
