"""Receiving what a phone sends: each key once, whatever was lost on the way."""

import hashlib

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from portal.attachments.services import attach
from portal.errors import TAKEN as ROW_TAKEN
from portal.errors import (
    PeriodClosed,
    ReferenceOutOfScope,
    StaleRecord,
    is_taken,
    settle,
    translating,
)
from portal.models import Attachment, OfflineEntry
from portal.offline.declare import Kind
from portal.offline.forms import EntryForm
from portal.scope import Denied, access_of

KEY_TAKEN = "这条记录的编号已被用过，没有保存；请重新登记。"
CLOSED = "{told}请改在电脑上登记，并写明原因。"
STALE = "有人同时改了同一条记录，没有保存；请核对后重新保存。"
GONE = "所选的内容已不存在，或不在您的工作范围内，没有保存。"


class NotValid(Exception):
    """The entry's form was refused; ``form`` tells why."""

    def __init__(self, form):
        super().__init__(str(form.errors))
        self.form = form


def receive(kind: Kind, data, files, *, by) -> OfflineEntry:
    """Store an entry with its photos, once: a repeat of its key gets the same answer, whatever became of
    the record since, even where it would be refused today.

    Raises Denied where ``by`` may not enter this kind at all; NotValid with the form for everything
    that is refused; OSError when the disk is full. Then nothing is stored.
    """
    access_of(by).check(kind.permission)
    entry = EntryForm(data)
    if not entry.is_valid():
        raise NotValid(entry)
    key = entry.cleaned_data["key"]
    _one_at_a_time(key)
    if (known := OfflineEntry.objects.filter(key=key).first()) is not None:
        if (known.user_id, known.kind) != (by.pk, kind.code):
            entry.add_error(None, KEY_TAKEN)
            raise NotValid(entry)
        return known
    try:
        form = kind.form(data, files, user=by)
    except ValidationError as gone:
        entry.add_error(None, gone)
        raise NotValid(entry) from gone
    if not form.is_valid():
        raise NotValid(form)
    try:
        with transaction.atomic(), translating():
            return _store(kind, form, entry.cleaned_data, by)
    except ValidationError as error:
        add_problem(form, error)
    except Denied as denial:
        form.add_error(None, str(denial))
    except PeriodClosed as closed:
        form.add_error(None, CLOSED.format(told=closed))
    except StaleRecord:
        form.add_error(None, STALE)
    except ReferenceOutOfScope:
        form.add_error(None, GONE)
    except IntegrityError as error:
        if not is_taken(error):
            raise
        form.add_error(None, ROW_TAKEN)
    raise NotValid(form)


def _store(kind, form, said, by) -> OfflineEntry:
    record = kind.save(form, by=by)
    settle()
    return OfflineEntry.objects.create(
        unit_id=record.unit_id,
        user=by,
        key=said["key"],
        kind=kind.code,
        subject=record._meta.label_lower,
        subject_id=record.pk,
        typed_at=said["typed_at"],
    )


def keep_photos(record, form, *, by) -> None:
    """The photos of a valid form of the class Photographed, kept with its record."""
    photos = form.cleaned_data["photos"]
    attach(record, photos, purpose=Attachment.Purpose.PHOTO, caption="", by=by)


def _one_at_a_time(key) -> None:
    """A second sending of the key waits here until the first one is done."""
    number = int.from_bytes(hashlib.sha256(key.bytes).digest()[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


def add_problem(form, error: ValidationError) -> None:
    """A service's refusal at its field, or above the form where the form has no such field."""
    named = error.error_dict if hasattr(error, "error_dict") else {None: error.error_list}
    for name, errors in named.items():
        form.add_error(name if name in form.fields else None, errors)
