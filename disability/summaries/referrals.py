"""What outlines A, B and F tell of referrals (domain §7 S5-12)."""

from disability.enums.referrals import ReferralState
from disability.models import Referral
from disability.summaries.conditions import told
from disability.summaries.outlines import CENTRE, COMMUNITY, STREET
from portal.figures import engine
from portal.happenings import WHO, events, marked
from portal.summaries import Narrative, Telling, register
from portal.telling import clause, month_day

CATARACT = (
    "为白内障患者{disability.referrals_cataract}提供治疗信息，其中转介到医疗机构"
    "{disability.referrals_cataract_referred}，完成复明手术{disability.referrals_cataract_operated}。"
)
ALL = (
    "向有需要的残疾人{disability.referrals}告知治疗信息，转介{disability.referrals_referred}，"
    "经转介得到治疗{disability.referrals_treated}，其中手术{disability.referrals_operated}。"
)
OPERATED = "，其中手术{disability.referrals_operated}"  # nought operations are not told
ANY_CATARACT = ("referrals_cataract", "referrals_cataract_referred", "referrals_cataract_operated")
ANY = ("referrals", "referrals_referred", "referrals_treated")


def referrals(telling: Telling):
    """Those marked 写入总结, each with how far it came; names stay out."""

    def words(row):
        text = f"{WHO}向1名残疾人告知{row.get_condition_display()}治疗信息"
        if row.referred_on and row.to:
            text += f"，转介到{row.to}"
        if row.treated_on and row.treated_on <= telling.period.end:
            way = row.get_way_display()
            text += f"，{month_day(row.treated_on)}完成{way if way != '其他' else ''}治疗".replace(
                "手术治疗", "手术"
            )
        if row.outcome and row.state != ReferralState.DECLINED:
            text += f"，{clause(row.outcome)}"
        return text

    rows = marked(Referral.objects.all(), telling).select_related("provider")
    return events(telling, rows, words)


def all_of(telling: Telling):
    """All referrals together, where they are more than those of cataract, which have their own words."""

    def number(code):
        return engine.read(f"disability.{code}", telling.units, telling.period).value

    if any(number(code) > number(of) for code, of in zip(ANY, ANY_CATARACT, strict=True)):
        yield ALL if number("referrals_operated") else ALL.replace(OPERATED, "")


register(
    told(COMMUNITY, "rehabilitation", 510, CATARACT, *ANY_CATARACT),
    Narrative(COMMUNITY, "rehabilitation", 520, all_of),
    *(
        Narrative(outline, part, 530, referrals)
        for outline, part in (
            (COMMUNITY, "rehabilitation"),
            (STREET, "doorstep"),
            (CENTRE, "services"),
        )
    ),
    Narrative(STREET, "doorstep", 510, all_of),
    told(STREET, "doorstep", 520, CATARACT, *ANY_CATARACT),
    told(CENTRE, "services", 510, ALL, *ANY),
)
