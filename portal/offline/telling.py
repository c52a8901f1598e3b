"""On the page of a record that came from a phone: when it was typed, and when it arrived."""

from django.utils import timezone

from portal.ledgers.remarks import Remark, remarks_on_records
from portal.models import OfflineEntry
from portal.offline.times import LATE


def told(moment) -> str:
    local = timezone.localtime(moment)
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"


@remarks_on_records
def arrived_late(record, user) -> list[Remark]:
    entry = OfflineEntry.objects.filter(
        subject=record._meta.label_lower, subject_id=record.pk
    ).first()
    if entry is None:
        return []
    if entry.typed_at is None:
        return [
            Remark(f"手机离线登记，{told(entry.received_at)}送达；手机的时钟不准，填写时间不明")
        ]
    if entry.received_at - entry.typed_at < LATE:
        return []
    return [Remark(f"手机离线登记：{told(entry.typed_at)}填写，{told(entry.received_at)}送达")]
