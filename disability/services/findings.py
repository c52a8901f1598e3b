"""Storing what came of a finding, and what follows from it for the subsidy."""

from datetime import date

from django.db import transaction

from disability.enums.subsidies import FindingOutcome as Outcome
from disability.enums.subsidies import SubsidyRule
from disability.models import Subsidy, SubsidyFinding
from disability.selectors.subsidy_rules import Rule

STOPPING = (Outcome.STOPPED, Outcome.RECLAIMING)


@transaction.atomic
def settle_finding(
    rule: Rule, row, kind, *, outcome, occurred_on, note="", again_on=None, ends_on=None, by
) -> SubsidyFinding:
    """Store the outcome with the facts as they are. A stopped subsidy ends with ``ends_on``, a
    reviewed one was reviewed that day. Raises ValidationError where the subsidy's rules forbid it."""
    of_subsidy = isinstance(row, Subsidy)
    finding = SubsidyFinding(
        unit=row.unit,
        rule=rule.code,
        resident=row.resident,
        kind=kind,
        subsidy=row if of_subsidy else None,
        facts=rule.told(row),
        facts_key=row.facts_key,
        outcome=outcome,
        occurred_on=occurred_on,
        note=note,
        again_on=again_on,
        recorded_by=by,
    )
    finding.validate_constraints(exclude={"recorded_by", "deleted_by"})
    finding.save()
    if of_subsidy and outcome in STOPPING:
        _stop(row, ends_on, rule.reason, note)
    elif of_subsidy and rule.code == SubsidyRule.REVIEW:
        row.reviewed_on, row.review_note = occurred_on, note[:100]
        row.save(update_fields=["reviewed_on", "review_note"])
    return finding


def _stop(subsidy: Subsidy, ends_on: date, reason: str, note: str) -> None:
    subsidy.ends_on, subsidy.stop_reason, subsidy.stop_note = ends_on, reason, note[:100]
    subsidy.validate_constraints(exclude={"recorded_by", "deleted_by"})
    subsidy.save(update_fields=["ends_on", "stop_reason", "stop_note"])
