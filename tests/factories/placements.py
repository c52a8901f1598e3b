"""Placements with what belongs to them: one believable, valid row each; call inside ``acting``."""

from datetime import date

from residents.enums import ActivityKind
from tests.factories import volunteers
from tests.factories.shared import activity


def lecture(unit, **fields):
    fields = {
        "title": "民法典与邻里关系",
        "kind": ActivityKind.LECTURE,
        "speaker": "江律师（区司法局）",
        "audience": "中老年居民",
        "participants": 46,
        "domains": ["volunteers"],
    } | fields
    return activity(unit, **fields)


def one_of_each(unit) -> dict:
    """A row of every ledger of placements by its slug, each naming 金丝雀 where it names anything."""
    person = volunteers.trainee(unit, "金丝雀")
    return {
        "trainees": person,
        "trainee-logs": volunteers.trainee_log(
            person, what="金丝雀", confirmed_on=date(2025, 7, 9), confirmed_by="赵主任"
        ),
        "volunteer-lectures": lecture(unit, title="金丝雀讲座"),
    }
