"""Ratings: the invitation, what comes by it, what staff record, and what a bad one sets going.

``offer`` and ``rate_by_token`` are the contract for pages without sign-in: each asks one database
function, which the public role may call though it reads no table.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from portal.crypto import keyed_hash
from portal.workdays import after_workdays
from servicecenter.models import Rating, RatingInvitation, Redress
from servicecenter.selectors.receipts import rating_token

MARKS = ("efficiency", "ability", "attitude")


# --- the invitation -----------------------------------------------------------------------------
def _hash_of(token: str) -> str:
    return keyed_hash(token, "rating token hash")


@transaction.atomic
def invite(case, by=None) -> RatingInvitation | None:
    """The one link that rates this case from now on; earlier ones that nobody used are revoked.

    A case that is rated already gets a link for its supplementary rating; None where there is nothing
    left to say by it.
    """
    revoke(case)
    rated = Rating.objects.kept().filter(case=case, voided_on__isnull=True)
    if rated.filter(later_level__isnull=False).exists():
        return None
    serials = RatingInvitation.objects.filter(case=case)
    serial = (serials.aggregate(last=Max("serial"))["last"] or 0) + 1
    return RatingInvitation.objects.create(
        unit_id=case.unit_id,
        case=case,
        serial=serial,
        token_hash=_hash_of(rating_token(case.pk, serial)),
        expires_on=timezone.localdate() + timedelta(days=settings.RATING_LINK_DAYS),
        recorded_by=by,
    )


def revoke(case) -> None:
    """Nobody rates the case by an earlier link: it is handled again."""
    unused = RatingInvitation.objects.kept().filter(case=case, used_at__isnull=True)
    for invitation in unused.filter(revoked_on__isnull=True):
        invitation.revoked_on = timezone.localdate()
        invitation.save(update_fields=["revoked_on"])


def rating_url_path(case) -> str:
    """Where the QR on the case's papers leads; "" while there is no link that may be used."""
    invitation = (
        RatingInvitation.objects.kept()
        .filter(case=case, used_at__isnull=True, revoked_on__isnull=True)
        .filter(expires_on__gte=timezone.localdate())
        .first()
    )
    if invitation is None:
        return ""
    return reverse("public-rate", args=[rating_token(case.pk, invitation.serial)])


# --- without sign-in ----------------------------------------------------------------------------
@dataclass(frozen=True)
class Offer:
    """What the page of a link may show: of whom nothing."""

    item: str
    unit: str
    decided_on: date
    later: bool  # the case is rated already; what is said now is a supplementary rating


def offer(token: str) -> Offer | None:
    """What the token rates; None alike for unknown, used, revoked and expired ones."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM servicecenter_rating_offer(%s)", [_hash_of(token)])
        row = cursor.fetchone()
    return Offer(*row) if row else None


def rate_by_token(
    token: str, level: int, *, comment: str = "", efficiency=None, ability=None, attitude=None
) -> str:
    """Rate by a link: "rated", "later" for a supplementary rating, "" where the token does not rate
    (unknown, used, revoked, expired: not told apart).

    The redress of a bad one is opened by the next round of ``supervision_rounds``. Raises ValidationError
    for marks beyond the five levels or too long a comment. Works as the public role.
    """
    marks = {"efficiency": efficiency, "ability": ability, "attitude": attitude}
    asked = Rating(level=level, comment=comment, **marks)
    asked.clean_fields(exclude={"unit", "occurred_on", "case", "channel", "recorded_by"})
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT servicecenter_rate(%s, %s, %s, %s, %s, %s)",
            [_hash_of(token), level, comment, *marks.values()],
        )
        return cursor.fetchone()[0]


# --- by staff -----------------------------------------------------------------------------------
def check_recordable(rating: Rating, by) -> None:
    case = rating.case
    if case.replied_on is None:
        raise ValidationError({"case": "还没有回复申请人，不能登记评价。"})
    if case.unit_id != rating.unit_id:
        raise ValidationError({"case": "办件和评价不属于同一单位。"})
    if case.handler_id and case.handler.user_id == by.pk:
        raise ValidationError({"case": "您是这件的承办人，评价请由他人登记。"})


@transaction.atomic
def record(rating: Rating, *, by) -> Rating:
    """Store a rating that staff took down; the link for it no longer rates, a bad one is redressed.

    Raises ValidationError before the applicant has the answer, and for whoever handles the case: nobody
    writes down what is said of their own work.
    """
    check_recordable(rating, by)
    rating.recorded_by = by
    rating.save()
    revoke(rating.case)
    open_redress(rating, by=by)
    return rating


def due_of(day: date) -> date:
    """Until when a bad rating of that day is to be made good."""
    return after_workdays(day, settings.REDRESS_DAYS)


def open_redress(rating: Rating, *, by=None) -> Redress | None:
    """The redress of a bad rating, the one that there is or a new one."""
    if not rating.is_bad or rating.voided_on:
        return None
    return Redress.objects.get_or_create(
        rating=rating,
        defaults={
            "unit_id": rating.unit_id,
            "occurred_on": rating.occurred_on,
            "due_on": due_of(rating.occurred_on),
            "recorded_by": by,
        },
    )[0]


def void(rating: Rating, *, reason: str, words: str, on: date) -> None:
    """Take a rating out of those that count; what was rated stays as it was."""
    rating.voided_on, rating.void_reason, rating.void_words = on, reason, words[:300]
    rating.save(update_fields=["voided_on", "void_reason", "void_words"])
