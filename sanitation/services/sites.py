"""What is done at a demonstration site beyond keeping its records."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from portal.scope import access_of
from sanitation.models import DemoSite, FundEntry, HouseholdRating
from sanitation.workflow import EDIT


@transaction.atomic
def post_accounts(site: DemoSite, day: date, *, by) -> int:
    """Note that all entries up to the day, which were not posted yet, hang out since then: how many.

    Those that another unit keeps are its to note. Raises Denied; ValidationError where there are none."""
    access = access_of(by)
    access.check(EDIT, site.unit_id)
    rows = FundEntry.objects.kept().filter(
        site=site, posted_on=None, occurred_on__lte=day, unit__in=access.units(EDIT)
    )
    found = list(rows.select_for_update())
    if not found:
        raise ValidationError({"posted_on": "到这一天为止没有尚未公示的收支。"})
    for row in found:
        row.posted_on = day
        row.full_clean(exclude={"recorded_by", "deleted_by", "community"})
        row.save()
    return len(found)


def moved(round_) -> None:
    """The results, which figures count by their own day, follow a round to another day."""
    rows = HouseholdRating.objects.kept().filter(round=round_)
    rows.exclude(occurred_on=round_.occurred_on).update(occurred_on=round_.occurred_on)
