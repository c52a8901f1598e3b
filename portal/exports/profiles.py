"""Profiles: made from a ledger, versioned, shared with the units below, used, and what was sent."""

import hashlib

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from portal.errors import Unreadable
from portal.exports import lists
from portal.exports.definition import Definition
from portal.exports.papers import file_name
from portal.exports.register import printed
from portal.exports.tables import Table
from portal.exports.xlsx import XLSX, write
from portal.ledgers.registry import ledgers
from portal.ledgers.services import log_access
from portal.models import AccessLog, ExportProfile, ExportProfileVersion, ProfileSending
from portal.scope import above, access_of

PERMISSION = "records.export"


# --- which ------------------------------------------------------------------------------------------
def visible_profiles(user):
    """The profiles of the user's units and of those above, of ledgers that the user may see."""
    access = access_of(user)
    units = access.units(PERMISSION)
    slugs = [ledger.slug for ledger in ledgers if access.may(ledger.view_permission)]
    rows = ExportProfile.objects.filter(unit__in=units | above(units), ledger__in=slugs)
    return rows.select_related("unit", "created_by")


def may_change(profile, user) -> bool:
    return profile.retired_at is None and access_of(user).may(PERMISSION, profile.unit_id)


def newest(profile) -> ExportProfileVersion:
    """Raises Unreadable for a profile that lost its versions."""
    found = profile.versions.order_by("-number").select_related("made_by").first()
    if found is None:
        raise Unreadable(f"Profile {profile.pk} has no version.")
    return found


# --- making -----------------------------------------------------------------------------------------
@transaction.atomic
def create(ledger, definition: Definition, *, unit, name, recipient="", note="", by):
    """A new profile with its first version; raises Denied, ValidationError for a taken name."""
    access_of(by).check(PERMISSION, unit.pk)
    profile = ExportProfile(
        unit=unit, ledger=ledger.slug, name=name, recipient=recipient, note=note, created_by=by
    )
    _check_name(profile)
    profile.save()
    _add_version(profile, definition, by=by, note="初版")
    return profile


def _check_name(profile) -> None:
    taken = ExportProfile.objects.filter(
        unit=profile.unit_id, name=profile.name, retired_at__isnull=True
    )
    if taken.exclude(pk=profile.pk).exists():
        raise ValidationError({"name": "本单位已有同名的模板，请换一个名称。"})


def _add_version(profile, definition, *, by, note) -> ExportProfileVersion:
    last = profile.versions.order_by("-number").values_list("number", flat=True).first() or 0
    return ExportProfileVersion.objects.create(
        unit_id=profile.unit_id,
        profile=profile,
        number=last + 1,
        definition=definition.as_json(),
        note=note,
        made_by=by,
    )


@transaction.atomic
def change(profile, definition: Definition, *, by, fields, note="") -> ExportProfileVersion:
    """Store ``fields`` (name, recipient, note), and a new version if the table itself changed.

    The profile's own version is compared, so that of two editors the second is told.
    """
    access_of(by).check(PERMISSION, profile.unit_id)
    for name, value in fields.items():
        setattr(profile, name, value)
    _check_name(profile)
    profile.save()
    present = newest(profile)
    if Definition.from_json(present.definition) == definition:
        return present
    return _add_version(profile, definition, by=by, note=note)


@transaction.atomic
def copy(profile, *, unit, by) -> ExportProfile:
    """The same table as a profile of the unit's own, under a name that is free there."""
    definition = Definition.from_json(newest(profile).definition)
    names = set(
        ExportProfile.objects.filter(unit=unit, retired_at__isnull=True).values_list(
            "name", flat=True
        )
    )
    name, number = profile.name, 1
    while name in names:
        number += 1
        name = f"{profile.name[:52]}（{number}）"
    ledger = ledgers[profile.ledger]
    return create(ledger, definition, unit=unit, name=name, recipient=profile.recipient, by=by)


@transaction.atomic
def retire(profile, *, by) -> None:
    """Out of use; its versions and sendings stay."""
    access_of(by).check(PERMISSION, profile.unit_id)
    profile.retired_at = timezone.now()
    profile.save()


# --- using ------------------------------------------------------------------------------------------
def table_of(version, *, unit, period, by, **narrowing) -> Table:
    ledger = ledgers[version.profile.ledger]
    access_of(by).check(ledger.view_permission, unit.pk)
    access_of(by).check(PERMISSION, unit.pk)
    definition = Definition.from_json(version.definition)
    return Table(definition, ledger, by, unit, period, **narrowing)


def make_file(version, table: Table, kind: str, *, watermark: str = "") -> lists.File:
    """The file; raises RowsDisagree, and lists.TooLong for a PDF that would take too long."""
    paper, rows = table.made()
    footer = f"{version} · {timezone.localdate():%Y-%m-%d} {table.user.name}"
    note = paper.remarks[0] if paper.remarks else ""
    paper = table.paper(len(rows), note, footer=footer, watermark=watermark)
    if kind == "pdf":
        if len(rows) > settings.PRINT_ROWS_AT_ONCE:
            raise lists.TooLong
        return lists.File(printed(paper, rows), lists.PDF, "pdf", len(rows))
    content, count = write(paper, rows)
    return lists.File(content, XLSX, "xlsx", count)


@transaction.atomic
def use(version, table: Table, kind: str, *, by, send=None) -> lists.File:
    """The file, logged; with ``send`` (recipient, note, key) registered as sent, once for a key."""
    file = make_file(version, table, kind)
    log_access(
        AccessLog.Action.PDF if kind == "pdf" else AccessLog.Action.EXPORT,
        by=by,
        subject=table.ledger.slug,
        unit_id=table.unit.pk,
        purpose=f"报表模板 {version}"[:200],
        rows=file.rows,
    )
    if send is not None:
        register_sending(version, table, file, by=by, **send)
    return file


def register_sending(
    version, table: Table, file: lists.File, *, by, recipient, key, note="", full_numbers=False
) -> ProfileSending:
    sending, _ = ProfileSending.objects.get_or_create(
        key=key,
        defaults={
            "unit": table.unit,
            "profile_version": version,
            "recipient": recipient,
            "by": by,
            "period": table.period.key if table.period else "",
            "rows": file.rows,
            "file_name": file_name(version.profile.name, file.extension),
            "sha256": hashlib.sha256(file.content).hexdigest(),
            "full_numbers": full_numbers,
            "note": note,
        },
    )
    return sending


def visible_sendings(user):
    """What was sent from units where the user may export."""
    rows = ProfileSending.objects.filter(unit__in=access_of(user).units(PERMISSION))
    return rows.select_related("profile_version__profile", "unit", "by")


def sendings_of_file(content: bytes, user):
    """The registered sendings of this very file; none if it was changed by a single character."""
    return visible_sendings(user).filter(sha256=hashlib.sha256(content).hexdigest())
