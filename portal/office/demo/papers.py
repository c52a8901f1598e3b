"""Rules, documents, instructions, duty, certificates and seals."""

from collections import Counter
from datetime import date, timedelta

from portal.demo.world import YEAR
from portal.models import keep_serial
from portal.office.demo.stage import DISABILITY, LAST_DAY, OFFICE, SANITATION, SERVICE, Stage
from portal.office.enums import (
    CertificateKind,
    DocumentKind,
    Rank,
    RuleKind,
    SealKind,
    Shift,
)
from portal.office.models import (
    DutyShift,
    IncomingDocument,
    Instruction,
    IssuedCertificate,
    PolicyDocument,
    Rule,
    RuleEvidence,
    SealUse,
)
from portal.office.services import SERIES

REGIMES = (
    ("工作例会制度", "每月召开一次联席例会，通报进度、研究问题、布置下月工作。"),
    ("公开制度", "服务事项、办事流程、收费依据和监督电话全部上墙公开。"),
    ("承诺制度", "对受理的事项公开承诺办理时限，逾期说明原因。"),
    ("首问责任制度", "第一个接待群众的工作人员负责到底。"),
    ("督办制度", "每周检查一次在办事项，逾期的发出督办单。"),
    ("考核制度", "每半年对代办员考核一次，结果与评优挂钩。"),
)
ISSUED = (
    ("关于印发残疾人社区康复工作实施方案的通知", DocumentKind.PLAN, (2, 18), DISABILITY),
    ("关于进一步规范为民服务全程代办工作的意见", DocumentKind.OPINION, (3, 11), SERVICE),
    ("环境卫生季度检查考核办法", DocumentKind.REGULATION, (4, 2), SANITATION),
    ("关于做好社区值班和信息报送的通知", DocumentKind.NOTICE, (9, 23), OFFICE),
)
RECEIVED = (
    ("关于开展第三十五次全国助残日活动的通知", "区残疾人联合会", Rank.DISTRICT, DISABILITY),
    ("关于做好困难群众春节慰问工作的通知", "区民政局", Rank.DISTRICT, OFFICE),
    ("关于开展社区消防安全检查的通知", "街道办事处", Rank.STREET, OFFICE),
    ("全民健身活动安排", "区文化广电旅游体育局", Rank.DISTRICT, OFFICE),
    ("关于报送半年工作总结的通知", "街道办事处", Rank.STREET, OFFICE),
)
ASKED = (
    ("3号楼下水道堵塞，请尽快协调物业处理", "梁伟文", OFFICE),
    ("核实独居老人用气安全，逐户上门", "梁伟文", OFFICE),
    ("助残日活动方案报街道审定", "郑淑贞", DISABILITY),
    ("背街小巷堆物问题限期整改", "吴永刚", SANITATION),
)
PURPOSES = ("办理入学", "申请助学金", "银行开户", "申请公租房", "办理探亲", "单位入职")


def add_papers(stage: Stage) -> None:
    rules = [row for unit in stage.units for row in _rules(stage, unit)]
    stage.store(Rule, rules)
    stage.store(RuleEvidence, [r for rule in rules for r in _evidence(stage, rule)])
    stage.store(PolicyDocument, [r for u in stage.units for r in _issued(stage, u)])
    stage.store(IncomingDocument, [r for u in stage.communities for r in _received(stage, u)])
    stage.store(Instruction, [r for u in stage.communities for r in _instructions(stage, u)])
    stage.store(DutyShift, [r for u in stage.communities for r in _duty(stage, u)])
    _certificates(stage)


def _rules(stage, unit):
    since = date(YEAR - 1, 1, 10)
    return [
        stage.row(
            Rule,
            unit,
            since,
            title=f"{unit.name}{title}" if unit == stage.street else title,
            kind=RuleKind.REGIME,
            ordinal=number,
            text=text,
            document="《为民服务全程代办实施办法》",
            starts_on=since,
            domains=SERVICE,
        )
        for number, (title, text) in enumerate(REGIMES, start=1)
    ]


def _evidence(stage, rule):
    """The first four regimes are proven, so that the rate is neither nought nor whole."""
    if rule.ordinal > 4:
        return
    for month in range(1, 13, 3):
        day = date(YEAR, month, 12)
        yield stage.row(
            RuleEvidence,
            rule.unit,
            day,
            rule=rule,
            content=f"{month}月按{rule.title}执行，记录已存档。",
            person=stage.people(rule.unit)[0],
        )


def _issued(stage, unit):
    for number, (title, kind, (month, of_month), domains) in enumerate(ISSUED, start=1):
        if unit != stage.street and number > 1:
            return
        day = date(YEAR, month, of_month)
        short = unit.name[:2]
        yield stage.row(
            PolicyDocument,
            unit,
            day,
            number=f"{short}{'街' if unit == stage.street else '社'}发〔{YEAR}〕{number}号",
            title=f"{unit.name}{title}",
            kind=kind,
            summary="明确工作目标、责任分工、时间安排和检查办法。",
            starts_on=day,
            ends_on=date(YEAR + 1, 12, 31),
            domains=domains,
        )


def _received(stage, unit):
    for number, day in enumerate(stage.dated(20), start=1):
        title, sender, rank, domains = stage.random.choice(RECEIVED)
        done = day + timedelta(days=9)
        finished = done <= LAST_DAY and stage.random.random() < 0.9
        yield stage.row(
            IncomingDocument,
            unit,
            day,
            number=f"{sender[:2]}发〔{day.year}〕{number}号",
            title=title,
            sender=sender,
            rank=rank,
            handling="请按要求办理，期限前报结果。",
            handler=stage.people(unit)[number % 4],
            due_on=day + timedelta(days=14),
            done_on=done if finished else None,
            result="已办结并报送。" if finished else "",
            domains=domains,
        )


def _instructions(stage, unit):
    for number, day in enumerate(stage.dated(8)):
        subject, leader, domains = ASKED[number % len(ASKED)]
        done = day + timedelta(days=stage.random.randrange(3, 20))
        finished = done <= LAST_DAY and stage.random.random() < 0.85
        yield stage.row(
            Instruction,
            unit,
            day,
            leader=leader,
            subject=subject,
            owner=stage.people(unit)[number % 4],
            due_on=day + timedelta(days=15),
            done_on=done if finished else None,
            result="已落实并回复。" if finished else "",
            domains=domains,
        )


def _duty(stage, unit):
    people = stage.people(unit)
    for number in range(stage.world.many(120)):
        day = date(YEAR, 1, 1) + timedelta(days=number * 3)
        busy = stage.random.random() < 0.1
        yield stage.row(
            DutyShift,
            unit,
            day,
            on=day,
            shift=Shift.WHOLE,
            person=people[number % 5],
            leader=people[0],
            incident="居民反映楼道停电，已通知供电所抢修。" if busy else "",
            handed_over=stage.random.random() < 0.97,
            domains=OFFICE,
        )
    day = date(YEAR + 1, 12, 31)  # planned ahead
    yield stage.row(DutyShift, unit, day, on=day, shift=Shift.DAY, person=people[1], domains=OFFICE)


def _certificates(stage):
    certificates, seals, last = [], [], Counter()
    days = [(day, unit) for unit in stage.communities for day in stage.dated(40)]
    for day, unit in sorted(days, key=lambda pair: (pair[0], pair[1].pk)):
        last[unit, day.year] += 1
        person = stage.people(unit)[0]
        certificate = stage.row(
            IssuedCertificate,
            unit,
            day,
            year=day.year,
            number=last[unit, day.year],
            kind=stage.random.choice(CertificateKind.values),
            applicant=stage.random.choice("陈林黄周吴徐孙胡朱高")
            + stage.random.choice(("秀英", "建国", "丽", "志明", "晓红", "文", "嘉欣")),
            id_tail=f"{stage.random.randrange(10000):04d}",
            purpose=stage.random.choice(PURPOSES),
            issued_by=person,
        )
        certificates.append(certificate)
        seals.append(
            stage.row(
                SealUse,
                unit,
                day,
                document=f"{certificate.get_kind_display()}{certificate.label}",
                copies=1,
                seal=SealKind.OFFICE,
                approver=stage.people(unit)[1],
                user=person,
                certificate=certificate,
                domains=OFFICE,
            )
        )
    stage.store(IssuedCertificate, certificates)
    stage.store(SealUse, seals)
    for (unit, year), number in last.items():
        keep_serial(unit, SERIES, number, year)
