"""The lead-in of outlines A, B and F, and what became of the same numbers since the year before."""

from disability.summaries.outlines import CENTRE, COMMUNITY, STREET
from portal.openings import opening
from portal.summaries import Narrative, register
from portal.telling import changes


def codes(**words: str) -> dict[str, str]:
    return {f"disability.{code}": word for code, word in words.items()}


LEADS = (
    (
        COMMUNITY,
        "残疾人工作",
        codes(
            registered="期末在册残疾人",
            visits="走访残疾人",
            help_given="慰问帮扶",
            insurance="协助申请医保资助",
            rehab_services="提供康复服务",
            trainings="组织培训",
            activities="开展宣传活动",
            handouts="发放宣传资料",
        ),
        codes(
            visits="走访",
            visit_coverage="走访覆盖率",
            help_given="慰问帮扶",
            rehab_services="康复服务",
            needs_met_rate="康复需求满足率",
            subsidy_persons="享受补贴的残疾人",
            trainees="残疾人参训",
            handouts="宣传资料",
        ),
    ),
    (
        STREET,
        "残疾人社区康复工作",
        codes(
            holders="期末持证残疾人",
            needs_surveyed="调查康复需求",
            rehab_services="提供康复服务",
            agreements_signed="签订康复服务约定书",
            enrolled="在托残疾人",
            care_subsidy_persons="享受养护补贴",
            workers_trained="培训康复人员",
            activities="开展宣传活动",
        ),
        codes(
            holders="持证残疾人",
            rehab_services="康复服务",
            rehab_coverage="康复服务覆盖率",
            signing_rate="签约率",
            needs_met_rate="康复需求满足率",
            enrolled="在托残疾人",
            workers_trained="培训康复人员",
            satisfaction_disabled="残疾人满意率",
        ),
    ),
    (
        CENTRE,
        "残疾人康复服务",
        codes(
            known_with_file="期末建档残疾人",
            needs_surveyed="调查康复需求",
            plans_made="制订康复方案",
            rehab_services="提供康复服务",
            treatments="开展治疗",
            nursing_advice="开展护理指导",
            device_fitted="适配和借出辅助器具",
        ),
        codes(
            known_with_file="建档残疾人",
            rehab_services="康复服务",
            rehab_coverage="康复服务覆盖率",
            plans_made="制订康复方案",
            complication_rate="并发症发生率",
            improvement_rate="改善率",
        ),
    ),
)

register(
    *(
        Narrative(
            outline,
            "lead",
            10,
            lambda telling, work=work, totals=totals: opening(
                telling, work, totals, "disability.tasks_planned"
            ),
        )
        for outline, work, totals, _ in LEADS
    ),
    *(
        Narrative(outline, "lead", 20, lambda telling, words=words: changes(telling, words))
        for outline, _, _, words in LEADS
    ),
)
