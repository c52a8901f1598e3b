"""Trainings, awards, evaluations, insurances of volunteers."""

from django.urls import reverse

from portal.ledgers import Action, Column, column, register
from portal.ledgers.columns import reader
from portal.office.ledgers.base import Spells
from residents.ledgers.about import unit_column
from residents.resolving import ACTIVITY
from volunteers.forms.around import AwardForm, InsuranceForm, OnDayForm, TrainingForm
from volunteers.ledgers.about import AboutVolunteer, volunteer_columns
from volunteers.ledgers.sections import PEOPLE
from volunteers.models import (
    VolunteerAward,
    VolunteerEvaluation,
    VolunteerInsurance,
    VolunteerTraining,
)
from volunteers.resolving import VOLUNTEER


@register
class InsuranceLedger(Spells, AboutVolunteer):
    slug, title, icon, section = "volunteer-insurances", "志愿者保险", "shield-check", PEOPLE
    model = VolunteerInsurance
    description = "志愿者的人身意外等保险；有风险的活动要求参加者当天有保险。"
    columns = (
        *volunteer_columns(VolunteerInsurance),
        column(VolunteerInsurance, "insurer", width=24),
        column(VolunteerInsurance, "policy", sort="", width=20),
        "starts_on",
        "ends_on",
        unit_column(VolunteerInsurance),
    )
    form_class = InsuranceForm
    form_layout = ("volunteer", ("insurer", "policy"), ("starts_on", "ends_on"))
    identity = ("volunteer", "insurer", "starts_on")
    footer = ("volunteers.insured",)
    kept_for_next = ("insurer", "starts_on", "ends_on")

    def list_actions(self, user):
        return [Action("多人投保", reverse("volunteer-insure"))]


@register
class TrainingLedger(AboutVolunteer):
    slug, title, icon, section = "volunteer-trainings", "志愿者培训", "school", PEOPLE
    model = VolunteerTraining
    description = "志愿者参加的培训，一人一条；一次培训有多人参加的，用“多人培训”一次登记。"
    select_related = ("activity", "volunteer__resident")
    columns = (
        *volunteer_columns(VolunteerTraining),
        "occurred_on",
        column(VolunteerTraining, "title", width=28),
        column(VolunteerTraining, "organiser", sort="", width=20),
        column(VolunteerTraining, "place", sort="", width=20, listed=False),
        "hours",
        Column(
            "活动名称",
            reader(VolunteerTraining, "activity.title"),
            field="activity",
            width=28,
            listed=False,
        ),
        unit_column(VolunteerTraining),
    )
    form_class = TrainingForm
    form_layout = (
        ("volunteer", "occurred_on"),
        ("title", "hours"),
        ("organiser", "place"),
        "activity",
    )
    identity = ("volunteer", "occurred_on", "title")
    resolvers = {"volunteer": VOLUNTEER, "activity": ACTIVITY}
    footer = ("volunteers.trained_times", "volunteers.trained", "volunteers.training_hours")
    today = "occurred_on"

    def list_actions(self, user):
        return [Action("多人培训", reverse("volunteer-train"))]


@register
class AwardLedger(AboutVolunteer):
    slug, title, icon, section = "volunteer-awards", "志愿者表彰", "certificate", PEOPLE
    model = VolunteerAward
    description = "先进典型、表彰和奖励；本人同意宣传的，总结和公开页面才写姓名。"
    columns = (
        *volunteer_columns(VolunteerAward),
        "occurred_on",
        "kind",
        column(VolunteerAward, "name", width=28),
        "rank",
        column(VolunteerAward, "grantor", width=20),
        column(VolunteerAward, "deeds", sort="", width=40, listed=False),
        column(VolunteerAward, "may_tell", listed=False),
        column(VolunteerAward, "highlight", listed=False),
        unit_column(VolunteerAward),
    )
    form_class = AwardForm
    form_layout = (
        ("volunteer", "occurred_on"),
        ("kind", "name"),
        ("rank", "grantor"),
        "deeds",
        ("may_tell", "highlight"),
    )
    filters = ("kind", "rank")
    identity = ("volunteer", "occurred_on", "name")
    footer = ("volunteers.awards", "volunteers.models")
    today = "occurred_on"


@register
class EvaluationLedger(AboutVolunteer):
    slug, title, icon, section = "volunteer-evaluations", "志愿者评价", "report-analytics", PEOPLE
    model = VolunteerEvaluation
    description = "服务对象和组织对志愿者的评价，以及投诉。"
    columns = (
        *volunteer_columns(VolunteerEvaluation),
        "occurred_on",
        "source",
        "level",
        column(VolunteerEvaluation, "said", sort="", width=40),
        unit_column(VolunteerEvaluation),
    )
    form_class = OnDayForm
    form_layout = (("volunteer", "occurred_on"), ("source", "level"), "said")
    filters = ("source", "level")
    identity = ("volunteer", "occurred_on", "source", "said")
    footer = ("volunteers.evaluations", "volunteers.complaints")
    today = "occurred_on"
