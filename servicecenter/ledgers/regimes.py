"""制度: the agency's share of the office's rules, with the proof that they are kept."""

from django.db.models import Q

from portal.ledgers import MORE, register
from portal.ledgers.shares import part_of, with_tags_last
from portal.office.enums import RuleKind
from portal.office.ledgers.papers import RuleEvidenceLedger, RuleLedger
from servicecenter.ledgers.shared import OURS, OurShare

REGIMES = "制度与公开"


@register
class RegimeLedger(OurShare, RuleLedger):
    slug, title, section = "regimes", "服务制度", REGIMES
    description = (
        "全程代办的各项制度（例会、公开、承诺、督办等），按序号排列；与“制度”是同一份记录。"
    )
    where = OURS & Q(kind=RuleKind.REGIME)
    preset = {"domains": ["servicecenter"], "kind": RuleKind.REGIME}
    form_layout = with_tags_last(
        (("title", "ordinal"), "text", ("starts_on", "ends_on", "document"), "domains")
    )
    form_folds = {"domains": MORE}
    filters = ()
    footer = (
        "servicecenter.regimes",
        "servicecenter.regimes_kept",
        "servicecenter.regimes_kept_rate",
    )
    related = (("regime-records", "rule"),)


@register
class RegimeRecordLedger(OurShare, RuleEvidenceLedger):
    slug, title, section = "regime-records", "服务制度落实", REGIMES
    description = "服务制度落实的依据，一次一条；与“制度落实”是同一份记录。"
    where, preset = part_of("rule__domains", "servicecenter").values()
    footer = ("servicecenter.regime_records", "servicecenter.regimes_kept")
