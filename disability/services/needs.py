"""Storing surveys together with the needs that they raise."""

from django.db import transaction
from django.utils import timezone

from disability.enums.needs import NeedClass
from disability.models import Need, NeedsSurvey
from portal.bulk import load, prepared


@transaction.atomic
def save_survey(survey: NeedsSurvey, *, by) -> NeedsSurvey:
    """Store a survey and exactly one need of each class that it names; one no longer named goes to
    the bin, the others keep what came of them."""
    survey.save()
    kept = {need.kind: need for need in survey.raised.kept()}
    for kind in classes_of(survey):
        need = kept.pop(kind, None)
        if need is None:
            _need(survey, kind, by).save()
        elif (need.occurred_on, need.resident_id) != (survey.occurred_on, survey.resident_id):
            need.occurred_on, need.resident_id = survey.occurred_on, survey.resident_id
            need.save()
    for need in kept.values():
        need.deleted_at, need.deleted_by = timezone.now(), by
        need.save(update_fields=["deleted_at", "deleted_by"])
    return survey


@transaction.atomic
def save_new_surveys(surveys: list[NeedsSurvey], *, by) -> list[NeedsSurvey]:
    """Store new surveys, each with its needs, as save_survey() would one by one."""
    for survey in surveys:
        survey.recorded_by = by
    stored = load(NeedsSurvey, [prepared(survey) for survey in surveys])
    load(Need, [_need(survey, kind, by) for survey in stored for kind in classes_of(survey)])
    return stored


def classes_of(survey: NeedsSurvey) -> list[str]:
    return [kind for kind in survey.needs if kind != NeedClass.NONE]


def _need(survey, kind, by) -> Need:
    return Need(
        unit=survey.unit,
        grid=survey.grid,
        survey=survey,
        resident=survey.resident,
        occurred_on=survey.occurred_on,
        kind=kind,
        recorded_by=by,
        recorded_at=survey.recorded_at,
    )
