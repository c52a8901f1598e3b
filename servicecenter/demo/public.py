"""Demo letters that came in without sign-in, and the months that were published."""

from datetime import date
from random import Random
from uuid import UUID

from portal.bulk import load, prepared
from portal.demo.world import SEED, YEAR, World, typed_at
from portal.intake.services import hash_of_registration, registration_code
from portal.intake.states import IntakeState
from servicecenter.enums.public import LetterKind
from servicecenter.models import ItemVersion, Letter, PublishedMonth
from servicecenter.services.public_months import readings

APPLIED = (
    ("残疾人证申请", "母亲中风后右侧肢体活动不便，想办残疾人证，请问要先到哪家医院评定。"),
    ("临时救助初审", "丈夫上月住院，自付费用较多，想申请临时救助，票据都在。"),
    ("高龄津贴申领", "外婆下月满八十周岁，腿脚不便，想请代办员上门登记。"),
)
ASKED = (
    "三号楼后面的路灯坏了半个多月，晚上老人出门不方便，请问什么时候能修好？",
    "小广场的健身器材能不能加两件适合老人用的？",
)
REASON = "户籍不在本社区，请向户籍所在社区申请；需要帮忙联系的，请来电。"
MONTHS = (date(YEAR + 1, 3, 1), date(YEAR + 1, 4, 1), date(YEAR + 1, 5, 1))
DAYS = (date(YEAR + 1, 6, 8), date(YEAR + 1, 6, 15), date(YEAR + 1, 6, 18))


def build(world: World) -> None:
    random = Random(SEED + 75)  # noqa: S311  not a secret
    letters, months = [], []
    for index, unit in enumerate(world.communities):
        letters += [_application(unit, index, step, random) for step in range(1 + index % 3)]
        letters.append(_question(unit, index, random))
        shown = MONTHS if index == 0 else MONTHS[-1:]
        months += [_month(unit, month) for month in shown]
    load(Letter, [prepared(letter) for letter in letters])
    load(PublishedMonth, months)


def _letter(unit, day, random, **fields) -> Letter:
    key = UUID(int=random.getrandbits(128), version=4)
    return Letter(
        unit=unit,
        occurred_on=day,
        recorded_at=typed_at(day),
        consented=True,
        form_key=key,
        code_hash=hash_of_registration(registration_code(key)),
        **fields,
    )


def _application(unit, index, step, random) -> Letter:
    item, words = APPLIED[step]
    version = ItemVersion.objects.filter(item__name=item, deleted_at__isnull=True).first()
    closed = (
        {"state": IntakeState.DECLINED, "answered_on": DAYS[-1], "answer": REASON}
        if step == 1
        else {}
    )
    return _letter(
        unit,
        DAYS[step],
        random,
        kind=LetterKind.APPLICATION,
        item_key=version.pk if version else 0,
        item_name=item,
        name=("吴雅琴", "郭建平", "罗小兰")[step],
        id_kind="passport",
        id_number=f"E{random.randrange(10**7, 10**8)}",
        phone=f"139{index:04d}{step + 1:04d}",
        content=words,
        **closed,
    )


def _question(unit, index, random) -> Letter:
    return _letter(
        unit,
        DAYS[index % 3],
        random,
        kind=LetterKind.QUESTION,
        name="" if index % 2 else "住户王女士",
        content=ASKED[index % 2],
        may_publish=True,
    )


def _month(unit, month) -> PublishedMonth:
    day = month.replace(month=month.month + 1, day=3)
    return PublishedMonth(
        unit=unit,
        month=month,
        published_on=day,
        recorded_at=typed_at(day),
        rows=readings(unit, month),
    )
