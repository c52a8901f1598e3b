"""The only writers of notices and receipts. A published notice is never edited; nor are its files."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from portal.attachments import services as files
from portal.attachments.services import Checked, attach, content_of, files_of, thumbnail_of
from portal.errors import StaleRecord
from portal.models import Attachment, Notice, NoticeReceipt, Unit
from portal.models.notices import speaks_for, works_at
from portal.models.units import UnitKind
from portal.notices.reading import READS, may_confirm, readers, unread_people
from portal.notices.workflow import NOTICE, PUBLISHES, NoticeState
from portal.notifying import notify
from portal.scope import Denied, access_of, below

NOT_CHECKED = {
    "recorded_by",
    "deleted_by",
    "replaces",
    "published_by",
    "published_at",
    "ended_by",
} | {"ended_at"}


def check_speaks(user, unit: int) -> None:
    """Raise Denied unless the user publishes in the name of the unit, as one who works there."""
    access_of(user).check(PUBLISHES, unit)
    if unit not in speaks_for(user):
        raise Denied("通知由发布单位自己的人办理；您可以用本单位的名义另发。")


def check_step(user, notice: Notice, name: str) -> None:
    """Raise Denied unless the user may take the step of ``workflow.NOTICE`` now."""
    step = NOTICE.steps[name]
    check_speaks(user, notice.unit_id)
    if notice.state not in step.sources:
        raise Denied(f"这份通知现在是“{notice.get_state_display()}”，不能{step.label}。")


def may_take(user, notice: Notice, name: str) -> bool:
    try:
        check_step(user, notice, name)
    except Denied:
        return False
    return name != "remind" or notice.receipt_by is not None


def _held(notice: Notice) -> Notice:
    """As it is now, and stays until the transaction ends."""
    rows = Notice.objects.select_related("unit").select_for_update(of=("self",))
    return rows.get(pk=notice.pk)


def _locked(notice: Notice, version: int, by, name: str) -> Notice:
    held = _held(notice)
    if held.version != version:
        raise StaleRecord(f"notice {notice.pk} was changed since it was seen")
    check_step(by, held, name)
    return held


# --- drafts -------------------------------------------------------------------------------------------
@transaction.atomic
def save_draft(notice: Notice, audience: Iterable[Unit], *, by) -> Notice:
    """Store a new or changed draft. Raises Denied, StaleRecord, ValidationError at the field."""
    check_speaks(by, notice.unit_id)
    if notice.pk:
        _locked(notice, notice.version, by, "publish")
    units = {unit.pk for unit in audience}
    known = Unit.objects.filter(pk__in=below([notice.unit_id])).exclude(kind=UnitKind.GRID)
    if not units or known.filter(pk__in=units).count() < len(units):
        raise ValidationError({"units": "请选择本单位或所属的社区，至少一个。"})
    _check_day(notice)
    notice.audience = sorted(units)
    notice.recorded_by = notice.recorded_by or by
    notice.full_clean(exclude=NOT_CHECKED)
    notice.save()
    return notice


def _check_day(notice: Notice) -> None:
    if notice.receipt_by and notice.receipt_by < timezone.localdate():
        raise ValidationError({"receipt_by": "签阅期限不能早于今天。"})


@transaction.atomic
def add_files(notice: Notice, found: list[tuple[Checked, str]], *, by) -> int:
    """Keep the files of a draft, each with its caption; while it is being published, they wait and are
    refused. Raises Denied, ValidationError, OSError."""
    notice = _held(notice)
    check_step(by, notice, "publish")
    purpose = Attachment.Purpose.PHOTO
    return sum(
        len(attach(notice, [file], purpose=purpose, caption=caption, by=by))
        for file, caption in found
    )


@transaction.atomic
def remove_file(notice: Notice, row: Attachment, *, version: int, by) -> None:
    """Waits as ``add_files`` does. Raises Denied, StaleRecord."""
    check_step(by, _held(notice), "publish")
    files.recycle(row, version=version, by=by)


@transaction.atomic
def drop(notice: Notice, *, version: int, by) -> None:
    """A draft that nobody saw goes; what it was to replace may be replaced again."""
    notice = _locked(notice, version, by, "drop")
    notice.replaces = None
    notice.deleted_at, notice.deleted_by = timezone.now(), by
    notice.save()


# --- out ----------------------------------------------------------------------------------------------
@transaction.atomic
def publish(notice: Notice, *, version: int, by) -> Notice:
    """From now on its words and files stay. What it replaces is replaced in the same moment, and its readers
    are asked anew. Raises Denied, StaleRecord, ValidationError."""
    notice = _locked(notice, version, by, "publish")
    _check_day(notice)
    if notice.replaces_id:
        _put_aside(notice, by)
    notice.state, notice.is_out = NoticeState.OUT, True
    notice.published_by, notice.published_at = by, timezone.now()
    notice.full_clean(exclude=NOT_CHECKED)
    notice.save()
    files.reread([notice])
    people = [user for user, _ in readers(notice).values()]
    _tell(notice, people, by, "notices.asked" if notice.receipt_by else "notices.published")
    return notice


def _put_aside(notice: Notice, by) -> None:
    former = Notice.objects.select_for_update(of=("self",)).get(pk=notice.replaces_id)
    if former.state != NoticeState.OUT:
        raise Denied(f"要替换的通知现在是“{former.get_state_display()}”，不能再替换；请另发通知。")
    former.state = NoticeState.REPLACED
    former.ended_by, former.ended_at = by, timezone.now()
    former.save()


@transaction.atomic
def begin_new_version(notice: Notice, *, version: int, by) -> Notice:
    """A draft with the same words and files, to be changed and published in its place; the one there is."""
    notice = _locked(notice, version, by, "replace")
    if begun := Notice.objects.kept().filter(replaces=notice).first():
        return begun
    draft = Notice(
        unit=notice.unit,
        audience=notice.audience,
        title=notice.title,
        text=notice.text,
        number=notice.number + 1,
        replaces=notice,
        recorded_by=by,
    )
    draft.full_clean(exclude=NOT_CHECKED)
    draft.save()
    for row in files_of(notice):
        thumbnail = thumbnail_of(row) if row.is_image else b""
        same = Checked(content_of(row), thumbnail, row.media_type, row.pages)
        attach(draft, [same], purpose=row.purpose, caption=row.caption, by=by)
    return draft


@transaction.atomic
def withdraw(notice: Notice, *, version: int, reason: str, by) -> Notice:
    """It no longer holds; its readers see that, and why. Raises ValidationError without a reason."""
    notice = _locked(notice, version, by, "withdraw")
    if not reason:
        raise ValidationError({"reason": "请写明撤回的理由。"})
    _end(notice, NoticeState.WITHDRAWN, by, reason)
    _tell(notice, [user for user, _ in readers(notice).values()], by, "notices.withdrawn")
    return notice


@transaction.atomic
def archive(notice: Notice, *, version: int, by) -> Notice:
    """It is over: nobody is asked to read it any more."""
    notice = _locked(notice, version, by, "archive")
    return _end(notice, NoticeState.ARCHIVED, by)


def _end(notice: Notice, state: str, by, reason: str = "") -> Notice:
    notice.state, notice.ended_for = state, reason
    notice.ended_by, notice.ended_at = by, timezone.now()
    notice.save()
    return notice


@transaction.atomic
def remind(notice: Notice, *, by) -> int:
    """Tell those who have not read it; how many. Raises Denied where no receipt is asked for."""
    check_step(by, notice, "remind")
    if notice.receipt_by is None:
        raise Denied("这份通知不要求签阅。")
    people = unread_people(notice)
    _tell(notice, people, by, "notices.reminded")
    return len(people)


def _tell(notice: Notice, people, by, kind: str) -> None:
    words = {"office": notice.unit, "title": notice.title}
    if kind == "notices.asked":
        words["day"] = f"{notice.receipt_by.month}月{notice.receipt_by.day}日"
    url = reverse("notice", args=[notice.pk])
    notify(kind, to=people, url=url, unit=notice.unit_id, by=by, **words)


@transaction.atomic
def confirm_read(notice: Notice, *, by) -> bool:
    """已阅; whether it was said now. Raises Denied for who is not asked."""
    if NoticeReceipt.objects.filter(notice=notice, user=by).exists():
        return False
    if not may_confirm(notice, by):
        raise Denied("这份通知不需要您签阅。")
    unit = next(pk for pk in notice.audience if pk in works_at(by, READS))
    row = NoticeReceipt(unit_id=unit, notice=notice, user=by)
    NoticeReceipt.objects.bulk_create([row], ignore_conflicts=True)
    return True
