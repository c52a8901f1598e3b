"""The one act: everything moves, the record of it is written and the account ends, or nothing does."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from portal.accounts.permissions import not_over
from portal.handover.selectors import MANAGE, leavers, parts_of, receivers
from portal.models import Handover, HandoverItem, HandoverPart, RoleAssignment, User
from portal.scope import Access, Denied, access_of

DAY = timedelta(days=1)
LONGEST_AHEAD = timedelta(days=60)
LONGEST_TEXT = 200


@transaction.atomic
def hand_over(
    leaver: User, *, to: dict[str, User], last_day: date, reason: str, by: User
) -> Handover:
    """Give each department's open work to the account that ``to`` names, and end the leaver's account
    after ``last_day``.

    Raises Denied for a leaver out of reach, ValidationError at ``last_day``, ``reason`` or the department
    that has open work and no fit receiver, StaleRecord when a record changed meanwhile.
    """
    access_of(by).check(MANAGE)
    leaver = User.objects.select_for_update().get(pk=leaver.pk)
    if not leavers(by).filter(pk=leaver.pk).exists():
        raise Denied("此账号不能由您办理交接：不在您的管辖范围，或是管理员、您自己，或已经停用。")
    today = timezone.localdate()
    if not today - DAY <= last_day <= today + LONGEST_AHEAD:
        raise ValidationError({"last_day": "最后工作日应在昨天和 60 天以内。"})
    if not reason.strip():
        raise ValidationError({"reason": "请写明事由，如“调往区民政局”。"})
    handover = Handover.objects.create(
        unit=Access(leaver).home or Access(by).home,
        leaver=leaver,
        last_day=last_day,
        reason=reason.strip(),
        done_by=by,
    )
    for part in parts_of(leaver):
        _give(handover, part, to.get(part.domain), by, today)
    _end(leaver, last_day, today)
    return handover


def _give(handover, part, receiver, by, today) -> None:
    leaver = handover.leaver
    if receiver is None:
        if part.count:
            raise ValidationError(
                {part.domain: f"{part.title}还有 {part.count} 件，请选择接手人。"}
            )
        return
    if receiver not in receivers(leaver, part.domain, by):
        raise ValidationError({part.domain: f"{receiver}没有{part.title}的权限，不能接手。"})
    fields = {"unit": handover.unit, "handover": handover, "domain": part.domain}
    made = HandoverPart.objects.create(leaver=leaver, receiver=receiver, **fields)
    # What the leaver once took over from others goes along.
    earlier = HandoverPart.objects.filter(receiver=leaver, domain=part.domain)
    others = set(earlier.values_list("leaver", flat=True)) - {receiver.pk}
    HandoverPart.objects.bulk_create(
        HandoverPart(leaver_id=other, receiver=receiver, **fields) for other in sorted(others)
    )
    HandoverItem.objects.bulk_create(
        HandoverItem(
            unit=handover.unit,
            part=made,
            kind=kind.kind[:60],
            subject=row._meta.label,
            subject_id=row.pk,
            text=text[:LONGEST_TEXT],
        )
        for kind in part.kinds
        for row, text in zip(kind.rows, kind.texts, strict=True)
    )
    for kind in part.kinds:
        if kind.declared is not None:
            kind.declared.give(kind.rows, receiver, today)


def _end(leaver, last_day, today) -> None:
    """Roles end with the last day; the account is refused from the day after."""
    for role in RoleAssignment.objects.filter(not_over(today), user=leaver):
        if role.valid_from > last_day:
            role.delete()
        elif role.valid_to is None or role.valid_to > last_day:
            role.valid_to = last_day
            role.save(update_fields=["valid_to"])
    leaver.disabled_from = last_day + DAY
    leaver.is_active = last_day >= today
    leaver.save(update_fields=["disabled_from", "is_active"])
