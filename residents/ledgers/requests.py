"""个人信息请求 as a ledger: what people ask for of the data about them, by when, and what was answered."""

from django.urls import reverse

from portal.ledgers import Action, Column, column, register
from portal.ledgers.columns import reader
from portal.ledgers.offers import offers_on
from portal.scope import access_of
from residents.data_requests import OPEN, save_request
from residents.enums import RequestKind, RequestState
from residents.ledgers.about import AboutResident, person_columns, unit_column
from residents.models import DataRequest
from residents.workflow import DATA_REQUEST


@register
class DataRequestLedger(AboutResident):
    slug, title, icon = "data-requests", "个人信息请求", "user-circle"
    quick = False
    model = DataRequest
    description = "居民请求查阅、更正、删除或转移自己的个人信息；15 个工作日内答复，答复有打印件。"
    columns = (
        column(DataRequest, "number", field="", width=16),
        "occurred_on",
        *person_columns(DataRequest),
        "kind",
        column(DataRequest, "content", sort="", width=30, listed=False),
        "asker",
        column(DataRequest, "asker_name", sort="", listed=False),
        column(DataRequest, "asker_relation", sort="", listed=False),
        column(DataRequest, "receiver", sort="", width=20, listed=False),
        column(DataRequest, "due_on", field=""),
        column(DataRequest, "state", field=""),
        column(DataRequest, "answered_on", field=""),
        Column("答复人", reader(DataRequest, "answered_by.name"), width=10, listed=False),
        unit_column(DataRequest),
    )
    form_layout = (
        ("resident", "occurred_on"),
        "kind",
        "content",
        ("asker", "asker_name", "asker_relation"),
        "receiver",
    )
    today = "occurred_on"
    select_related = ("resident", "answered_by", "verified_by")
    filters = ("kind", "state", "asker")
    identity = ("resident", "occurred_on", "kind")
    footer = ("data_requests.received", "data_requests.in_time")
    detail_template = "residents/data_request.html"

    def save(self, form, *, by):
        return save_request(form.save(commit=False), by=by)

    def kept_by(self, record):
        if record.state == RequestState.REGISTERED:
            return ""
        return "已经核验或答复的请求不再修改；有误的请撤回，重新登记。"

    def actions(self, record, user):
        access = access_of(user)
        if not access.may(self.edit_permission, record.unit_id):
            return []
        steps = dict(DATA_REQUEST.steps_from(record.state))
        if record.needs_two and record.verified_by_id == user.pk:
            steps.pop("answer", None)
        found = [
            Action(step.label, reverse("data-request-step", args=[record.pk, name]))
            for name, step in steps.items()
        ]
        if "answer" in steps and record.kind == RequestKind.CORRECT:
            found.insert(0, Action("逐项更正", reverse("data-request-lines", args=[record.pk])))
        if record.answered_on and access.may(OPEN, record.unit_id):
            found.append(Action("打印答复", reverse("data-request-answer", args=[record.pk])))
        answered = record.answered_on and not record.refusal_ground
        if answered and record.kind == RequestKind.CARRY and access.may(OPEN, record.unit_id):
            found.append(Action("取转移文件", reverse("data-request-bundle", args=[record.pk])))
        return found

    def _onwards(self, record, user):
        """The acts that bring the request further; refusing and withdrawing end it."""
        ends = {DATA_REQUEST.steps[name].label for name in ("refuse", "withdraw")}
        return [act for act in self.actions(record, user) if act.label not in ends]

    def page(self, record, request):
        return {
            "holdings_url": reverse("data-request-holdings", args=[record.pk]),
            "next": next(iter(self._onwards(record, request.user)), None),
            "waits": record.state in (RequestState.REGISTERED, RequestState.VERIFIED),
        }


@offers_on("residents")
def ask_for_data(record, user):
    if not access_of(user).may("residents.edit", record.unit_id):
        return []
    url = f"{reverse('ledger-add', args=['data-requests'])}?resident={record.pk}"
    return [Action("登记个人信息请求", url)]
