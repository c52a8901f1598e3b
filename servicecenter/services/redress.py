"""The loop of a bad rating: its steps, and what they change in the rating."""

from django.db import transaction

from portal.errors import StaleRecord
from servicecenter.services import loops, ratings


@transaction.atomic
def act(redress, name: str, values: dict, *, by):
    """As loops.act; an appeal that is upheld takes the rating out of those that count."""
    redress = loops.act(redress, name, values, by=by)
    if name == "uphold":
        rating = redress.rating
        if rating.voided_on:
            raise StaleRecord("the rating was voided already")
        ratings.void(
            rating, reason=redress.appeal_for, words=redress.judgement, on=redress.judged_on
        )
    return redress
