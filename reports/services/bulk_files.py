"""What a run gives away: which files of it a user may take, under which names, and for how long."""

import re
from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from portal.crypto import decrypt_bytes
from portal.scope import scope
from reports.models import BulkItem, BulkRun, Summary
from reports.models.about import readable_by

State = BulkItem.State
KEPT_FOR = timedelta(days=14)
EXPIRED = "文件已过期，请重新起草。"
FEW = 20
LONGEST = 70  # of a title; with code and kind it stays below the 255 bytes of a file's name
# What a name may not hold on Windows, controls, and marks that turn the reading direction.
UNSAFE = re.compile('[\\\\/:*?"<>|\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]')


def context_of(pk: int) -> bytes:
    """A file moved to another item's row does not open there."""
    return b"bulk summary:%d" % pk


def pdf_of(item: BulkItem) -> bytes:
    return decrypt_bytes(bytes(item.pdf), context_of(item.pk))


def takeable(run: BulkRun, user):
    """Items whose file is there, whose records ``user`` sees, and whose summary still stands."""
    items = run.items.filter(readable_by(user), state=State.DONE, summary__deleted_at=None)
    return items.exclude(pdf=b"").exclude(summary__state=Summary.State.WITHDRAWN)


def entries(items) -> Iterator[tuple[BulkItem, str, bytes]]:
    """(item, its file's name, the PDF); a few at a time, as the whole run may not fit into memory."""
    found = items.select_related("unit", "summary").iterator(chunk_size=FEW)
    return ((item, entry_name(item), pdf_of(item)) for item in found)


def entry_name(item: BulkItem) -> str:
    """Safe on any system; unit code and kind make it the only one of its run."""
    title = UNSAFE.sub("_", item.summary.title).lstrip(". ")[:LONGEST]
    return f"{item.unit.code} {title} {item.kind}.pdf"


def purge(everywhere) -> int:
    """Empty the files that were there for long enough; how many. The summaries stay."""
    before, emptied = timezone.now() - KEPT_FOR, 0
    while True:
        with scope(everywhere):  # a few at a time: the change log's trigger reads whole rows
            old = BulkItem.objects.filter(state=State.DONE, changed_at__lt=before).exclude(pdf=b"")
            some = list(old.values_list("pk", flat=True)[:FEW])
            emptied += BulkItem.objects.filter(pk__in=some).update(pdf=b"", message=EXPIRED)
        if len(some) < FEW:
            return emptied
