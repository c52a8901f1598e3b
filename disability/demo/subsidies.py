"""Demo subsidies: the street's standards, who draws them, and the runs of the year month by month."""

from datetime import date, timedelta
from random import Random

from disability.enums.subsidies import (
    FindingOutcome,
    PaymentState,
    RunState,
    StopReason,
    SubsidyRule,
)
from disability.models import (
    Certificate,
    Payment,
    PaymentRun,
    Subsidy,
    SubsidyFinding,
    SubsidyKind,
    SubsidyStandard,
)
from disability.selectors.subsidy_rules import RULES, a_year_before, key_of
from portal.bulk import load
from portal.demo.world import SEED, YEAR, World, typed_at
from portal.models import User
from portal.months import first_of, following, last_of, months_between
from residents.models import CareTag

AMOUNTS = {
    ("living", ""): ((2024, 1, 100), (YEAR, 7, 110)),
    ("nursing", "1"): ((2024, 1, 150),),
    ("nursing", "2"): ((2024, 1, 120),),
    ("care", ""): ((2024, 1, 400),),
}
BANKS = ("农商银行春华支行", "邮政储蓄银行清河区支行", "中国工商银行春华支行")
MONTHS = months_between(date(YEAR, 1, 1), date(YEAR, 12, 1))
LEFT_OUT = 12  # one in so many is left out, so that the check finds somebody
REVIEWED = 8  # of ten


def build(world: World) -> None:
    random = Random(SEED + 41)  # noqa: S311  not a secret
    kinds = {kind.code: kind for kind in SubsidyKind.objects.all()}
    _standards(world, kinds)
    enrolled = _enrolled(world, kinds, random)
    _runs(world, enrolled, random)
    _findings()


def _findings() -> None:
    """What the yearly reviews found, as 补贴核查 stores it."""
    rule = RULES[SubsidyRule.REVIEW]
    reviewed = Subsidy.objects.kept().filter(reviewed_on__isnull=False).select_related("resident")
    # What the rule saw on the day of the review: nobody had reviewed it before.
    rows = reviewed.annotate(facts_key=key_of("starts_on")).order_by("pk")
    load(
        SubsidyFinding,
        [
            SubsidyFinding(
                unit_id=row.unit_id,
                rule=rule.code,
                resident=row.resident,
                kind_id=row.kind_id,
                subsidy=row,
                facts=f"{row.starts_on:%Y-%m}起享受，还没有复核过",
                facts_key=row.facts_key,
                outcome=FindingOutcome.CONTINUED,
                occurred_on=row.reviewed_on,
                note=row.review_note,
                recorded_at=typed_at(row.reviewed_on),
            )
            for row in rows
            if row.starts_on <= a_year_before(row.reviewed_on)
        ],
    )


def _standards(world, kinds) -> None:
    rows = []
    for (code, level), steps in AMOUNTS.items():
        for place, (year, month, amount) in enumerate(steps):
            later = steps[place + 1] if place + 1 < len(steps) else None
            ends_on = date(later[0], later[1], 1) - timedelta(days=1) if later else None
            rows.append(
                SubsidyStandard(
                    unit=world.street,
                    kind=kinds[code],
                    level=level,
                    amount=amount,
                    starts_on=date(year, month, 1),
                    ends_on=ends_on,
                    funding="区级财政" if code != "care" else "市实事工程专项资金",
                    document=f"清残联〔{year}〕{7 + place}号",
                    recorded_at=typed_at(date(year, month, 5)),
                )
            )
    load(SubsidyStandard, rows)


def _enrolled(world, kinds, random) -> list[Subsidy]:
    """Whom the rules entitle, but for a few; some stopped in the year."""
    today = date(YEAR, 12, 31)
    tags = _tags(today)
    cards = Certificate.objects.kept().filter(ended_on__isnull=True, occurred_on__lt=today)
    rows = []
    for number, card in enumerate(cards.select_related("resident", "unit").order_by("pk")):
        held = tags.get(card.resident_id, set())
        if "extreme_poverty" in held or card.resident.died_on:
            continue
        wanted = ["living"] if held & {"minimum_living"} else []
        wanted += ["nursing"] if card.level in "12" else []
        wanted += ["care"] if card.level == "1" and number % 9 == 4 else []
        for code in wanted:
            if (number + len(code)) % LEFT_OUT == 0:
                continue
            rows.append(_subsidy(card, kinds[code], random))
    return load(Subsidy, rows)


def _tags(day) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    rows = CareTag.objects.in_force(day).values_list("resident", "kind__code")
    for resident, code in rows:
        found.setdefault(resident, set()).add(code)
    return found


def _subsidy(card, kind, random) -> Subsidy:
    start = max(date(YEAR - 1, random.randrange(1, 13), 1), first_of(card.occurred_on))
    start = min(start, date(YEAR, 12, 1))
    stops = random.random() < 0.03 and start < date(YEAR, 3, 1)
    ends_on = last_of(date(YEAR, random.randrange(4, 11), 1)) if stops else None
    reviewed = date(YEAR, random.randrange(3, 7), random.randrange(1, 28))
    is_reviewed = start < first_of(reviewed) and random.randrange(10) < REVIEWED
    return Subsidy(
        unit=card.unit,
        resident=card.resident,
        kind=kind,
        level=card.level,
        basis=f"残疾{card.get_level_display()}" if kind.code != "living" else "低保对象",
        applied_on=start + timedelta(days=random.randrange(20)),
        starts_on=start,
        ends_on=ends_on,
        stop_reason=StopReason.DECLINED if stops else "",
        bank_name=random.choice(BANKS),
        account_holder=card.resident.name,
        bank_number=f"6217{random.randrange(10**14, 10**15)}",
        reviewed_on=reviewed if is_reviewed else None,
        review_note="入户核对，情况没有变化" if is_reviewed else "",
        recorded_at=typed_at(start),
    )


def _amount(subsidy, month) -> int:
    steps = AMOUNTS.get((subsidy.kind.code, subsidy.level)) or AMOUNTS[(subsidy.kind.code, "")]
    return [amount for year, first, amount in steps if date(year, first, 1) <= month][-1]


def _runs(world, enrolled, random) -> None:
    """A run for each community, kind and month: paid, but the last month waits for confirmation."""
    colleague = User.objects.filter(username="demo-head").first()
    runs, lines = [], []
    for month in MONTHS:
        groups: dict = {}
        for row in enrolled:
            if row.starts_on <= month and (row.ends_on is None or row.ends_on >= month):
                groups.setdefault((row.unit_id, row.kind_id), []).append(row)
        for members in groups.values():
            run = _run(members[0], month, colleague)
            runs.append(run)
            lines += [_line(run, row, month, random) for row in members]
    load(PaymentRun, runs)
    for line in lines:
        line.run_id = line.run.pk
    load(Payment, lines)


def _run(row, month, colleague) -> PaymentRun:
    waits = month == MONTHS[-1]
    day = following(month) - timedelta(days=5)
    return PaymentRun(
        unit=row.unit,
        kind=row.kind,
        month=month,
        state=RunState.DRAFT if waits else RunState.PAID,
        confirmed_by=None if waits else colleague,
        confirmed_on=None if waits else day - timedelta(days=2),
        paid_on=None if waits else day,
        recorded_at=typed_at(day - timedelta(days=4)),
    )


def _line(run, row, month, random) -> Payment:
    amount = _amount(row, month)
    returned = run.paid_on is not None and random.random() < 0.004
    state = PaymentState.PLANNED if run.paid_on is None else PaymentState.PAID
    return Payment(
        unit=row.unit,
        run=run,
        subsidy=row,
        resident=row.resident,
        month=month,
        standard=amount,
        amount=amount,
        state=PaymentState.RETURNED if returned else state,
        paid_on=None if returned else run.paid_on,
        returned_on=run.paid_on + timedelta(days=3) if returned else None,
        return_reason="账号已注销" if returned else "",
        recorded_at=run.recorded_at,
    )
