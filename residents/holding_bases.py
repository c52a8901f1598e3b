"""Why each kind of record about a person is kept and for how long, as data (PIPL art. 13, 17, 19, 47).

The years are the office's usual periods (domain §6.4); a local schedule of archives goes before them.
"""

from dataclasses import dataclass

DUTY = "履行法定职责所必需（个人信息保护法第十三条第一款第三项）"
AGREED = "本人同意（个人信息保护法第十三条第一款第一项）"


@dataclass(frozen=True)
class Basis:
    """``years`` after the last date, None for lasting; what rests on consent ``may_go`` when asked."""

    purpose: str
    ground: str
    years: int | None
    may_go: bool = False

    @property
    def kept(self) -> str:
        return f"最近一条之日起满{self.years}年" if self.years else "长期（按档案保管期限表）"


OF_DOMAIN = {
    "residents": Basis("居民登记和日常服务", DUTY, 10),
    "disability": Basis("残疾人登记、补贴和康复服务（残疾人保障法）", DUTY, 30),
    "servicecenter": Basis("为民服务事项的办理和答复", DUTY, 10),
    "volunteers": Basis("志愿服务的组织、记录和证明（志愿服务条例）", DUTY, None),
    "sanitation": Basis("环境卫生的检查和整治", DUTY, 10),
    "office": Basis("综合事务", DUTY, 10),
}
_ON_ASKING = Basis("了解近况、提供自愿选择的服务", AGREED, 3, may_go=True)
OF_LEDGER = {
    "residents": Basis("居民登记", DUTY, None),
    "memberships": Basis("户的登记", DUTY, None),
    "residency-spells": Basis("在册时段的登记", DUTY, None),
    "life-events": Basis("人口变动的登记", DUTY, None),
    "moves": Basis("人口变动的登记", DUTY, None),
    "consents": Basis("证明已经告知、同意或撤回（第五十六条）", DUTY, 3),
    "data-requests": Basis("证明请求已经办理（第五十六条）", DUTY, 3),
    "visits": _ON_ASKING,
    "consultations": _ON_ASKING,
    "diary-contacts": _ON_ASKING,
    "job-pushes": _ON_ASKING,
    "participations": _ON_ASKING,
    "help-requests": _ON_ASKING,
}


def basis_of(ledger) -> Basis:
    return OF_LEDGER.get(ledger.slug) or OF_DOMAIN[ledger.domain]
