"""Demo certificates of service: some issued, one revoked, some that wait."""

from datetime import date, timedelta
from random import Random

from portal.demo.world import SEED, YEAR, World, typed_at
from volunteers.enums.hours import HoursState
from volunteers.models import ServiceCertificate, ServiceRecord, Volunteer
from volunteers.services import certificates as services

LEAST, MORE = 2, 10  # of a community; the latter in the full year
PURPOSES = ("升学综合素质评价", "求职", "评优评先", "入党申请材料", "奖学金申请", "积分入学")
NOTES = ("", "", "", "本证明一式一份，不作其他用途。")
STARTS, ENDS = date(YEAR, 1, 1), date(YEAR, 6, 30)
FIRST_ISSUE, ISSUE_DAYS = date(YEAR, 9, 1), 260  # by then all of that half-year is counted
WAITS_SINCE = date(YEAR + 1, 6, 16)


def build(world: World) -> None:
    """The first of all is revoked; in each community one request waits."""
    random, made = Random(SEED + 83), []  # noqa: S311  not a secret
    for number, unit in enumerate(world.communities):
        people = _served(unit)
        random.shuffle(people)
        count = LEAST + world.many(MORE)
        phone = f"0731-85550{100 + number}"
        made += [_issued(random, world.staff(unit), phone, person) for person in people[:count]]
        for person in people[count:][:1]:
            services.request(person, random.choice(PURPOSES), STARTS, ENDS, on=WAITS_SINCE)
    if made:
        day = made[0].issued_on + timedelta(days=20)
        services.revoke(made[0], "时长合计有误，更正后另行出具。", by=None, on=day)
    for row in ServiceCertificate.objects.all():
        ServiceCertificate.objects.filter(pk=row.pk).update(recorded_at=typed_at(row.occurred_on))


def _served(unit) -> list[Volunteer]:
    """Those of whom something is counted in that half-year."""
    counted = ServiceRecord.objects.kept().filter(
        unit=unit, state=HoursState.COUNTED, occurred_on__range=(STARTS, ENDS)
    )
    rows = Volunteer.objects.kept().filter(unit=unit, pk__in=counted.values("volunteer"))
    return list(rows.select_related("unit", "resident").order_by("pk"))


def _issued(random, clerk, phone, person) -> ServiceCertificate:
    day = FIRST_ISSUE + timedelta(days=random.randrange(ISSUE_DAYS))
    asked = services.request(person, random.choice(PURPOSES), STARTS, ENDS, on=day)
    return services.issue(
        asked,
        clerk,
        clerk,
        phone,
        random.choice(NOTES),
        by=None,
        on=day + timedelta(days=random.randint(0, 3)),
    )
