"""What the outlines tell of the register, certificates and applications."""

from disability.figures.applications import BUSINESS
from disability.summaries.outlines import CENTRE, COMMUNITY, STREET
from portal.figures import engine
from portal.summaries import CategoryTable, FigureTable, Narrative, Sentence, Telling, register

HOLDERS = "disability.holders"


def sentence(outline, part, order, text, *when):
    return Sentence(outline, part, order, text, tuple(f"disability.{code}" for code in when))


def matrix(outline, part="basics", order=40):
    """The table 7 × 4 of the holders on the last day."""
    return CategoryTable(
        outline,
        part,
        order,
        "持证残疾人类别和等级",
        (HOLDERS,),
        rows="category",
        columns="level",
        lead="残疾类别",
    )


def by_business(telling: Telling):
    """How the applications divide, where more than one kind of business was applied for."""
    found = engine.by_category("disability.applications", "business", telling.units, telling.period)
    parts = [
        f"{BUSINESS.choices[name]}{reading.full}"
        for name, reading in found.items()
        if reading.value
    ]
    if len(parts) > 1:
        yield f"按业务类型分：{'、'.join(parts)}。"


PAPERS = (
    sentence(
        COMMUNITY, "papers", 10,
        "收到残疾人证业务申请{disability.applications}，涉及残疾人{disability.applicants}，期内受理"
        "{disability.applications_accepted}，审批{disability.applications_approved}，发放"
        "{disability.applications_issued}。",
        "applications",
    ),
    sentence(
        COMMUNITY, "papers", 11, "完成残疾评定{disability.applications_assessed}。",
        "applications_assessed",
    ),
    Narrative(COMMUNITY, "papers", 12, by_business),
    sentence(
        COMMUNITY, "papers", 14, "期末尚有{disability.applications_pending}在办。",
        "applications_pending",
    ),
    sentence(
        COMMUNITY, "papers", 16, "期内发放残疾人证{disability.certificates_issued}。",
        "certificates_issued",
    ),
    sentence(
        COMMUNITY, "papers", 17, "注销残疾人证{disability.certificates_cancelled}。",
        "certificates_cancelled",
    ),
    sentence(
        COMMUNITY, "papers", 18,
        "办理迁出{disability.certificates_moved_out}、迁入{disability.certificates_moved_in}。",
        "certificates_moved_out", "certificates_moved_in",
    ),
)  # fmt: skip

register(
    sentence(
        COMMUNITY, "basics", 20,
        "残疾人建档率为{disability.files_rate}。", "known",
    ),
    sentence(COMMUNITY, "basics", 22, "在册残疾人中有未成年人{disability.minors}。", "minors"),
    matrix(COMMUNITY),
    *PAPERS,
    sentence(
        COMMUNITY, "gaps", 14,
        "有{disability.guardian_missing}应有监护人而档案中没有登记，需逐户补全。",
        "guardian_missing",
    ),
    sentence(
        COMMUNITY, "next", 5,
        "做好{disability.expiring}到期（含已到期）残疾人证的换领提醒。", "expiring",
    ),
    sentence(
        STREET, "basics", 10,
        "全街道在册残疾人{disability.registered}，持证残疾人{disability.holders}，其中一级、二级重度"
        "残疾人{disability.severe_holders}，残疾人建档率{disability.files_rate}。",
        "registered", "holders",
    ),
    matrix(STREET),
    FigureTable(
        STREET, "basics", 50, "各社区残疾人情况",
        (
            "disability.registered", HOLDERS, "disability.severe_holders",
            "disability.files_rate",
        ),
        by="unit", rank="disability.files_rate", compare=True,
    ),
    sentence(
        CENTRE, "basics", 10,
        "开展残疾人普查登记，已知残疾人{disability.known}，建档{disability.known_with_file}，建档率"
        "{disability.files_rate}。",
        "known",
    ),
    sentence(
        CENTRE, "basics", 12,
        "残疾情况同时记入家庭健康档案{disability.health_record_linked}，记入率"
        "{disability.health_record_rate}。",
        "health_record_linked",
    ),
    matrix(CENTRE),
)  # fmt: skip
