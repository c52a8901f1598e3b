"""What summaries tell of subsidies: papers and subsidies of a community, the care subsidy of a street."""

from disability.summaries.outlines import COMMUNITY, STREET
from portal.summaries import FigureTable, Sentence, register


def sentence(outline, part, order, text, *when):
    return Sentence(outline, part, order, text, tuple(f"disability.{code}" for code in when))


def gaps(outline):
    """What the check has found and nobody has settled yet."""
    return (
        sentence(
            outline,
            "gaps",
            40,
            "符合条件尚未享受补贴的残疾人有{disability.subsidy_due_missing}，需逐户告知、协助申请。",
            "subsidy_due_missing",
        ),
        sentence(
            outline,
            "gaps",
            42,
            "有{disability.subsidy_undue}所享补贴与现有登记不符，需逐一核实，该停发的及时停发。",
            "subsidy_undue",
        ),
        sentence(
            outline,
            "gaps",
            44,
            "有{disability.subsidy_without_standard}所享补贴没有登记标准，金额未计入合计，需补齐。",
            "subsidy_without_standard",
        ),
    )


register(
    sentence(
        COMMUNITY,
        "papers",
        40,
        "期末享受残疾人补贴{disability.subsidy_persons}，按当月标准每月合计"
        "{disability.subsidy_monthly}。",
        "subsidy_persons",
    ),
    sentence(
        COMMUNITY,
        "papers",
        41,
        "其中，享受困难残疾人生活补贴{disability.living_allowance_persons}。",
        "living_allowance_persons",
    ),
    sentence(
        COMMUNITY,
        "papers",
        42,
        "享受重度残疾人护理补贴{disability.nursing_allowance_persons}。",
        "nursing_allowance_persons",
    ),
    sentence(
        COMMUNITY,
        "papers",
        43,
        "享受养护补贴{disability.care_subsidy_persons}。",
        "care_subsidy_persons",
    ),
    sentence(
        COMMUNITY,
        "papers",
        44,
        "期内发放各项补贴{disability.subsidy_paid}，领到补贴的残疾人"
        "{disability.subsidy_paid_persons}。",
        "subsidy_paid",
    ),
    sentence(
        COMMUNITY,
        "papers",
        45,
        "银行退回尚未重新发放的补贴{disability.subsidy_returned}，正在核对账号。",
        "subsidy_returned",
    ),
    sentence(
        COMMUNITY,
        "papers",
        46,
        "对享受补贴的人员逐一复核，已复核{disability.subsidy_reviewed}，复核率为"
        "{disability.subsidy_review_rate}。",
        "subsidy_reviewed",
    ),
    FigureTable(
        COMMUNITY,
        "papers",
        48,
        "各月发放补贴情况",
        ("disability.subsidy_paid_persons", "disability.subsidy_paid"),
        by="month",
    ),
    sentence(
        STREET,
        "nursing",
        10,
        "落实重度残疾无业人员养护补贴，期末享受养护补贴{disability.care_subsidy_persons}，"
        "每人每月{disability.care_subsidy_standard}，每月合计{disability.care_subsidy_monthly}。",
        "care_subsidy_persons",
    ),
    sentence(
        STREET,
        "nursing",
        14,
        "期内发放养护补贴{disability.care_subsidy_paid}，"
        "共发放{disability.care_subsidy_payments}，领到补贴的残疾人{disability.care_subsidy_paid_persons}。",
        "care_subsidy_paid",
    ),
    FigureTable(
        STREET,
        "nursing",
        18,
        "各月发放养护补贴情况",
        ("disability.care_subsidy_payments", "disability.care_subsidy_paid"),
        by="month",
    ),
    *gaps(COMMUNITY),
    *gaps(STREET),
)
