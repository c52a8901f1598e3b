"""What is wrong with conditions and assistive devices: what outlives the person."""

from disability.enums.devices import DeviceState
from disability.enums.referrals import ON_THE_WAY
from disability.models import Complication, DeviceCase, Referral
from disability.quality.files import MIDDLE, rule
from portal.quality import register
from portal.quality.family import kept


def lent_to_the_dead(units):
    return kept(DeviceCase, units).filter(
        state=DeviceState.ON_LOAN, resident__died_on__isnull=False
    )


def ill_though_dead(units):
    return kept(Complication, units).filter(
        resolved_on__isnull=True, resident__died_on__isnull=False
    )


def referred_though_dead(units):
    return kept(Referral, units).filter(
        state__in=sorted(ON_THE_WAY), resident__died_on__isnull=False
    )


register(
    rule(
        "dead_loan", "去世后借出的辅具没有归还", "库存会少，辅具也可能丢失。", "device-cases",
        lent_to_the_dead, MIDDLE,
    ),
    rule(
        "dead_complication", "去世后并发症没有结束", "未消除的并发症会多。", "complications",
        ill_though_dead, MIDDLE, field="resolved_on",
    ),
    rule(
        "dead_referral", "去世后转介没有结案", "办理中的转介会多。", "referrals",
        referred_though_dead, MIDDLE,
    ),
)  # fmt: skip
