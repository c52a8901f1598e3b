"""Rules and partners of volunteer work, shares of the office's own facts."""

from portal.ledgers import MORE, register
from portal.ledgers.shares import with_tags_last
from portal.office.ledgers.papers import RuleLedger
from portal.office.ledgers.publicity import PartnerLedger
from volunteers.ledgers.sections import PEOPLE
from volunteers.ledgers.shared import OurShare


@register
class VolunteerRuleLedger(OurShare, RuleLedger):
    slug, title, section = "volunteer-rules", "志愿服务制度", PEOPLE
    description = "志愿者管理、注册、激励、星级认定等制度；与“制度”是同一份记录。"
    form_layout = with_tags_last(RuleLedger.form_layout)
    form_folds = {"domains": MORE}
    filters = ("kind",)
    footer = ("volunteers.rules",)
    related = ()


@register
class VolunteerPartnerLedger(OurShare, PartnerLedger):
    slug, title, section = "volunteer-partners", "志愿服务共建单位", PEOPLE
    description = "一起开展志愿服务的单位；与“共建单位”是同一份记录。"
    form_layout = with_tags_last(PartnerLedger.form_layout)
    form_folds = {"domains": MORE}
    filters = ("kind",)
    footer = ("volunteers.partners",)
    related = (("agreements", "partner"),)
