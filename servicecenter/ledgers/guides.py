"""便民资料发放: the agency's share of hand-outs, where printed sheets and cards are counted."""

from django.urls import reverse

from portal.ledgers import MORE, Action, register
from portal.ledgers.shares import with_tags_last
from portal.scope import access_of
from residents.ledgers.facts import HandoutLedger
from servicecenter.ledgers.sections import GUIDE
from servicecenter.ledgers.shared import OurShare


@register
class AgencyHandoutLedger(OurShare, HandoutLedger):
    slug, title, section = "agency-handouts", "便民资料发放", GUIDE
    description = "办事告知单、为民服务卡等便民资料，填准确数量；从指南页打印的自动登记在这里。"
    form_layout = with_tags_last(HandoutLedger.form_layout)
    form_folds = {"method": MORE}
    filters = ("method",)
    identity = ("material", "occurred_on", "target")
    footer = (
        "servicecenter.handouts",
        "servicecenter.guides_handed",
        "servicecenter.cards_handed",
    )

    def list_actions(self, user):
        if not access_of(user).may(self.edit_permission):
            return []
        return [Action("打印为民服务卡", reverse("service-cards-print"))]
