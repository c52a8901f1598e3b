"""公示: composing a list, its paper with the place for the seal, and counting what it held."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property

from portal.exports.paper import Paper, chinese, rows_of
from portal.exports.register import printed
from portal.guided import GuidedForm, GuidedView, chinese_day
from portal.ledgers import Column
from portal.ledgers.registry import ledgers
from portal.ledgers.services import log_access
from portal.marks import needs, writing_get
from portal.models import AccessLog
from portal.pdf.response import pdf_response
from portal.scope import access_of
from volunteers.forms.hours_steps import PostingForm
from volunteers.models import HoursPosting
from volunteers.selectors.hours import told_hours, what_of
from volunteers.selectors.postings import papered, shown_name, totals_of
from volunteers.services.postings import count, post
from volunteers.workflow import EDIT

SLUG = "hours-postings"


class PostView(GuidedView):
    """Confirmed records up to a day, told before they are posted."""

    title, button = "编制公示", "公示"
    confirms = True

    def form(self, data=None):
        return PostingForm(data, user=self.request.user)

    def context(self):
        ledger = ledgers[SLUG]
        return {
            "parent_url": ledger.url(),
            "parent_title": ledger.title,
            "explanation": "把已确认的时长列成名单公示；有更正申请未处理的留到以后。",
        }

    def perform(self, form):
        unit = form.cleaned_data["unit"]
        access_of(self.request.user).check(EDIT, unit.pk)
        place = form.cleaned_data["place"]
        return post(unit, form.records, place=place, by=self.request.user)

    def done(self, form, result):
        messages.success(
            self.request, f"已公示，{chinese_day(result.ends_on)}期满。请打印名单张贴。"
        )
        return redirect(ledgers[SLUG].url("detail", result))


class CountView(GuidedView):
    """After the last day: what nobody objects to counts."""

    title = button = "计入时长"

    @cached_property
    def posting(self) -> HoursPosting:
        return get_object_or_404(ledgers[SLUG].queryset(self.request.user), pk=self.kwargs["pk"])

    def form(self, data=None):
        access_of(self.request.user).check(EDIT, self.posting.unit_id)
        return GuidedForm(data)

    def context(self):
        ledger = ledgers[SLUG]
        return {
            "above_url": ledger.url(),
            "above_title": ledger.title,
            "parent_url": ledger.url("detail", self.posting),
            "parent_title": str(self.posting),
            "explanation": f"公示到{chinese_day(self.posting.ends_on)}为止；更正申请未处理的不计入。",
        }

    def perform(self, form):
        return count(self.posting, by=self.request.user)

    def done(self, form, result):
        counted, left = result
        told = f"已计入 {counted} 条。"
        if left:
            told += f"还有 {left} 条的更正申请未处理，处理后再计入。"
        messages.success(self.request, told)
        return redirect(ledgers[SLUG].url("detail", self.posting))


COLUMNS = (
    Column("志愿者编号", lambda record: record.volunteer.serial_number, width=22),
    Column("姓名", lambda record: shown_name(record.volunteer), width=12),
    Column("服务日期", lambda record: record.occurred_on, width=14),
    Column("活动名称", what_of, width=36),
    Column("时长（小时）", lambda record: told_hours(record.minutes), width=14),
)


@writing_get
@needs("volunteers.view")
def paper(request, pk):
    """The list to be put up: names masked but of those who agreed; below it the place for the seal."""
    posting = get_object_or_404(ledgers[SLUG].queryset(request.user), pk=pk)
    lines = list(papered(posting))
    people, hours = totals_of(lines)

    def summed(rows):
        return [{"志愿者编号": "合计", "时长（小时）": hours}.get(c.label, "") for c in COLUMNS]

    sheet = Paper(
        posting.title,
        COLUMNS,
        titles=(f"{posting.unit}{posting.title}",),
        remarks=(
            f"公示日期：{chinese(posting.starts_on)}至{chinese(posting.ends_on)}",
            f"{people} 人",
            f"公示地点：{posting.place}" if posting.place else "",
            f"对名单有异议的，请在公示期内向{posting.unit}提出。",
        ),
        total=summed,
        signature=(f"{posting.unit}（盖章）：", "负责人：", f"日期：{chinese(posting.starts_on)}"),
        footer=f"{request.user.name} {chinese(timezone.localdate())}打印",
    )
    log_access(
        AccessLog.Action.PDF,
        by=request.user,
        subject=posting._meta.label_lower,
        subject_id=posting.pk,
        unit_id=posting.unit_id,
        rows=len(lines),
    )
    return pdf_response(printed(sheet, list(rows_of(COLUMNS, lines))), sheet.name, inline=True)


new = needs(EDIT)(PostView.as_view())
count_page = needs(EDIT)(CountView.as_view())
