"""A believable row of any model, made from what its fields say, with a canary in each free text.

The factories make what people look at; this makes the rest, so that a new table is in the matrix by
itself. What cannot be made so is told by name, to be made by hand in ``world.py``.
"""

import base64
import datetime
import decimal
import io
import uuid

import openpyxl
import pypdfium2
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from portal.attachments.services import Checked
from portal.crypto import encrypt
from portal.exports import jobs
from portal.exports.definition import COLUMN, Definition, ProfileField
from portal.imports.journal import sealed
from portal.wall.registry import tables
from servicecenter.services.public import packed

DAY = datetime.date(2025, 3, 10)
LONG = 12
EVERYTHING = '{"params": {}, "search": ""}'


def blank_page() -> bytes:
    target = io.BytesIO()
    paper = pypdfium2.PdfDocument.new()
    paper.new_page(200, 200)
    paper.save(target)
    return target.getvalue()


PDF = blank_page()
# What the fields do not say: label → values, each for ``(unit, user)``.
GIVEN = {
    "disability.WorkerAttendance": lambda unit, user: {"activity": _first("residents.Activity")},
    "portal.Ask": lambda unit, user: {
        "figures": ["visits.home"],
        "category": "",
        "period_key": "2025",
    },
    "portal.AskStep": lambda unit, user: {"step": "accept"},
    "portal.ClosedPeriod": lambda unit, user: {
        "starts_on": datetime.date(2001, 1, 1),
        "ends_on": datetime.date(2001, 12, 31),
    },
    "portal.ExportProfile": lambda unit, user: {"ledger": "visits"},
    "portal.ExportProfileVersion": lambda unit, user: {
        "definition": Definition((ProfileField(COLUMN, "日期", source="日期"),)).as_json()
    },
    "portal.ExportRequest": lambda unit, user: {
        "ledger": "residents",
        "opened": ["id_number"],
        "selection": EVERYTHING,
    },
    "portal.FigureCell": lambda unit, user: {
        "definition": apps.get_model("portal.CellDefinition")(pk=1)
    },
    "portal.Handover": lambda unit, user: {"leaver": _colleague(user)},
    "portal.HandoverPart": lambda unit, user: {"leaver": _colleague(user), "domain": "residents"},
    "portal.ImportBatch": lambda unit, user: {
        "ledger": "visits",
        "content": sealed({"file": base64.b64encode(_workbook()).decode()}),
    },
    "portal.ImportPage": lambda unit, user: {"fate": "new", "content": sealed([])},
    "portal.ImportStep": lambda unit, user: {"action": "check"},
    "portal.Notice": lambda unit, user: {"audience": [unit.pk]},
    "portal.Notification": lambda unit, user: {"kind": "imports.checked", "url": "/today/"},
    "portal.RegisterPrint": lambda unit, user: {
        "ledger": "visits",
        "selection": EVERYTHING,
        "state": "done",
        "content": encrypt(base64.b64encode(PDF).decode(), jobs.CONTEXT).encode(),
        "unit_ids": [unit.pk],
    },
    "reports.Summary": lambda unit, user: {"kind": "A", "period_key": "2025"},
    "reports.ReviewStep": lambda unit, user: {"step": "submit"},
    "reports.Issue": lambda unit, user: {
        "kind": "A",
        "period_key": "2025",
        "content": {"title": "二〇二五年工作总结"},
    },
    "reports.Board": lambda unit, user: {"recorded_by": user},
    "reports.BulkItem": lambda unit, user: {
        "kind": "A",
        "period_key": "2025",
        "state": "done",
        "summary": _first("reports.Summary"),
    },
    "reports.BulkRun": lambda unit, user: {
        "kinds": ["A"],
        "period_key": "2025",
        "asked_by": user,
    },
    "portal.SavedSearch": lambda unit, user: {"ledger": "visits", "selection": EVERYTHING},
    "portal.UnitGroup": lambda unit, user: {"members": [unit.pk]},
    "residents.DuplicatePair": lambda unit, user: dict(
        zip(("first", "second"), _several("residents.Resident")[:2], strict=True)
    ),
    "servicecenter.Disclosure": lambda unit, user: {"places": ["board"]},
    "servicecenter.Letter": lambda unit, user: {
        "kind": "question",
        "files": packed([Checked(PDF, b"", "application/pdf", 1)]),
        "files_count": 1,
    },
    "servicecenter.Reception": lambda unit, user: {"topics": ["relief"]},
    "volunteers.ServiceCertificate": lambda unit, user: {"content": ""},
    "volunteers.ServiceRecord": lambda unit, user: {
        "activity": _first("volunteers.VolunteerActivity"),
        "minutes": 60,
        "state": "recorded",
    },
    "volunteers.VolunteerApplication": lambda unit, user: {"id_kind": "passport"},
}


def _workbook() -> bytes:
    target = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["日期", "姓名"])
    book.save(target)
    return target.getvalue()


def _several(label):
    return list(apps.get_model(label)._base_manager.order_by("pk"))


def _first(label):
    found = _several(label)
    if not found:
        raise LookupError(label)
    return found[0]


def _colleague(user):
    return type(user)._base_manager.exclude(pk=user.pk).order_by("pk").first()


def _text(field, word):
    return word[: field.max_length] if field.max_length else word


def value_of(field, word, unit, user):
    """What stands in one field; raises LookupError where the row that it refers to is missing."""
    if field.is_relation:
        target = field.related_model
        if target._meta.label == "portal.Unit":
            return unit
        if target._meta.label == "portal.User":
            return user
        return _first(target._meta.label)
    if field.choices:
        return field.flatchoices[0][0]
    for kind, value in (
        (ArrayField, lambda: [unit.pk] if field.name == "unit_ids" else []),
        (models.JSONField, dict),
        (models.UUIDField, uuid.uuid4),
        (models.BooleanField, lambda: False),
        (models.DateTimeField, timezone.now),
        (models.DateField, lambda: DAY),
        (models.TimeField, lambda: datetime.time(9)),
        (models.DurationField, lambda: datetime.timedelta(hours=1)),
        (models.DecimalField, lambda: decimal.Decimal(1)),
        (models.FloatField, lambda: 1.0),
        (models.IntegerField, lambda: 2025 if "year" in field.name else 1),
        (models.BinaryField, lambda: b"x"),
        (models.GenericIPAddressField, lambda: "127.0.0.1"),
        (models.Field, lambda: _text(field, word)),
    ):
        if isinstance(field, kind):
            return value()
    raise TypeError(field)


def _wanted(field) -> bool:
    if field.primary_key and not field.is_relation:
        return not (field.has_default() or isinstance(field, models.AutoField))
    if getattr(field, "generated", False):
        return False
    is_text = isinstance(field, models.CharField | models.TextField) and not field.choices
    return not (field.null or field.has_default()) and (not field.blank or is_text)


def make(model, word, unit, user, **told):
    """One row of ``model``, with as many texts as it takes; raises what the database says."""
    given = GIVEN.get(model._meta.label, lambda unit, user: {})(unit, user) | told

    def stored(fields, **key):
        values = {f.name: value_of(f, word, unit, user) for f in fields if f.name not in given}
        with transaction.atomic():
            return model._base_manager.create(**values | given | key)

    fields = [field for field in model._meta.concrete_fields if _wanted(field)]
    try:
        return stored(fields)
    except IntegrityError:  # a text that may stand only beside another field
        return stored([field for field in fields if not field.blank], **_spent_key(model))


def _spent_key(model) -> dict:
    """The key that a refused row took from the sequence, to be given to the next."""
    if not isinstance(model._meta.pk, models.AutoField):
        return {}
    with connection.cursor() as cursor:
        sequence = [model._meta.db_table, model._meta.pk.column]
        cursor.execute("SELECT currval(pg_get_serial_sequence(%s, %s))", sequence)
        return {"pk": cursor.fetchone()[0]}


def fill(word, unit, user) -> dict[str, str]:
    """A row in each table of the wall that holds none; label → why it could not be made."""
    ours = {table.label for table in tables() if table.is_protected}
    waiting = {m for m in apps.get_models() if m._meta.label in ours}
    waiting = {m for m in waiting if not m._base_manager.exists() and m._meta.managed}
    problems: dict[str, str] = {}
    for _ in range(LONG):
        made = set()
        for model in sorted(waiting, key=lambda m: m._meta.label):
            try:
                make(model, word, unit, user)
            except Exception as problem:  # whatever refuses it: told by name below
                problems[model._meta.label] = f"{type(problem).__name__}: {problem}"[:200]
            else:
                made.add(model)
                problems.pop(model._meta.label, None)
        waiting -= made
        if not made:
            break
    return problems
