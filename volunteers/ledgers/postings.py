"""时长公示: lists of confirmed hours that are shown for some days, and then count."""

from django.urls import reverse
from django.utils import timezone

from portal.ledgers import Action, Column, Ledger, column, register
from portal.scope import access_of
from residents.ledgers.about import unit_column
from volunteers.ledgers.hours import posting_entry
from volunteers.ledgers.postings_page import page_of_posting
from volunteers.ledgers.sections import HOURS as SECTION
from volunteers.models import HoursPosting
from volunteers.workflow import EDIT


def state_of(posting) -> str:
    if posting.closed_on:
        return "已计入"
    return "公示中" if posting.ends_on >= timezone.localdate() else "期满待计入"


LOOKS = {"已计入": "good", "公示中": "info", "期满待计入": "warn"}


@register
class PostingLedger(Ledger):
    slug, title, icon, section = "hours-postings", "时长公示", "speakerphone", SECTION
    quick = False
    by_hand = False
    model = HoursPosting
    description = "已确认的时长按规则公示若干天，志愿者可以提出异议；期满没有异议的自动计入。"
    date = "starts_on"
    order = ("-starts_on", "-pk")
    columns = (
        column(HoursPosting, "title", width=36),
        "starts_on",
        "ends_on",
        column(HoursPosting, "place", sort="", width=24),
        Column("状态", state_of, width=12, look=lambda p: {"badge": LOOKS[state_of(p)]}),
        column(HoursPosting, "closed_on", field=""),
        unit_column(HoursPosting),
    )
    form_layout = ("title", ("starts_on", "ends_on", "closed_on"), "place")
    search = ("title", "place")
    search_hint = "公示名称或地点"
    footer = ("volunteers.hours_postings",)
    detail_template = "volunteers/posting.html"

    def list_actions(self, user):
        return posting_entry(user)

    def actions(self, record, user):
        ended = record.ends_on < timezone.localdate() and record.closed_on is None
        if not ended or not access_of(user).may(EDIT, record.unit_id):
            return []
        return [Action("计入时长", reverse("hours-posting-count", args=[record.pk]))]

    def page(self, record, request):
        paper = reverse("hours-posting-paper", args=[record.pk])
        return {"page_links": [("打印公示名单", paper)], **page_of_posting(record, request.user)}
