"""What residents were told of the use of their data, agreed to, and seldom took back."""

from datetime import timedelta

from portal.bulk import load
from portal.demo.world import World, typed_at
from residents.demo.events import LAST_DAY
from residents.demo.facts import dated, somebody
from residents.enums import ConsentKind, ConsentManner
from residents.models import Consent

CONSENTS = 260
PURPOSES = (
    ("建立居民档案", "姓名、证件号码、联系电话、住址", ConsentKind.NOTICE),
    ("办理高龄津贴", "姓名、证件号码、银行账号", ConsentKind.CONSENT),
    ("加入社区微信群接收通知", "姓名、手机号码", ConsentKind.CONSENT),
    ("办理残疾人两项补贴", "残疾类别和等级、银行账号", ConsentKind.SEPARATE),
    ("家庭医生签约随访", "健康状况、诊断", ConsentKind.SEPARATE),
)


def add_consents(world: World) -> None:
    random, rows, told = world.random, [], set()
    for day in dated(world, CONSENTS):
        person, unit = somebody(world)
        purpose, scope, kind = random.choice(PURPOSES)
        if (person.pk, purpose) in told:
            continue
        told.add((person.pk, purpose))
        child = person.age_on(day) < 14
        back = day + timedelta(days=random.randrange(20, 200))
        withdrawn = kind != ConsentKind.NOTICE and back <= LAST_DAY and random.random() < 0.08
        rows.append(
            Consent(
                unit=unit,
                resident=person,
                occurred_on=day,
                kind=kind,
                purpose=purpose,
                scope_of_data=scope,
                manner=random.choice(ConsentManner.values),
                withdrawn_on=back if withdrawn else None,
                guardian_name=f"{person.name[0]}建国" if child else "",
                guardian_relation="父亲" if child else "",
                evidence="告知书存档" if random.random() < 0.5 else "",
                recorded_at=typed_at(day),
            )
        )
    load(Consent, rows)
