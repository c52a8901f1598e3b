"""A question that came in without sign-in becomes one of the echo wall, to be moderated there."""

from django.db import transaction

from portal.intake.services import Answer
from portal.scope import access_of
from servicecenter.models import Echo, Letter
from servicecenter.services.public import answer

PERMISSION = "servicecenter.edit"


@transaction.atomic
def take_question(letter: Letter, topic: str, *, by) -> Echo:
    """Raises ValidationError, Denied, StaleRecord; then nothing is changed."""
    access_of(by).check(PERMISSION, letter.unit_id)
    echo = Echo(
        unit_id=letter.unit_id,
        occurred_on=letter.occurred_on,
        topic=topic,
        asker=letter.name,
        question=letter.content,
        may_publish=letter.may_publish,
        recorded_by=by,
    )
    echo.full_clean(exclude={"recorded_by", "deleted_by"})
    echo.save()
    answer(letter, Answer(became=echo))
    return echo
