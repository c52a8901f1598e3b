"""The ledgers of the yearly survey and of the needs that were raised."""

from django.urls import reverse

from disability.enums.steps import NEED
from disability.forms.needs import NeedForm, SurveyForm
from disability.models import Need, NeedsSurvey
from disability.services.needs import save_new_surveys, save_survey
from portal.ledgers import MORE, Action, Sheet, column, register
from portal.scope import Denied, access_of
from residents.ledgers.about import AboutResident, person_columns, unit_column

SECTION = "康复服务"


@register
class SurveyLedger(AboutResident):
    slug, title, icon, section = "needs-surveys", "需求调查", "clipboard-list", SECTION
    model = NeedsSurvey
    description = "每年逐人调查康复需求；没有需求的也登记“无需求”。一次可登记多人。"
    columns = (
        "occurred_on",
        column(NeedsSurvey, "year", width=10),
        *person_columns(NeedsSurvey),
        column(NeedsSurvey, "needs", width=28),
        column(NeedsSurvey, "mode", width=8),
        column(NeedsSurvey, "surveyor", sort=""),
        column(NeedsSurvey, "detail", sort="", width=36, listed=False),
        unit_column(NeedsSurvey),
    )
    form_class = SurveyForm
    form_layout = (
        ("resident", "occurred_on"),
        ("surveyor", "mode"),
        "needs",
        "detail",
        *("year", "highlight"),
    )
    form_folds = {"year": MORE}
    sheet = Sheet(
        "康复需求调查表",
        common=("occurred_on", "surveyor", "mode"),
        each={"resident": 16, "needs": 56},
        margin=("签名",),
    )
    own_name, today = "surveyor", "occurred_on"
    kept_for_next = ("occurred_on", "mode")
    filters = ("needs", "mode", "year")
    identity = ("resident", "year")
    related = (("rehab-needs", "survey"),)
    footer = ("disability.needs_surveyed", "disability.needs_found", "disability.needs_raised")

    def identity_of(self, record):
        year = record.year or getattr(record.occurred_on, "year", None)
        return (record.resident_id, year) if record.resident_id and year else ()

    def save(self, form, *, by):
        survey = form.save(commit=False)
        if survey._state.adding:
            survey.recorded_by = by
        return save_survey(survey, by=by)

    def save_many(self, drafts, *, by):
        return save_new_surveys([survey for survey, _ in drafts], by=by)

    def actions(self, record, user):
        return problem_of(record, user)


@register
class NeedLedger(AboutResident):
    slug, title, icon, section = "rehab-needs", "康复需求", "clipboard-check", SECTION
    quick = False
    model = Need
    description = "每项需求从提出到满足；需求调查中选的自动列在这里，平时提出的也可登记。"
    select_related = ("resident", "survey")
    columns = (
        "occurred_on",
        *person_columns(Need),
        "kind",
        column(Need, "item", sort="", width=24),
        "state",
        column(Need, "arranged", sort="", width=28),
        "met_on",
        unit_column(Need),
    )
    form_class = NeedForm
    form_layout = (
        ("resident", "occurred_on"),
        ("kind", "item"),
        ("state", "met_on"),
        "arranged",
        "highlight",
    )
    form_folds = {"highlight": MORE}
    workflow = NEED
    today = "occurred_on"
    filters = ("kind", "state")
    identity = ("resident", "kind", "occurred_on")
    footer = ("disability.needs_raised", "disability.needs_met", "disability.needs_met_rate")

    def actions(self, record, user):
        return [*super().actions(record, user), *problem_of(record, user)]

    def check_deletable(self, record):
        if record.survey_id:
            raise Denied("这项需求是需求调查中登记的，请到那次调查里去掉。")
        super().check_deletable(record)


def problem_of(record, user) -> list[Action]:
    """转为问题事项 about the same resident, counted as disability work."""
    if not access_of(user).may("residents.edit", record.unit_id):
        return []
    url = reverse("ledger-add", args=["problems"])
    return [
        Action(
            "转为问题事项", f"{url}?resident={record.resident_id}&domains=disability&source=visit"
        )
    ]
