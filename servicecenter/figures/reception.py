"""指标 of reception: persons who came, what they asked, what was answered; cadres and the agency among
people. Health consultations, reception days and offices on the spot are counters of their own, cases too."""

from django.db.models import Q

from portal.figures import Category, Total, register
from portal.figures.categories import GridCategory
from servicecenter.enums.reception import ReceptionChannel, ReceptionTopic
from servicecenter.figures.base import flow, ratio
from servicecenter.models import OnsiteOffice, Reception, ReceptionDay

RECEPTION = {
    "topics": Category("咨询内容分类", "topics", dict(ReceptionTopic.choices), array=True),
    "channel": Category("渠道", "channel", dict(ReceptionChannel.choices)),
    "grid": GridCategory(),
}


def answered_by_end(period) -> Q:
    return Q(answered_on__lte=period.end)


def unanswered_at_end(period) -> Q:
    return Q(answered_on__isnull=True) | Q(answered_on__gt=period.end)


register(
    flow(
        "reception_people",
        "接待来访咨询",
        "人次",
        "日期在期内的来访咨询所登记的人次之和；健康咨询、干部接待日和现场办公另计，办件不算。",
        ("来访", "咨询", "接待群众", "来访咨询"),
        model=Reception,
        value=Total("people"),
        categories=RECEPTION,
    ),
    flow(
        "receptions",
        "来访咨询批次",
        "批次",
        "日期在期内的来访咨询条数，一起来的几个人算一批。",
        model=Reception,
        categories=RECEPTION,
    ),
    flow(
        "receptions_answered",
        "已答复的来访咨询",
        "批次",
        "日期在期内、答复日期不晚于期末的来访咨询条数。",
        ("答复",),
        model=Reception,
        where=answered_by_end,
        categories=RECEPTION,
    ),
    flow(
        "receptions_waiting",
        "未答复的来访咨询",
        "批次",
        "日期在期内、截至期末还没有答复的来访咨询条数。",
        model=Reception,
        where=unanswered_at_end,
        categories=RECEPTION,
    ),
    ratio(
        "reception_answer_rate",
        "咨询答复率",
        "已答复的来访咨询 ÷ 来访咨询批次。",
        ("答复率",),
        of="receptions_answered",
        among="receptions",
        categories=RECEPTION,
    ),
    flow(
        "receptions_to_cases",
        "咨询转办件",
        "批次",
        "日期在期内、已转为办件的来访咨询条数。",
        model=Reception,
        where=Q(case__isnull=False),
        categories=RECEPTION,
    ),
    # --- reception days ---------------------------------------------------------------------------
    flow(
        "reception_days",
        "干部接待日",
        "次",
        "接待日期在期内的干部接待日记录数，几位干部同一天接待的各算一次。",
        ("接待日", "干部接待"),
        model=ReceptionDay,
    ),
    flow(
        "reception_day_visitors",
        "干部接待群众",
        "人次",
        "接待日期在期内的干部接待日所登记的接待人次之和。",
        ("干部接待",),
        model=ReceptionDay,
        value=Total("visitors"),
    ),
    flow(
        "reception_day_raised",
        "接待日反映事项",
        "件",
        "接待日期在期内的干部接待日所登记的反映事项之和。",
        model=ReceptionDay,
        value=Total("raised"),
    ),
    flow(
        "reception_day_solved",
        "接待日解决事项",
        "件",
        "接待日期在期内的干部接待日所登记的已解决事项之和。",
        model=ReceptionDay,
        value=Total("solved"),
    ),
    ratio(
        "reception_day_rate",
        "接待日问题解决率",
        "接待日解决事项 ÷ 接待日反映事项。",
        of="reception_day_solved",
        among="reception_day_raised",
    ),
    # --- offices on the spot ----------------------------------------------------------------------
    flow(
        "onsite_offices",
        "现场办公",
        "次",
        "日期在期内的现场办公记录数。",
        ("现场办公",),
        model=OnsiteOffice,
    ),
    flow(
        "onsite_reached",
        "现场办公服务群众",
        "人次",
        "日期在期内的现场办公所登记的服务群众人次之和。",
        model=OnsiteOffice,
        value=Total("reached"),
    ),
    flow(
        "onsite_raised",
        "现场办公受理事项",
        "件",
        "日期在期内的现场办公所登记的受理事项之和。",
        model=OnsiteOffice,
        value=Total("raised"),
    ),
    flow(
        "onsite_solved",
        "现场办公解决事项",
        "件",
        "日期在期内的现场办公所登记的已解决事项之和。",
        model=OnsiteOffice,
        value=Total("solved"),
    ),
    ratio(
        "onsite_rate",
        "现场办公问题解决率",
        "现场办公解决事项 ÷ 现场办公受理事项。",
        of="onsite_solved",
        among="onsite_raised",
    ),
)
