"""检查 of all kinds, the groups that were looked at, and what the communities say, as ledgers."""

import django_filters
from django.db.models import Count, Prefetch, Q
from django.urls import reverse

from portal.ledgers import MORE, Action, Column, Ledger, column, register
from portal.ledgers.columns import display, reader
from portal.numbers import trimmed
from portal.scope import Denied, access_of
from residents.ledgers.about import unit_column
from sanitation.enums.inspections import InspectionState as S
from sanitation.enums.inspections import SampleMethod
from sanitation.forms.inspections import InspectionFileForm, InspectionForm
from sanitation.ledgers.about import AboutCommunityLedger, community_column, grid_column
from sanitation.ledgers.inspection_page import page_of, steps_for
from sanitation.ledgers.sections import INSPECTIONS
from sanitation.models import (
    Finding,
    Inspection,
    InspectionReply,
    RectificationOrder,
    SampledGroup,
)
from sanitation.resolving import EDITION_LABEL, RUBRIC, RUBRIC_LABEL
from sanitation.selectors.inspections import (
    IN_STATE,
    grade_of,
    percent_of,
    reply_of,
    samples_of,
    state_of,
)
from sanitation.services import inspections as service
from sanitation.services.past import record_past
from sanitation.services.quarters import refuse_frozen

LOOKS = {
    S.BEGUN: "neutral",
    S.HELD: "warn",
    S.WAITING: "info",
    S.SIGNED: "good",
    S.OBJECTED: "warn",
    S.UPHELD: "good",
    S.REFUSED: "good",
    S.DONE: "good",
}


class StateFilter(django_filters.ChoiceFilter):
    """The state is told by the inspection and its reply."""

    def filter(self, rows, value):
        return rows.filter(IN_STATE[value]) if value else rows


def _groups(method):
    return lambda row: "、".join(grid.name for grid in samples_of(row).get(method, ()))


def _state(row) -> S:
    return state_of(row, reply_of(row))


def _grade(row) -> str:
    grade = grade_of(row)
    return grade.label if grade else ""


@register
class InspectionLedger(AboutCommunityLedger):
    slug, title, icon, section = "inspections", "环境卫生检查", "clipboard-check", INSPECTIONS
    model = Inspection
    description = (
        "常规巡查、季度检查、暗访、专项检查和上级督查。登记后确定抽查小组、记问题，提交后计分；"
        "暗访公布之前，被检查的社区（村）看不到。"
    )
    select_related = ("community", "rubric", "reply")
    columns = (
        "occurred_on",
        community_column(Inspection),
        column(Inspection, "kind", width=12),
        Column(
            "状态",
            lambda row: _state(row).label,
            width=12,
            look=lambda row: {"badge": LOOKS[_state(row)]},
        ),
        Column("得分", lambda row: trimmed(row.score), field="score", sort="score", numeric=True),
        Column("满分", lambda row: trimmed(row.full), field="full", numeric=True, listed=False),
        Column("得分率（%）", percent_of, numeric=True, width=12),
        Column("等次", _grade, width=8),
        Column("问题数", lambda row: row.found, sort="found", width=8, numeric=True),
        column(Inspection, "inspectors", sort="", width=18),
        column(Inspection, "subject", sort="", width=18, listed=False),
        Column(
            RUBRIC_LABEL, reader(Inspection, "rubric.name"), field="rubric", width=28, listed=False
        ),
        Column(
            EDITION_LABEL,
            reader(Inspection, "rubric.edition"),
            field="rubric",
            width=8,
            listed=False,
        ),
        column(Inspection, "rank", listed=False),
        column(Inspection, "notified", listed=False),
        Column(
            "村推荐小组",
            _groups(SampleMethod.RECOMMENDED),
            field="recommended",
            width=24,
            listed=False,
        ),
        Column("随机抽取小组", _groups(SampleMethod.RANDOM), field="drawn", width=24, listed=False),
        Column(
            "检查组指定小组", _groups(SampleMethod.NAMED), field="named", width=24, listed=False
        ),
        Column(
            "提交日期",
            lambda row: row.handed_in_on,
            field="handed_in",
            sort="handed_in_on",
            listed=False,
        ),
        Column(
            "公布日期",
            lambda row: display(row.published_at)[:10] or None,
            field="published",
            sort="published_at",
            listed=False,
        ),
        column(Inspection, "note", sort="", width=36, listed=False),
        column(Inspection, "highlight", sort="", listed=False),
        unit_column(Inspection),
    )
    form_class = InspectionForm
    form_layout = (
        ("community", "kind"),
        ("occurred_on", "inspectors"),
        "rubric",
        "subject",
        "note",
        ("rank", "score", "full"),
        ("notified", "highlight"),
    )
    form_folds = {"rank": "上级督查", "notified": MORE}
    preset = {"notified": True}
    own_name, today = "inspectors", "occurred_on"
    kept_for_next = ("kind", "rubric", "occurred_on")
    filters = ("kind",)
    more_filters = {
        "state": StateFilter(label="状态", choices=S.choices, empty_label="全部"),
    }
    search = ("inspectors", "subject", "community__name")
    search_hint = "检查人、内容或社区（村）"
    identity = ("community", "occurred_on", "kind")
    resolvers = AboutCommunityLedger.resolvers | {"rubric": RUBRIC}
    footer = ("sanitation.inspections", "sanitation.inspection_rate")
    detail_template = "sanitation/inspection.html"

    def readable(self, rows):
        samples = SampledGroup.objects.kept().select_related("grid").order_by("grid__code")
        found = Count("findings", filter=Q(findings__deleted_at__isnull=True))
        rows = super().readable(rows).annotate(found=found)
        return rows.prefetch_related(Prefetch("samples", samples, to_attr="samples_ahead"))

    def label_of(self, record):
        return f"{record.community} {record.occurred_on} {record.get_kind_display()}"

    def form_of_file(self, form_class):
        return type("InspectionFile", (InspectionFileForm, form_class), {})

    def save(self, form, *, by):
        record = form.save(commit=False)
        adding = record._state.adding
        record = service.begin(record, by=by) if adding else service.change(record, by=by)
        if form.from_file:
            record_past(
                record,
                form.sample,
                form.cleaned_data.get("handed_in"),
                form.cleaned_data.get("published"),
                by=by,
                is_new=adding,
            )
        return record

    def list_actions(self, user):
        if not access_of(user).may(self.edit_permission):
            return ()
        return [Action("现场检查", reverse("field-start"))]

    def actions(self, record, user):
        return steps_for(record, user)

    def page(self, record, request):
        return page_of(record, request.user)

    def check_deletable(self, record):
        """What was handed in, what the community answered, or was ordered to repair, stays."""
        service.check_unbound(record)
        orders = RectificationOrder.objects.kept().filter(finding__inspection=record)
        if count := orders.count():
            raise Denied(f"还有 {count} 张整改单因它下达，请先处理整改单再删除。")
        repeats = Finding.objects.kept().filter(same_as__inspection=record)
        if count := repeats.exclude(inspection=record).count():
            raise Denied(f"其他检查有 {count} 个问题与它的为同一问题，请先取消对应再删除。")
        super().check_deletable(record)

    def recycle(self, record, *, version, by):
        refuse_frozen(record.unit_id, record.occurred_on)
        super().recycle(record, version=version, by=by)

    def restore(self, record, *, by):
        refuse_frozen(record.unit_id, record.occurred_on)
        super().restore(record, by=by)


@register
class SampledGroupLedger(AboutCommunityLedger):
    slug, title, icon, section = "sampled-groups", "抽查小组", "arrows-sort", INSPECTIONS
    quick = False
    by_hand = False
    model = SampledGroup
    description = "各次检查抽到的网格（小组）和抽法；在检查的页面上确定，随机抽取的可以重抽核对。"
    date = "inspection__occurred_on"
    order = ("-inspection__occurred_on", "grid__code", "-pk")
    select_related = ("community", "grid", "inspection__community")
    columns = (
        grid_column(SampledGroup, sort="grid__code"),
        community_column(SampledGroup),
        Column(
            "检查日期",
            reader(SampledGroup, "inspection.occurred_on"),
            sort="inspection__occurred_on",
        ),
        Column("检查方式", reader(SampledGroup, "inspection.kind"), width=12),
        column(SampledGroup, "method", width=12),
        unit_column(SampledGroup),
    )
    form_layout = (("inspection", "grid"), "method")
    filters = ("method",)
    search = ("grid__name", "community__name")
    search_hint = "网格（小组）或社区（村）"
    footer = ("sanitation.sampled_groups",)

    def label_of(self, record):
        return f"{record.grid}（{record.get_method_display()}）"


@register
class ReplyLedger(Ledger):
    slug, title, icon, section = "inspection-replies", "检查结果签认", "pencil", INSPECTIONS
    quick = False
    by_hand = False
    model = InspectionReply
    description = "社区（村）对检查结果的签认和异议，以及检查组的答复；在检查的页面上办理。"
    select_related = ("inspection__community",)
    columns = (
        "occurred_on",
        Column("社区（村）", reader(InspectionReply, "inspection.community"), width=16),
        Column("检查方式", reader(InspectionReply, "inspection.kind"), width=12),
        Column("检查日期", reader(InspectionReply, "inspection.occurred_on"), width=12),
        column(InspectionReply, "agrees", width=10),
        column(InspectionReply, "signer", sort="", width=12),
        column(InspectionReply, "objection", sort="", width=32),
        column(InspectionReply, "answer", sort="", width=32),
        column(InspectionReply, "upheld", width=10),
        column(InspectionReply, "answered_on", width=12),
    )
    form_layout = (
        ("inspection", "agrees"),
        "signer",
        "objection",
        ("upheld", "answered_on"),
        "answer",
    )
    filters = ("agrees", "upheld")
    search = ("signer", "objection", "answer")
    search_hint = "签认人、异议或答复"
    footer = ("sanitation.inspection_objections",)

    def label_of(self, record):
        return f"{record.inspection.community} {record.get_agrees_display()}"

    def actions(self, record, user):
        inspection = record.inspection
        may = access_of(user)
        if record.agrees or record.upheld is not None:
            return ()
        if may.may("sanitation.edit", inspection.unit_id) or may.may(
            "scores.publish", inspection.unit_id
        ):
            return [Action("答复异议", reverse("inspection-answer", args=[inspection.pk]))]
        return ()
