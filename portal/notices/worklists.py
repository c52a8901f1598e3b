"""What waits for a reader: notices that ask for 已阅."""

from django.urls import reverse

from portal.notices.reading import READS, asking, unread_by
from portal.worklists import Act, Group, Worklist, register

register(
    Worklist(
        "portal.notices",
        "待阅的通知",
        READS,
        asking,
        ledger="",
        text=lambda row: f"{row.title}（{row.unit}）",
        due=lambda row: f"{row.receipt_by:%m-%d}",
        address=lambda row: reverse("notice", args=[row.pk]),
        all_of_them=lambda: reverse("notice-list"),
        for_user=unread_by,
        group=Group.ASKED,
        day="receipt_by",
        place="",  # the unit of a notice is who sent it
        act=Act("查阅", lambda row: reverse("notice", args=[row.pk])),
    )
)
