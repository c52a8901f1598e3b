"""Demo volunteers: residents and people from outside, those who left, applications that wait."""

from datetime import date, timedelta
from random import Random
from uuid import UUID

from portal.bulk import load, prepared
from portal.demo.world import SEED, YEAR, World, typed_at
from portal.intake.services import hash_of_registration, registration_code
from portal.intake.states import IntakeState
from portal.models import keep_serial
from residents.ages import years_before
from residents.demo.names import Namer
from residents.enums import Sex
from residents.models import Resident
from volunteers.enums.volunteers import FreeTime, Intention, JoiningManner, Skill
from volunteers.models import Volunteer, VolunteerApplication
from volunteers.models.volunteers import OF_AGE
from volunteers.services.volunteers import SERIES

FIRST, LAST = date(YEAR - 3, 3, 5), date(YEAR + 1, 6, 20)
AREA = "449902"  # of people from outside; no place has this code
PLACES = ("北山县城关镇", "南岭镇", "清河区滨江路", "江城大学", "东方机械厂宿舍")
TRADES = ("退休教师", "执业护士", "律师", "电工", "大学生", "社区医生", "个体经营者", "退休干部")
EVIDENCE = ("申请表存于志愿服务档案 {n} 号盒", "本人签名的注册表第 {n} 页")
REASON = "您的居住地不在本社区，请向居住地的社区志愿服务站申请。"


def build(world: World) -> None:
    random = Random(SEED + 90)  # noqa: S311  not a secret
    namer = Namer(random)
    for index, unit in enumerate([*world.communities, world.street]):
        count = max(8, world.many(60)) if unit != world.street else 4
        people = _residents(unit, count * 3 // 5)
        rows = [_volunteer(unit, n, random, resident=person) for n, person in enumerate(people, 1)]
        while len(rows) < count:
            rows.append(_volunteer(unit, len(rows) + 1, random, **_outsider(namer, random)))
        if index % 3 == 0:
            rows[-1] = _volunteer(unit, count, random, **_minor(namer, random))
        _some_leave(rows[:-1], random)
        if index == 0:
            rows[1].evidence = ""  # on purpose: one to be mended
        load(Volunteer, [prepared(row) for row in rows])
        keep_serial(unit, SERIES, len(rows))
        if unit != world.street:
            sent = [_application(unit, step, namer, random) for step in range(1 + index % 3)]
            load(VolunteerApplication, [prepared(row) for row in sent])


def _residents(unit, count) -> list[Resident]:
    """Grown-ups of the unit who can be reached, spread over the register."""
    rows = Resident.objects.filter(
        unit=unit,
        deleted_at=None,
        died_on=None,
        phone_hash__isnull=False,
        born_on__lte=years_before(FIRST, OF_AGE),
        born_on__gte=years_before(LAST, 82),
    ).order_by("pinyin", "pk")
    step = max(1, len(rows) // max(count, 1))
    return list(rows[::step])[:count]


def _outsider(namer, random) -> dict:
    sex = random.choice((Sex.MALE, Sex.FEMALE))
    born = date(random.randrange(1955, 2004), random.randrange(1, 13), random.randrange(1, 28))
    return {
        "name": namer.name(sex),
        "sex": sex,
        "born_on": born,
        "id_kind": "citizen",
        "number": namer.id_number(born, sex, AREA),
        "phone": f"198{random.randrange(10**7, 10**8)}",
        "area": random.choice(PLACES),
    }


def _minor(namer, random) -> dict:
    """A pupil, who joined with the guardian's consent."""
    joined, born = date(YEAR, 7, 8), date(YEAR - 15, 4, 18)
    who = _outsider(namer, random)
    return who | {
        "born_on": born,
        "number": namer.id_number(born, who["sex"], AREA),
        "area": "清河区第三中学",
        "joined_on": joined,
        "guardian_name": namer.name(Sex.FEMALE),
        "guardian_phone": f"197{random.randrange(10**7, 10**8)}",
        "guardian_agreed_on": joined,
    }


def _some(random, choices, most):
    values = random.sample(list(choices.values), random.randrange(1, most + 1))
    return [value for value in choices.values if value in values]


def _volunteer(unit, n, random, **who) -> Volunteer:
    joined = FIRST + timedelta(days=random.randrange((LAST - FIRST).days))
    joined = who.pop("joined_on", joined)
    return Volunteer(
        unit=unit,
        serial_number=f"{unit.code}-{n:05d}",
        skills=_some(random, Skill, 2),
        intentions=_some(random, Intention, 3),
        free_times=_some(random, FreeTime, 3),
        profession=random.choice(TRADES) if n % 3 == 0 else "",
        joined_on=joined,
        manner=JoiningManner.PAPER if n % 4 else JoiningManner.ORAL,
        evidence=EVIDENCE[n % 2].format(n=n // 20 + 1),
        may_publish=n % 2 == 0,
        recorded_at=typed_at(joined),
        **who,
    )


def _some_leave(rows, random) -> None:
    for row in rows[5::9]:
        day = row.joined_on + timedelta(days=random.randrange(60, 500))
        if day <= LAST:
            row.left_on, row.leaving_reason = day, random.choice(("搬走", "身体原因", "工作变动"))


def _application(unit, step, namer, random) -> VolunteerApplication:
    key = UUID(int=random.getrandbits(128), version=4)
    day = LAST - timedelta(days=3 * step)
    minor = step == 2
    who = _minor(namer, random) if minor else _outsider(namer, random)
    closed = (
        {"state": IntakeState.DECLINED, "answered_on": LAST, "answer": REASON} if step == 1 else {}
    )
    return VolunteerApplication(
        unit=unit,
        occurred_on=day,
        recorded_at=typed_at(day),
        consented=True,
        form_key=key,
        code_hash=hash_of_registration(registration_code(key)),
        name=who["name"],
        id_kind=who["id_kind"],
        id_number=who["number"],
        sex=who["sex"],
        born_on=who["born_on"],
        phone=who["phone"],
        area=who["area"],
        skills=_some(random, Skill, 2),
        intentions=_some(random, Intention, 3),
        free_times=_some(random, FreeTime, 2),
        guardian_name=who.get("guardian_name", ""),
        guardian_phone=who.get("guardian_phone", ""),
        guardian_agrees=minor,
        **closed,
    )
