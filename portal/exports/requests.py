"""Full numbers on request: asked by one person, decided by another, made anew at each download."""

import json
import re
import uuid
from dataclasses import replace
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from portal.exports import lists, profiles
from portal.exports.clear import sealed_columns, with_full_numbers
from portal.exports.paper import printed_on
from portal.exports.selection import Selection, thawed
from portal.exports.tables import Table
from portal.exports.workflow import APPROVER, REQUEST, RequestAction, RequestState
from portal.ledgers.choosing import columns_named
from portal.ledgers.registry import ledgers
from portal.ledgers.services import log_access
from portal.models import AccessLog, ExportRequest, Unit
from portal.notifying import notify
from portal.periods import Period
from portal.policies import policy
from portal.scope import Denied, access_of, below

NUMBER = re.compile(r"[0-9０-９]{6}")
LONGEST_FIELD = 40  # of the log


def clear_units(ledger, user) -> frozenset[int]:
    """Where the user may ask for full numbers: the right to export and to open numbers, both."""
    access = access_of(user)
    rights = ("records.export", "identity.unmask", ledger.view_permission)
    return frozenset.intersection(*(access.units(right) for right in rights))


def clean_reason(text: str) -> str:
    """The reason without numbers of persons: it is read by others and stays in the log."""
    if NUMBER.search(text):
        raise ValidationError("说明里请不要写证件号、电话等号码，写明事由即可。")
    return text


# --- asking ---------------------------------------------------------------------------------------
@transaction.atomic
def ask(selection: Selection, columns, opened, *, purpose, reason, by) -> ExportRequest:
    """Ask for these rows with full numbers in the columns ``opened``; raises Denied, ValidationError."""
    ledger = selection.ledger
    units = clear_units(ledger, by) & selection.units
    if chosen := selection.chosen.get("unit"):
        units &= below([chosen.pk])
    known = {column.label for column in sealed_columns(columns)}
    if not opened or not set(opened) <= known:
        raise ValidationError({"opened": "请选择要显示完整号码的栏目。"})
    narrowed = Selection(ledger, by, selection.listing.params, units=units)
    return _store(
        ledger,
        units,
        narrowed.records(),
        unit=chosen,
        selection=selection.frozen(),
        described=selection.described(searched=False)[:500],
        columns=[column.label for column in columns],
        opened=[column.label for column in columns if column.label in opened],
        purpose=purpose,
        reason=reason,
        by=by,
    )


@transaction.atomic
def ask_for_table(version, table: Table, *, purpose, reason, by) -> ExportRequest:
    """Ask for the table of a profile with full numbers in all its number columns."""
    ledger, sources = table.ledger, table.definition.sources
    units = clear_units(ledger, by) & table.selection.units
    opened = [c.label for c in sealed_columns(columns_named(ledger, sources))]
    if not opened:
        raise ValidationError("这份模板没有号码栏目。")
    period = table.period.label if table.period else "不限时段"
    return _store(
        ledger,
        units,
        replace(table, units=units).records(),
        unit=table.unit,
        profile_version=version,
        selection=json.dumps(
            {"unit": table.unit.pk, "period": table.period.key if table.period else ""}
        ),
        described=f"{version}；{table.unit.name}；{period}",
        columns=[each.header for each in table.definition.fields],
        opened=opened,
        purpose=purpose,
        reason=reason,
        by=by,
    )


def _store(ledger, units, records, *, unit, reason, by, **fields) -> ExportRequest:
    if not units:
        raise Denied("您没有可以申请导出完整号码的单位。")
    preferred = [unit.pk] if unit else []
    home = access_of(by).home
    request = ExportRequest.objects.create(
        unit_id=next(pk for pk in (*preferred, home.pk, min(units)) if pk in units),
        unit_ids=sorted(units),
        requester=by,
        ledger=ledger.slug,
        rows=records.count(),
        reason=clean_reason(reason),
        **fields,
    )
    _log(AccessLog.Action.ASK, request, request.rows, by=by)
    return request


def _log(action, request, rows, *, by, note="") -> None:
    log_access(
        action,
        by=by,
        subject=request.ledger,
        subject_id=request.pk,
        unit_id=request.unit_id,
        field="、".join(request.opened)[:LONGEST_FIELD],
        purpose=f"{request} {request.get_purpose_display()} {note or request.reason}"[:200],
        rows=rows,
    )


# --- who may ----------------------------------------------------------------------------------------
def _approving_units(access) -> frozenset[int]:
    """Where the account decides on requests: heads do as well, unless the policy leaves it to the security
    administrator alone."""
    if not access.administers and policy("clear_exports_by_security"):
        return frozenset()
    return access.units("exports.approve")


def approvable_by(rows, user):
    """Those of the requests whose every unit is the user's to approve, but never one's own."""
    units = _approving_units(access_of(user))
    return rows.filter(unit_ids__contained_by=list(units)).exclude(requester=user)


def visible_requests(user):
    """One's own, and those that one may decide."""
    own = ExportRequest.objects.filter(requester=user)
    decided = approvable_by(ExportRequest.objects.all(), user)
    return ExportRequest.objects.filter(pk__in=own.values("pk")) | decided


def is_approver(request: ExportRequest, user) -> bool:
    """Somebody else who approves for all its units: of the department, or the security administrator, who
    judges purpose and extent and sees no row."""
    access = access_of(user)
    permitted = _approving_units(access)
    if not access.administers:
        permitted &= access.units(ledgers[request.ledger].view_permission)
    return request.requester_id != user.pk and set(request.unit_ids) <= permitted


def is_requester(request: ExportRequest, user) -> bool:
    """Who asked, while every right that the request was made with is still held."""
    held = clear_units(ledgers[request.ledger], user)
    return request.requester_id == user.pk and set(request.unit_ids) <= held


def why_not(request: ExportRequest, action: RequestAction, user) -> str:
    """The reason why the user cannot do this now; "" where nothing is in the way."""
    step = REQUEST.steps[action]
    if request.state not in step.sources:
        return f"申请现在是“{request.get_state_display()}”，不能{step.label}。"
    if step.who == APPROVER:
        if request.requester_id == user.pk:
            return "不能审批自己的申请。"
        return "" if is_approver(request, user) else "您没有审批这份申请的权限。"
    if not is_requester(request, user):
        return "只有申请人可以办理，并且导出权限仍须有效。"
    if action == RequestAction.DOWNLOAD:
        if request.expires_at <= timezone.now():
            return "批准已过有效期，请重新申请。"
        if request.downloads >= request.most_downloads:
            return f"已下载 {request.downloads} 次，到了批准的次数，请重新申请。"
    return ""


def possible_actions(request: ExportRequest, user) -> list[RequestAction]:
    return [action for action in RequestAction if not why_not(request, action, user)]


# --- acting -----------------------------------------------------------------------------------------
def _locked(request: ExportRequest, action, by) -> ExportRequest:
    request = ExportRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if reason := why_not(request, action, by):
        raise Denied(reason)
    return request


@transaction.atomic
def perform(request: ExportRequest, action, *, by, note: str = "") -> ExportRequest:
    """Approve, refuse, withdraw or revoke; raises Denied with the reason, ValidationError at note."""
    action = RequestAction(action)
    if action == RequestAction.DOWNLOAD:
        raise ValueError("downloads give a file: call download()")
    note = clean_reason(note)
    request = _locked(request, action, by)
    step = REQUEST.steps[action]
    if "note" in step.needs and not note:
        raise ValidationError({"note": f"{action.label}要写明理由。"})
    request.state = step.target
    if step.who == APPROVER:
        request.decided_by, request.decided_at, request.note = by, timezone.now(), note
    if action == RequestAction.APPROVE:
        request.expires_at = request.decided_at + timedelta(hours=settings.EXPORT_VALID_HOURS)
        request.most_downloads = settings.EXPORT_DOWNLOADS_MOST
    request.save()
    if step.who == APPROVER:
        _tell(request, action, by)
    _log(AccessLog.Action.DECIDE, request, request.rows, by=by, note=f"{action.label}{note}")
    return request


def _tell(request: ExportRequest, action: RequestAction, by) -> None:
    notify(
        "exports.decided",
        to=[request.requester],
        url=reverse("export-request", args=[request.pk]),
        unit=request.unit_id,
        by=by,
        request=request,
        decision=action.label,
    )


@transaction.atomic
def download(request: ExportRequest, kind: str, *, by) -> lists.File:
    """The file, built now from the approved filter; raises Denied, RowsDisagree, lists.TooLong."""
    request = _locked(request, RequestAction.DOWNLOAD, by)
    make = _table_file if request.profile_version_id else _list_file
    file = make(request, kind, by)
    request.downloads += 1
    request.save()
    _log(AccessLog.Action.CLEAR, request, file.rows, by=by)
    return file


def _list_file(request, kind, by) -> lists.File:
    ledger = ledgers[request.ledger]
    selection = thawed(ledger, by, request.selection, units=request.unit_ids)
    columns = columns_named(ledger, request.columns)
    columns = with_full_numbers(columns, request.opened, selection.units, by)
    make = lists.make_pdf if kind == "pdf" else lists.make_xlsx
    return make(selection, columns, by=by, watermark=watermark(request, by))


def _table_file(request, kind, by) -> lists.File:
    """The profile's table; that it left is registered among what was sent."""
    version, kept = request.profile_version, json.loads(request.selection)
    table = profiles.table_of(
        version,
        unit=Unit.objects.get(pk=kept["unit"]),
        period=Period.parse(kept["period"]) if kept["period"] else None,
        by=by,
        units=frozenset(request.unit_ids),
        opened=tuple(request.opened),
    )
    file = profiles.make_file(version, table, kind, watermark=watermark(request, by))
    profiles.register_sending(
        version,
        table,
        file,
        by=by,
        recipient=version.profile.recipient or request.get_purpose_display(),
        key=uuid.uuid4(),
        note=str(request),
        full_numbers=True,
    )
    return file


def watermark(request: ExportRequest, by) -> str:
    at = printed_on(timezone.localtime())
    return f"{by.name} {at} 用途：{request.get_purpose_display()} {request} 内含完整号码 不得外传"


def expired(request: ExportRequest) -> bool:
    return (
        request.state == RequestState.APPROVED
        and request.expires_at is not None
        and request.expires_at <= timezone.now()
    )
