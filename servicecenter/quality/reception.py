"""What is missing in the records of reception and mediation."""

from portal.quality import register
from portal.quality.family import kept
from servicecenter.enums.reception import MediationResult
from servicecenter.models import Mediation, OnsiteOffice, ReceptionDay
from servicecenter.quality.base import rule

register(
    rule(
        "reception_day_visitors", "干部接待日没有接待人次", "接待群众的人次会少。", "reception-days",
        lambda units: kept(ReceptionDay, units).filter(visitors=0), field="visitors",
    ),
    rule(
        "onsite_reached", "现场办公没有服务人次", "现场办公服务群众的人次会少。", "onsite-offices",
        lambda units: kept(OnsiteOffice, units).filter(reached=0), field="reached",
    ),
    rule(
        "mediation_agreement", "调解成功没有签协议", "口头协议的请在协议内容中写明，便于回访。",
        "mediations",
        lambda units: kept(Mediation, units).filter(
            result=MediationResult.SUCCEEDED, signed_on__isnull=True, agreement=""
        ),
    ),
)  # fmt: skip
