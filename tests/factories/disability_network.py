"""The network of disability work, and case stories."""

from datetime import date

from disability.enums.network import WorkerRole
from disability.models import CaseStory, ProviderService, RehabWorker, WorkerAttendance
from portal.office import enums
from residents.enums import ActivityKind, AssistanceKind, GoodsKind, TrainingTopic
from tests.factories import office
from tests.factories.people import consent
from tests.factories.services import job_info, job_push
from tests.factories.shared import activity, assistance, handout, participation

OURS = ["disability"]


def body(unit, **fields):
    return office.partner(unit, **{"name": "江湾医院", "domains": OURS} | fields)


def provider_service(provider, **fields) -> ProviderService:
    usual = {"services": ["medical", "doorstep"], "starts_on": date(2025, 1, 1)}
    return ProviderService.objects.create(unit=provider.unit, provider=provider, **usual | fields)


def rehab_worker(unit, person="李梅", **fields) -> RehabWorker:
    usual = {"role": WorkerRole.COORDINATOR, "starts_on": date(2025, 1, 1)}
    return RehabWorker.objects.create(unit=unit, person=person, **usual | fields)


def workers_training(unit, **fields):
    usual = {"title": "社区康复业务培训", "topics": [TrainingTopic.SERVICE], "hours": 24}
    return activity(unit, **usual | fields)


def worker_attendance(training, worker, **fields) -> WorkerAttendance:
    usual = {"occurred_on": training.occurred_on, "hours": training.hours, "unit": worker.unit}
    return WorkerAttendance.objects.create(activity=training, worker=worker, **usual | fields)


def case_story(person, occurred_on=date(2025, 6, 10), **fields) -> CaseStory:
    usual = {
        "title": "走出家门的第一步",
        "alias": f"{person.name[0]}某",
        "text": "经助残员多次上门讲解，家属同意送其入住养护机构，生活有人照料。",
        "highlight": True,
    }
    return CaseStory.objects.create(
        unit=person.unit, resident=person, occurred_on=occurred_on, **usual | fields
    )


def share_of_each(person) -> None:
    """A row of disability work in every ledger of the network and of publicity, about this person
    where it is about anybody."""
    unit, ours = person.unit, {"domains": OURS}
    hospital = body(unit)
    provider_service(hospital)
    office.agreement(hospital, title="康复合作协议")
    group = office.leading_group(unit, **ours)
    office.group_member(group, person="何建平", specialty="康复医学")
    office.post_holder(office.post(unit, **ours))
    worker = rehab_worker(unit, provider=hospital, certificate="上岗证")
    worker_attendance(workers_training(unit, title="康复协调员培训"), worker)
    office.work_task(office.work_plan(unit, title="残疾人工作计划", **ours), title="入户走访")
    office.scheduled_event(unit, title="康复例会", **ours)
    step = office.indicator(office.campaign(unit, name="示范街道", **ours), title="建档率")
    office.progress(step)
    office.policy_document(unit, title="康复实施方案", **ours)
    office.incoming_document(unit, title="助残日通知", **ours)
    handout(unit, 300, material="康复手册", households=120, method="home")
    office.slogan(unit, text="弘扬助残精神", **ours)
    books = {"goods": "科普图书", "goods_kind": GoodsKind.BOOKS, "goods_quantity": 12}
    assistance(person, date(2025, 4, 2), kind=AssistanceKind.DONATION, goods_measure="册", **books)
    party = activity(unit, title="庆“三八”联欢会", kind=ActivityKind.CULTURE, hosting="joined")
    participation(party, person)
    job_push(job_info(unit, post="客服", **ours), person)
    office.honor(unit, name="助残先进集体", **ours)
    office.channel_issue(office.channel(unit, name="康复简报", **ours), title="创刊号")
    office.survey(unit, title="三方满意度", group=enums.SurveyGroup.DISABLED, **ours)
    told = consent(person, date(2025, 5, 1), purpose="典型案例宣传", kind="separate")
    case_story(person, consent=told)
