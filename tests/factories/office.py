"""The office's own facts: one believable, valid row each."""

from datetime import date

from portal.office import enums
from portal.office.models import (
    Agreement,
    Campaign,
    CampaignIndicator,
    Channel,
    ChannelIssue,
    DutyShift,
    Facility,
    FacilityZone,
    GroupMember,
    HistoricTotal,
    Holding,
    Honor,
    IncomingDocument,
    IndicatorProgress,
    Instruction,
    IssuedCertificate,
    LeadingGroup,
    NoticeBoard,
    Partner,
    PolicyDocument,
    Post,
    PostHolder,
    Posting,
    Purchase,
    ReadingDay,
    Rule,
    RuleEvidence,
    ScheduledEvent,
    SealUse,
    Slogan,
    StaffEvaluation,
    Station,
    Survey,
    WorkPlan,
    WorkTask,
)

DAY = date(2025, 3, 10)
OFFICE = ["office"]
SPELL = {"starts_on": date(2025, 1, 1), "domains": OFFICE}
EVENT = {"occurred_on": DAY, "domains": OFFICE}


def _factory(model, **usual):
    """``make(unit, **fields)``: a row of ``model``, the fields over the usual ones."""

    def make(unit, **fields):
        return model.objects.create(unit=unit, **usual | fields)

    return make


station = _factory(Station, name="助残服务站", kind=enums.StationKind.STATION, **SPELL)
post = _factory(Post, title="残疾人专职委员", **SPELL)
leading_group = _factory(LeadingGroup, name="康复工作领导小组", **SPELL)
staff_evaluation = _factory(
    StaffEvaluation, occurred_on=DAY, period="2024", person="李梅", grade=enums.Grade.EXCELLENT
)
rule = _factory(Rule, title="工作例会制度", **SPELL)
policy_document = _factory(
    PolicyDocument, title="工作实施方案", kind=enums.DocumentKind.PLAN, **EVENT
)
incoming_document = _factory(IncomingDocument, title="活动通知", sender="区残联", **EVENT)
instruction = _factory(Instruction, leader="梁伟文", subject="疏通下水道", owner="李梅", **EVENT)
issued_certificate = _factory(
    IssuedCertificate,
    occurred_on=DAY,
    year=2025,
    number=1,
    kind=enums.CertificateKind.RESIDENCE,
    applicant="黄文发",
    purpose="入学",
    issued_by="李梅",
)
seal_use = _factory(SealUse, document="申请表", approver="林国栋", user="李梅", **EVENT)
duty_shift = _factory(DutyShift, on=DAY, person="李梅", domains=OFFICE)
work_plan = _factory(WorkPlan, title="2025年工作计划", ends_on=date(2025, 12, 31), **SPELL)
scheduled_event = _factory(ScheduledEvent, title="工作例会", planned_on=DAY, domains=OFFICE)
campaign = _factory(Campaign, name="先进文化社区", rank=enums.Rank.CITY, **SPELL)
facility = _factory(
    Facility,
    name="残疾人之家",
    kind=enums.FacilityKind.HOME,
    area=300,
    opened_on=date(2025, 1, 1),
    domains=OFFICE,
)
notice_board = _factory(
    NoticeBoard, name="公开栏", kind=enums.BoardKind.DISCLOSURE, place="北门", **SPELL
)
slogan = _factory(Slogan, text="人道、廉洁、服务、奉献", **EVENT)
purchase = _factory(Purchase, item="监控设备", amount="12800.50", funding="专项经费", **EVENT)
partner = _factory(Partner, name="区人民医院", kind=enums.PartnerKind.HOSPITAL, domains=OFFICE)
channel = _factory(Channel, name="社区简报", kind=enums.ChannelKind.NEWSLETTER, **SPELL)
honor = _factory(
    Honor, name="先进单位", recipient="社区残协", rank=enums.Rank.CITY, grantor="市残联", **EVENT
)
survey = _factory(
    Survey,
    title="满意度调查",
    group=enums.SurveyGroup.RESIDENTS,
    asked=100,
    valid=90,
    very_satisfied=60,
    satisfied=20,
    fairly_satisfied=5,
    unsatisfied=5,
    **EVENT,
)
historic_total = _factory(
    HistoricTotal, figure="visits.home", period="2023", value=120, source="2023年总结"
)


def post_holder(of, **fields):
    usual = {"person": "李梅", "starts_on": of.starts_on}
    return PostHolder.objects.create(unit=of.unit, post=of, **usual | fields)


def group_member(of, **fields):
    usual = {"person": "林国栋", "role": enums.GroupRole.HEAD, "starts_on": of.starts_on}
    return GroupMember.objects.create(unit=of.unit, group=of, **usual | fields)


def rule_evidence(of, **fields):
    usual = {"occurred_on": DAY, "content": "召开例会", "unit": of.unit}
    return RuleEvidence.objects.create(rule=of, **usual | fields)


def work_task(of, **fields):
    usual = {"title": "走访", "owner": "李梅", "starts_on": of.starts_on, "due_on": DAY}
    return WorkTask.objects.create(unit=of.unit, plan=of, **usual | fields)


def indicator(of, **fields):
    usual = {"title": "文体活动", "target": 12, "measure": "场"}
    return CampaignIndicator.objects.create(unit=of.unit, campaign=of, **usual | fields)


def progress(of, **fields):
    usual = {"occurred_on": DAY, "value": 6}
    return IndicatorProgress.objects.create(unit=of.unit, indicator=of, **usual | fields)


def zone(of, **fields):
    usual = {"name": "康复训练室", "area": 100}
    return FacilityZone.objects.create(unit=of.unit, facility=of, **usual | fields)


def reading_room(unit, **fields):
    return facility(unit, **{"name": "阅览室", "kind": enums.FacilityKind.READING} | fields)


def holding(of, **fields):
    usual = {"kind": enums.HoldingKind.BOOKS, "quantity": 1250, "starts_on": date(2025, 1, 6)}
    return Holding.objects.create(unit=of.unit, facility=of, **usual | fields)


def reading_day(of, **fields):
    usual = {"occurred_on": DAY, "visits": 18, "elders": 12, "lent": 5, "keeper": "李梅"}
    return ReadingDay.objects.create(unit=of.unit, facility=of, **usual | fields)


def posting(of, **fields):
    usual = {"occurred_on": DAY, "title": "财务公开"}
    return Posting.objects.create(unit=of.unit, board=of, **usual | fields)


def agreement(of, **fields):
    usual = {"title": "共建协议", "starts_on": date(2025, 1, 1)}
    return Agreement.objects.create(unit=of.unit, partner=of, **usual | fields)


def channel_issue(of, **fields):
    usual = {"occurred_on": DAY, "title": "第一期", "copies": 200}
    return ChannelIssue.objects.create(unit=of.unit, channel=of, **usual | fields)


def one_of_each(unit) -> dict:
    """A row of every ledger of the office by its slug, each naming 金丝雀 where it names anything."""
    canary = "金丝雀"
    rows = {
        "stations": station(unit, name=canary),
        "posts": post(unit, title=canary),
        "leading-groups": leading_group(unit, name=canary),
        "staff-evaluations": staff_evaluation(unit, person=canary),
        "rules": rule(unit, title=canary),
        "policy-documents": policy_document(unit, title=canary),
        "incoming-documents": incoming_document(unit, title=canary),
        "instructions": instruction(unit, subject=canary),
        "issued-certificates": issued_certificate(unit, applicant=canary),
        "seal-uses": seal_use(unit, document=canary),
        "duty": duty_shift(unit, person=canary),
        "work-plans": work_plan(unit, title=canary),
        "schedule": scheduled_event(unit, title=canary),
        "campaigns": campaign(unit, name=canary),
        "facilities": facility(unit, name=canary),
        "notice-boards": notice_board(unit, name=canary),
        "slogans": slogan(unit, text=canary),
        "purchases": purchase(unit, item=canary),
        "partners": partner(unit, name=canary),
        "channels": channel(unit, name=canary),
        "honors": honor(unit, name=canary),
        "surveys": survey(unit, title=canary),
        "historic-totals": historic_total(unit, source=canary),
    }
    rows |= {
        "post-holders": post_holder(rows["posts"]),
        "group-members": group_member(rows["leading-groups"]),
        "rule-records": rule_evidence(rows["rules"], content=canary),
        "work-tasks": work_task(rows["work-plans"], title=canary),
        "campaign-indicators": indicator(rows["campaigns"], title=canary),
        "facility-zones": zone(rows["facilities"], name=canary),
        "postings": posting(rows["notice-boards"], title=canary),
        "agreements": agreement(rows["partners"], title=canary),
        "channel-issues": channel_issue(rows["channels"], title=canary),
    }
    room = reading_room(unit, name=f"{canary}阅览室")
    rows["reading-holdings"] = holding(room)
    rows["reading-days"] = reading_day(room, keeper=canary)
    rows["indicator-records"] = progress(rows["campaign-indicators"], note=canary)
    return rows
