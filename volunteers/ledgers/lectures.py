"""Lectures: the share of activities that volunteer work counts, with speaker, topic and audience."""

from django.db.models import Q

from portal.ledgers import MORE, column, register
from residents.enums import ActivityKind
from residents.ledgers.about import unit_column
from residents.ledgers.facts import ActivityLedger
from residents.models import Activity
from volunteers.ledgers.sections import TRAINEES
from volunteers.ledgers.shared import OURS, OurShare


@register
class LectureLedger(OurShare, ActivityLedger):
    slug, title, icon, section = "volunteer-lectures", "讲座", "school", TRAINEES
    description = "法制、健康等讲座，写明主讲人、题目和听众；与“活动”是同一份记录，只登记一次。"
    where = OURS & Q(kind=ActivityKind.LECTURE)
    preset = {"domains": ["volunteers"], "kind": ActivityKind.LECTURE}
    columns = (
        "occurred_on",
        column(Activity, "title", label="讲座题目", width=32),
        column(Activity, "speaker", sort="", width=24),
        column(Activity, "audience", sort="", width=18),
        "participants",
        column(Activity, "place", sort=""),
        column(Activity, "organisers", sort="", width=28, listed=False),
        column(Activity, "consultations", sort="", listed=False),
        column(Activity, "theme_day", listed=False),
        column(Activity, "content", sort="", width=40, listed=False),
        column(Activity, "domains", width=16, listed=False),
        column(Activity, "highlight", sort="", width=10, listed=False),
        unit_column(Activity),
    )
    form_layout = (
        ("title", "occurred_on"),
        ("speaker", "audience"),
        ("participants", "place"),
        "content",
        "highlight",
        ("organisers", "theme_day"),
        ("consultations", "domains"),
    )
    form_folds = {"organisers": MORE}
    filters = ()
    search = ("title", "speaker", "place")
    search_hint = "题目、主讲人或地点"
    footer = ("volunteers.lectures", "volunteers.lecture_audience")
    related = (("participations", "activity"),)
