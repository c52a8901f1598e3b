"""季度考核: computed by one click, published, contested, settled, frozen. The only writer of scores.

Every step is taken under the run's lock and is refused out of order; who took it stands in the change log.
"""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from portal.attachments.services import reread
from portal.bulk import load
from portal.errors import StaleRecord
from portal.ledgers.services import take_step
from portal.models.units import UnitKind
from portal.scope import Denied, access_of
from portal.workdays import after_workdays, workdays_between
from sanitation.enums.scoring import RunState
from sanitation.models import QuarterRun, QuarterScore, ScoreLine, ScoreObjection, ScoreRule
from sanitation.scoring import compute_all
from sanitation.scoring.stored import stored
from sanitation.selectors.quarters import communities_of, days_of, quarter_of, rule_for
from sanitation.selectors.score_inputs import gather, rule_of
from sanitation.selectors.scores import changed_since, mistaken
from sanitation.workflow import QUARTER

OBJECTION_DAYS, LEAST_DAYS = 5, 3  # working days
LINE = ("ordinal", "kind", "label", "points", "rule", "subject", "subject_id")


def objections_by(day: date) -> date:
    """Until when a score that is published on that day may be contested, unless it is said otherwise."""
    return after_workdays(day, OBJECTION_DAYS)


def may_take(run, name: str, user) -> bool:
    """Computing, and so beginning, is for inspectors and who publishes; the other steps for the latter."""
    return access_of(user).may(QUARTER.steps[name].who, run.unit_id)


def steps_open_to(run, user) -> dict:
    steps = QUARTER.steps_from(run.state)
    return {name: step for name, step in steps.items() if may_take(run, name, user)}


def _check(run, name, by) -> None:
    if not may_take(run, name, by):
        raise Denied("您的角色没有这项权限；如确需办理，请联系安全管理员。")


def check_begin(unit, year: int, quarter: int, on: date | None = None) -> ScoreRule:
    """The rule in force. Raises ValidationError where no run of the quarter can be begun there."""
    if unit.kind != UnitKind.STREET:
        raise ValidationError({"year": "季度考核由街道（镇）编制，社区（村）不能编制。"})
    if (year, quarter) > quarter_of(on or timezone.localdate()):
        raise ValidationError({"quarter": "这个季度还没有开始。"})
    rule = rule_for(unit.pk, year, quarter)
    if rule is None:
        raise ValidationError({"quarter": "这个季度没有生效的季度计分规则，请先登记规则。"})
    return rule


@transaction.atomic
def begin(run: QuarterRun, *, by, on: date | None = None) -> QuarterRun:
    """Store the street's new run of a quarter, with the rule in force, and compute it.

    Raises Denied, ValidationError.
    """
    _check(run, "compute", by)
    run.rule, run.recorded_by = check_begin(run.unit, run.year, run.quarter, on), by
    run.full_clean(exclude={"recorded_by", "deleted_by"})
    run.save()
    return compute(run, by=by)


@transaction.atomic
def compute(run: QuarterRun, *, by) -> QuarterRun:
    """Read the records of the quarter and store inputs, lines, totals and ranks of all communities.

    What stays the same is not written again. A draft takes the rule in force; once it is published the
    rule stays. Raises Denied, ValidationError unless draft or published, StaleRecord.
    """
    _check(run, "compute", by)
    run = _locked(run, "compute")
    if run.state == RunState.DRAFT:
        run.rule = rule_for(run.unit_id, run.year, run.quarter) or run.rule
    rule = rule_of(run.rule)
    units = {unit.pk: unit for unit in communities_of(run.unit_id, run.year, run.quarter)}
    results = compute_all(gather(run), rule)
    scores = _store_scores(run, results, rule, by)
    _store_lines(scores, results, by)
    run.ranking = ranking_of(results, units)
    run.computed_at = timezone.now()
    run.save()
    return run


def ranking_of(results, units) -> list[dict]:
    """What everybody below may read of a published run: names, totals and places, in their order."""
    order = sorted(results, key=lambda pk: (results[pk].rank or len(results) + 1, units[pk].code))
    return [
        {
            "community": pk,
            "name": units[pk].name,
            "total": None if results[pk].total is None else str(results[pk].total),
            "rank": results[pk].rank,
            "groups": results[pk].inputs.groups,
            "withheld": results[pk].withheld,
        }
        for pk in order
    ]


def _locked(run, name) -> QuarterRun:
    rows = QuarterRun.objects.kept().select_for_update(of=("self",))
    row = rows.select_related("rule", "unit").filter(pk=run.pk).first()
    if row is None or row.version != run.version:
        raise StaleRecord(f"quarter run {run.pk} was changed")
    step = QUARTER.steps[name]
    if row.state not in step.sources:
        raise ValidationError(f"现在是“{row.get_state_display()}”，不能{step.label}。")
    return row


def _store_scores(run, results, rule, by) -> dict[int, QuarterScore]:
    """By community; those that left the street meanwhile go to the bin with their lines."""
    stored_now = {row.community_id: row for row in run.scores.kept()}
    gone = [row.pk for pk, row in stored_now.items() if pk not in results]
    binned = {"deleted_at": timezone.now(), "deleted_by": by}
    if gone:
        ScoreLine.objects.kept().filter(score__in=gone).update(**binned)
        QuarterScore.objects.filter(pk__in=gone).update(**binned)
    scores, new, changed = {}, [], []
    for pk, result in results.items():
        values = {
            "inputs": stored(result.inputs, rule),
            "total": result.total,
            "rank": result.rank,
            "groups": result.inputs.groups,
            "withheld": result.withheld,
        }
        row = scores[pk] = stored_now.get(pk) or QuarterScore(
            unit=run.unit, community_id=pk, run=run, recorded_by=by, is_open=run.is_open
        )
        row.occurred_on = days_of(run.year, run.quarter).end
        if row._state.adding:
            new.append(row)
        elif any(getattr(row, name) != value for name, value in values.items()):
            changed.append(row)
        for name, value in values.items():
            setattr(row, name, value)
    load(QuarterScore, new)
    if changed:
        QuarterScore.objects.bulk_update(changed, ["inputs", "total", "rank", "groups", "withheld"])
    return scores


def _store_lines(scores, results, by) -> None:
    """Lines that changed are replaced; the former ones stay in the bin, where objections find them."""
    of_score = {score.pk: pk for pk, score in scores.items()}
    wanted = {
        (pk, n, ln.kind, ln.label, ln.points, ln.rule, ln.subject, ln.subject_id)
        for pk, result in results.items()
        for n, ln in enumerate(result.lines, start=1)
    }
    old, same = [], set()
    for row in ScoreLine.objects.kept().filter(score__in=of_score):
        key = (of_score[row.score_id], *(getattr(row, name) for name in LINE))
        if key in wanted:
            same.add(key)
        else:
            old.append(row.pk)
    if old:
        binned = {"deleted_at": timezone.now(), "deleted_by": by}
        ScoreLine.objects.filter(pk__in=old).update(**binned)
    new = [
        ScoreLine(
            unit_id=scores[pk].unit_id,
            community_id=pk,
            is_open=scores[pk].is_open,
            score=scores[pk],
            recorded_by=by,
            **dict(zip(LINE, values, strict=True)),
        )
        for pk, *values in sorted(wanted - same, key=lambda key: key[:2])
    ]
    load(ScoreLine, new)


# --- the steps ----------------------------------------------------------------------------------
@transaction.atomic
def take(run: QuarterRun, name: str, values: dict, *, by, on: date | None = None) -> QuarterRun:
    """One step of the way, on a day (today unless said).

    Raises Denied, ValidationError (out of order, or for the reason that stands against it), StaleRecord.
    """
    if name == "compute":
        return compute(run, by=by)
    _check(run, name, by)
    row = _locked(run, name)
    on = on or timezone.localdate()
    more = _STEPS[name](row, values, on)
    take_step(row, QUARTER, name, {**values, **more})
    row = QuarterRun.objects.select_related("rule", "unit").get(pk=run.pk)
    if "is_open" in more:
        _open(row)
    return row


def publish(run, *, objections_until: date, by, on: date | None = None) -> QuarterRun:
    """Open the run, its scores and their lines to the communities, which may object until that day."""
    return take(run, "publish", {"objections_until": objections_until}, by=by, on=on)


def withdraw(run, *, by) -> QuarterRun:
    """Back to a draft that nobody below sees; refused once somebody objected."""
    return take(run, "withdraw", {}, by=by)


def settle(run, *, by, on: date | None = None) -> QuarterRun:
    """Final, when the objection period is over and every objection is answered."""
    return take(run, "settle", {}, by=by, on=on)


def reopen(run, *, objections_until: date, by, on: date | None = None) -> QuarterRun:
    """Once more into an objection period."""
    return take(run, "reopen", {"objections_until": objections_until}, by=by, on=on)


def freeze(run, *, by, on: date | None = None) -> QuarterRun:
    """For good: the stored inputs give the stored digits, and what scores are made of does not change any
    more where it is dated in the quarter (``services.quarters`` says what stays free)."""
    return take(run, "freeze", {}, by=by, on=on)


def _publish(run, values, on) -> dict:
    if on <= days_of(run.year, run.quarter).end:
        raise ValidationError("季度结束以后才能公布。")
    _check_until(values.get("objections_until"), on)
    if not run.scores.kept().exists():
        raise ValidationError("还没有社区的得分，请先计算。")
    if changed_since(run):
        raise ValidationError("计算以后记录有变动，请先重新计算，核对后再公布。")
    return {"is_open": True, "published_on": on}


def _check_until(until, on) -> None:
    if until is None:
        raise ValidationError({"objections_until": "请填写异议截止日期。"})
    if until <= on or workdays_between(on, until) < LEAST_DAYS:
        raise ValidationError(
            {"objections_until": f"异议期至少 {LEAST_DAYS} 个工作日，请把截止日期往后填。"}
        )


def _objections(run):
    return ScoreObjection.objects.kept().filter(score__run=run)


def _withdraw(run, values, on) -> dict:
    if _objections(run).exists():
        raise ValidationError("已有社区提出异议，不能撤回；请答复异议，需要改的重新计算。")
    return {"is_open": False, "published_on": None, "objections_until": None}


def _settle(run, values, on) -> dict:
    if run.objections_until and on <= run.objections_until:
        raise ValidationError(f"异议期到{run.objections_until}为止，期满后才能定稿。")
    if waiting := _objections(run).filter(answered_on__isnull=True).count():
        raise ValidationError(f"还有 {waiting} 条异议没有答复，答复后才能定稿。")
    return {"final_on": on}


def _reopen(run, values, on) -> dict:
    _check_until(values.get("objections_until"), on)
    return {"final_on": None}


def _freeze(run, values, on) -> dict:
    if wrong := mistaken(run):
        raise ValidationError(f"按存下的依据重新计算，{wrong[0]}，不能冻结；请联系系统管理员。")
    return {"frozen_on": on}


_STEPS = {
    "publish": _publish,
    "withdraw": _withdraw,
    "settle": _settle,
    "reopen": _reopen,
    "freeze": _freeze,
}


def _open(run) -> None:
    """Scores, lines and files follow the run, those in the bin too."""
    QuarterScore.objects.filter(run=run).update(is_open=run.is_open)
    ScoreLine.objects.filter(score__run=run).update(is_open=run.is_open)
    reread(QuarterScore.objects.filter(run=run))
