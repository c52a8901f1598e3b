"""One row in each ledger of hours; call inside ``acting``."""

from datetime import date

from tests.factories import volunteers as make
from volunteers.models import HoursCorrection, HoursPosting, HoursRule, StarAward

DAY = date(2025, 3, 8)


def correction(service, day=DAY, **fields) -> HoursCorrection:
    fields = {"claim": "实际服务 3 小时", "wanted_minutes": 180} | fields
    return HoursCorrection.objects.create(
        unit=service.unit, service=service, occurred_on=day, **fields
    )


def posting(unit, starts_on=date(2025, 3, 20), **fields) -> HoursPosting:
    fields = {
        "title": "志愿服务时长公示（2025-03-01至2025-03-31）",
        "ends_on": date(2025, 3, 27),
        "place": "社区宣传栏",
    } | fields
    return HoursPosting.objects.create(unit=unit, starts_on=starts_on, **fields)


def rule(unit, starts_on=date(2025, 1, 1), **fields) -> HoursRule:
    return HoursRule.objects.create(unit=unit, starts_on=starts_on, **fields)


def star(person, level=1, day=DAY, **fields) -> StarAward:
    return StarAward.objects.create(
        unit=person.unit, volunteer=person, level=level, occurred_on=day, **fields
    )


def one_of_each(unit) -> dict:
    """By ledger."""
    person = make.volunteer(unit, "林晓燕")
    shown = posting(unit, closed_on=date(2025, 3, 28))
    counted = {"posting": shown, "counted_on": date(2025, 3, 28)}
    service = make.service(person, make.held(unit, title="大扫除"), what="清扫楼道", **counted)
    return {
        "service-records": service,
        "hours-postings": shown,
        "hours-corrections": correction(service),
        "hours-rules": rule(unit),
        "star-awards": star(person),
    }
