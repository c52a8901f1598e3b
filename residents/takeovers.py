"""Taking a newcomer over from another unit: by the whole ID, logged, and not by guessing.

The database function (migration ``take_over_by_exact_id``) does the work past the wall; this asks
it, and says its answers in words. What a person can mend raises ValidationError at its field.
"""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection

from portal.crypto import keyed_hash
from portal.errors import settle, translating
from portal.scope import access_of
from residents.enums import TakeOverOutcome as Outcome

REFUSED = {
    Outcome.MISSING: (
        "id_number",
        "没有找到可以接收的人。请核对号码；本系统中确实没有登记的，请直接登记居民。",
    ),
    Outcome.HERE: ("id_number", "这个证件号码已登记在本单位，不用接收。"),
    Outcome.EARLY: ("on", "接收日期应晚于其在原单位的登记日期。"),
    Outcome.HEAD: (
        "id_number",
        "其人在原单位还是一户的户主，家里还有人；请联系原单位先变更户主，或不迁户籍、只接收居住。",
    ),
}


@dataclass(frozen=True)
class Newcomer:
    """Whoever was found: no more than the function tells."""

    pk: int
    name: str
    former: str


@dataclass(frozen=True)
class Wish:
    """What the form asks: to which unit, since when, why, how the person lives there."""

    id_number: str
    unit: object
    on: date
    reason: str
    residency: str
    registration: bool


def look_up(wish: Wish, *, by) -> Newcomer:
    """Find the person by the whole number; counted and logged whether found or not.

    Do not roll the transaction back when it refuses: the look would go uncounted.
    """
    return _ask(wish, by, really=False)


def take_over(wish: Wish, *, by) -> Newcomer:
    """Make the unit the person's present one, from the day on; the former one keeps its records."""
    newcomer = _ask(wish, by, really=True)
    settle()
    return newcomer


def _ask(wish: Wish, by, *, really: bool) -> Newcomer:
    access_of(by).check("residents.edit", wish.unit.pk)
    arguments = [
        keyed_hash(wish.id_number, "id"),
        wish.unit.pk,
        wish.on,
        wish.reason,
        wish.residency,
        wish.registration,
        settings.TAKE_OVER_LOOKS_PER_DAY,
        really,
    ]
    with translating(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM residents_take_over(%s, %s, %s, %s, %s, %s, %s, %s)", arguments
        )
        outcome, pk, name, former = cursor.fetchone()
    if outcome == "limit":
        allowed = settings.TAKE_OVER_LOOKS_PER_DAY
        raise ValidationError(f"您今天已查找 {allowed} 次，到了上限；请明天再办，或联系街道。")
    if outcome in REFUSED:
        field, message = REFUSED[Outcome(outcome)]
        raise ValidationError({field: message})
    return Newcomer(pk, name, former)
