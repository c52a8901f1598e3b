"""The only writer of policies: a change is a row of its own, so who changed what stays for good."""

from django.core.exceptions import ValidationError
from django.db import transaction

from portal.errors import StaleRecord
from portal.models import SecurityPolicy
from portal.policies.declared import Policy
from portal.policies.reading import forget
from portal.scope import access_of

MANAGE = "policies.manage"


def latest_number(declared: Policy) -> int:
    """How often the policy was changed; the number of its last change."""
    last = SecurityPolicy.objects.filter(name=declared.name).order_by("-number").first()
    return last.number if last else 0


def current(declared: Policy) -> int | bool:
    """The value in force, read anew."""
    value = SecurityPolicy.objects.in_force().get(declared.name)
    return declared.default if value is None else declared.kind.within(value)


@transaction.atomic
def change(
    declared: Policy, *, value: int | bool | None, reason: str, over: int, by
) -> SecurityPolicy:
    """Let ``value`` hold from now on; None is the default again. ``over`` is the number of the change
    that the page showed.

    Raises Denied, ValidationError for a value out of bounds or the same as before, StaleRecord.
    """
    access_of(by).check(MANAGE)
    if over != latest_number(declared):
        raise StaleRecord(f"policy {declared.name} was changed meanwhile")
    _check(declared, value)
    row = SecurityPolicy.objects.create(
        name=declared.name,
        number=over + 1,
        value=None if value is None else int(value),
        reason=reason,
        changed_by=by,
    )
    forget()
    return row


def _check(declared: Policy, value) -> None:
    if value is not None and declared.kind.within(value) != value:
        raise ValidationError({"value": f"请填写 {declared.kind.bounds}。"})
    aim = declared.default if value is None else value
    if aim == current(declared):
        raise ValidationError({"value": f"现在就是“{declared.kind.words(aim)}”，没有要改的。"})
