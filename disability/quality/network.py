"""What is missing in the records of the network and of publicity."""

from disability.models import CaseStory, RehabWorker
from disability.models.stories import CONSENTED
from disability.quality.files import OURS, rule
from portal.quality import Severity, register
from portal.quality.family import kept
from residents.enums import ActivityKind, AssistanceKind, HandoutMethod
from residents.models import Activity, Assistance, Handout


def uncounted_gifts(units):
    gifts = kept(Assistance, units).filter(OURS, kind=AssistanceKind.DONATION)
    return gifts.filter(goods_quantity__isnull=True).exclude(goods="", goods_kind="")


def uncounted_booths(units):
    booths = kept(Activity, units).filter(OURS, kind=ActivityKind.PUBLICITY)
    return booths.filter(participants__isnull=True)


def trainings_without_topic(units):
    trainings = kept(Activity, units).filter(OURS, kind=ActivityKind.TRAINING)
    return trainings.filter(topics=[])


def homes_uncounted(units):
    given = kept(Handout, units).filter(OURS, method=HandoutMethod.HOME)
    return given.filter(households__isnull=True)


register(
    rule(
        "gift_quantity", "助残捐赠没有数量", "捐赠物品的合计会少。", "disability-donations",
        uncounted_gifts, field="goods_quantity",
    ),
    rule(
        "booth_participants", "助残宣传活动没有参加人次", "宣传覆盖面算不出来。",
        "disability-activities", uncounted_booths, field="participants",
    ),
    rule(
        "training_topics", "残疾人工作培训没有培训内容", "分不出康复业务培训和其他培训。",
        "disability-activities", trainings_without_topic,
    ),
    rule(
        "home_households", "入户发放没有户数", "入户宣传的户数会少。", "disability-handouts",
        homes_uncounted, field="households",
    ),
    rule(
        "worker_certificate", "康复人员没有资格证书", "持证上岗情况说不清。", "rehab-workers",
        lambda units: kept(RehabWorker, units).filter(certificate="", ends_on__isnull=True),
    ),
    rule(
        "story_consent", "典型案例没有同意记录", "不能写入总结，也不能对外使用。", "case-stories",
        lambda units: kept(CaseStory, units).filter(~CONSENTED), Severity.MIDDLE,
    ),
)  # fmt: skip
