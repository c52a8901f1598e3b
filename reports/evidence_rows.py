"""Rows behind a figure as a page lists them, in the columns of their ledger."""

from django.apps import apps

from portal.figures import figures
from portal.ledgers.listing import body_rows, header_rows
from portal.ledgers.registry import ledger_of
from portal.scope import current_scope
from reports.proof import RowChanges

ADDED_SHOWN = 50


def evidence_rows(changes: RowChanges, page) -> dict:
    """The page's rows as issued, each with what became of it, then the rows that joined since.

    A row is shown with what it says now; where it was changed since, its own history tells the rest.
    """
    figure = figures.get(changes.code)
    domain = figure.domain if figure else None
    added = list(changes.added[:ADDED_SHOWN])
    shown = _shown_rows(changes.model, [*page.object_list, *added], domain)
    return {
        "code": changes.code,
        "label": changes.label,
        "changes": changes,
        "page": page,
        "headers": shown["headers"],
        "rows": [
            {
                "pk": pk,
                "version": changes.issued[pk],
                "state": _state(changes, pk),
                **shown["rows"].get(pk, {"url": "", "cells": []}),
            }
            for pk in page.object_list
        ],
        "added": [{"pk": pk, **shown["rows"].get(pk, {"url": "", "cells": []})} for pk in added],
    }


def _state(changes: RowChanges, pk: int) -> tuple[str, str]:
    """(tone, words) of what became of a row."""
    if pk in changes.gone:
        return "bad", "现在不再计入"
    if pk in changes.edited:
        return "warn", "签发后有修改"
    return "neutral", "未变"


def _shown_rows(label: str, ids: list[int], domain) -> dict:
    """Headers, and by id the cells of those rows that the present scope sees."""
    model = apps.get_model(label)
    ledger = ledger_of(model._default_manager.filter(pk__in=ids), domain)
    if ledger is None:
        found = model._default_manager.in_bulk(ids)
        rows = {pk: {"url": "", "cells": [_cell(record)]} for pk, record in found.items()}
        return {"headers": [{"label": "记录", "numeric": False}], "rows": rows}
    in_scope = model.scope_condition(current_scope().units)
    records = list(
        model._default_manager.filter(in_scope, pk__in=ids).select_related(
            "unit", *ledger.select_related
        )
    )
    rows = body_rows(ledger, records)
    for row, record in zip(rows, records, strict=True):
        if getattr(record, "deleted_at", None):
            row["url"] = ""
    return {
        "headers": header_rows(ledger, {}, "", sortable=False),
        "rows": {record.pk: row for row, record in zip(rows, records, strict=True)},
    }


def _cell(record) -> dict:
    return {"label": "记录", "value": str(record), "numeric": False, "masked": False}
