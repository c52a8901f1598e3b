"""集中清理, contests, study tours and publicity: the share of sanitation work in activities."""

from django.urls import reverse

from portal.ledgers import MORE, Action, Column, column, register
from portal.ledgers.offers import offers_on
from portal.ledgers.services import refuse_if_referred
from portal.scope import Denied, access_of
from residents.enums import ActivityKind
from residents.ledgers.about import unit_column
from residents.ledgers.facts import ActivityLedger
from residents.models import Activity
from sanitation.enums.places import PointKind
from sanitation.forms.cleanups import CleanupForm, cleanup_of_file
from sanitation.ledgers.sections import MARKET
from sanitation.ledgers.shared import OurShare
from sanitation.models import CleanupDetail
from sanitation.selectors.shares import CLEANUPS, CONTESTS, PUBLICITY, STUDY_TOURS, TAGS
from sanitation.services import cleanups as service

KINDS = dict(PointKind.choices)


def detail_of(activity):
    detail = getattr(activity, "cleanup", None)
    return detail if detail is not None and detail.deleted_at is None else None


def detail_column(name: str, read=None, **options):
    """What only the detail knows; nothing where there is none."""
    label = str(CleanupDetail._meta.get_field(name).verbose_name)

    def told(activity):
        detail = detail_of(activity)
        return (read(detail) if read else getattr(detail, name)) if detail else None

    return Column(label, told, field=name, **options)


def scopes_of(detail):
    return [KINDS[scope] for scope in detail.scopes]


class OurActivity(OurShare, ActivityLedger):
    """Activities of one kind, which is not asked."""

    section = MARKET
    filters = ("theme_day",)
    kept_for_next = ()


@register
class CleanupLedger(OurActivity):
    slug, title, icon = "cleanups", "集中清理", "brush"
    description = (
        "大扫除等集中清理：范围、参加人次、车辆、清理垃圾的吨数；志愿活动中登记的卫生清理已在这里，"
        "只补充成果，不必再登记。与“活动”是同一份记录。"
    )
    where = CLEANUPS
    preset = {"domains": TAGS, "kind": ActivityKind.CLEANUP}
    select_related = ("cleanup",)
    columns = (
        "occurred_on",
        column(Activity, "title", width=28),
        "ends_on",
        detail_column("scopes", scopes_of, width=28),
        "participants",
        column(Activity, "parties", sort="", listed=False),
        detail_column("vehicles", sort="cleanup__vehicles", width=10, numeric=True),
        detail_column("tonnes", sort="cleanup__tonnes", width=12, numeric=True),
        detail_column("spots", width=12, numeric=True, listed=False),
        column(Activity, "place", sort="", width=20, listed=False),
        column(Activity, "organisers", sort="", width=28, listed=False),
        column(Activity, "content", sort="", width=40, listed=False),
        column(Activity, "domains", width=16, listed=False),
        column(Activity, "highlight", sort="", width=10, listed=False),
        unit_column(Activity),
    )
    form_class = CleanupForm
    form_layout = (
        "title",
        ("occurred_on", "ends_on"),
        "scopes",
        ("participants", "vehicles"),
        ("tonnes", "spots"),
        "content",
        ("place", "organisers"),
        "parties",
        "domains",
        "highlight",
    )
    form_folds = {"content": MORE}
    filters = ()
    footer = (
        "sanitation.cleanups",
        "sanitation.cleanup_participants",
        "sanitation.cleanup_vehicles",
        "sanitation.cleanup_tonnes",
        "sanitation.cleanup_spots",
    )
    related = (("participations", "activity"), ("handouts", "activity"))

    def form_of_file(self, form_class):
        return cleanup_of_file(form_class)

    def save(self, form, *, by):
        return service.store(form.save(commit=False), form.told, by=by)

    def kept_by(self, record):
        return ""

    def check_deletable(self, record):
        if keeper := service.kept_elsewhere(record):
            raise Denied(
                f"这次清理在“{keeper}”台账中登记，请到那里删除；只去掉清理成果的，修改时把各项成果清空。"
            )
        record.carries = ("cleanup",)  # goes to the bin along
        refuse_if_referred(record)

    def recycle(self, record, *, version, by):
        record.carries = ()
        service.recycle(record, version=version, by=by)

    def restore(self, record, *, by):
        record.validate_constraints()
        service.restore(record, by=by)


@register
class ContestLedger(OurActivity):
    slug, title, icon = "contests", "环卫竞赛", "certificate"
    description = "环境卫生、环保法律知识竞赛等：参加单位、参加人次和结果；与“活动”是同一份记录。"
    where = CONTESTS
    preset = {"domains": TAGS, "kind": ActivityKind.CONTEST}
    form_layout = (
        "title",
        ("occurred_on", "ends_on"),
        ("parties", "participants"),
        ("place", "organisers"),
        "content",
        "highlight",
        ("theme_day", "slogan"),
        "domains",
    )
    form_folds = {"content": MORE}
    footer = (
        "sanitation.contests",
        "sanitation.contest_parties",
        "sanitation.contest_participants",
    )


@register
class StudyTourLedger(OurActivity):
    slug, title, icon = "study-tours", "外出学习考察", "trees"
    description = "到其他镇、村学习垃圾分类和保洁：去了哪些地方、去了多少人；与“活动”是同一份记录。"
    where = STUDY_TOURS
    preset = {"domains": TAGS, "kind": ActivityKind.STUDY_TOUR}
    form_layout = (
        "title",
        ("occurred_on", "ends_on"),
        ("place", "participants"),
        "content",
        "highlight",
        ("organisers", "parties"),
        "domains",
    )
    form_folds = {"content": MORE}
    filters = ()
    footer = ("sanitation.study_tours", "sanitation.study_tour_participants")


@register
class SanitationPublicityLedger(OurActivity):
    slug, title, icon = "sanitation-publicity", "环卫宣传活动", "speakerphone"
    description = "百日宣传、进村入户宣传等，持续一段时间的填起止日期；与“活动”是同一份记录。"
    where = PUBLICITY
    preset = {"domains": TAGS, "kind": ActivityKind.PUBLICITY}
    form_layout = (
        "title",
        ("occurred_on", "ends_on"),
        ("parties", "participants"),
        ("place", "organisers"),
        "content",
        "highlight",
        ("theme_day", "slogan"),
        "consultations",
        "domains",
    )
    form_folds = {"content": MORE}
    footer = (
        "sanitation.publicity_events",
        "sanitation.publicity_parties",
        "sanitation.publicity_participants",
    )


def to_complete(activity, user):
    """The way from a clean-up that another ledger shows to what it took and brought away."""
    known = activity is not None and Activity.objects.filter(CLEANUPS, pk=activity.pk).exists()
    if not known or not access_of(user).may("sanitation.edit", activity.unit_id):
        return ()
    return (Action("填写清理成果", reverse("ledger-edit", args=["cleanups", activity.pk])),)


@offers_on("activities")
def on_activity(record, user):
    return to_complete(record, user)


@offers_on("volunteer-activities")
def on_activity_of_volunteers(record, user):
    return to_complete(record.activity, user)
