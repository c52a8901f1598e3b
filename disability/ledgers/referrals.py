"""The ledger of referrals: told, referred, taken on, treated."""

from disability.enums.referrals import REFERRAL
from disability.forms.referrals import ReferralForm
from disability.ledgers.columns import provider_column, sentence
from disability.models import Referral
from portal.ledgers import column, register
from residents.ledgers.about import AboutResident, person_columns, unit_column


@register
class ReferralLedger(AboutResident):
    slug, title, icon, section = "referrals", "康复转介", "ambulance", "康复服务"
    quick = False
    model = Referral
    description = "如白内障患者：告知治疗信息、转介到医院、手术，一步一步登记。"
    select_related = ("resident", "provider")
    columns = (
        "occurred_on",
        *person_columns(Referral),
        "condition",
        "state",
        "referred_on",
        column(Referral, "accepted_on", listed=False),
        "treated_on",
        column(Referral, "way", sort=""),
        column(Referral, "closed_on", listed=False),
        provider_column(Referral),
        sentence(Referral, "destination", 20, listed=False),
        sentence(Referral, "outcome", 24),
        column(Referral, "informed_by", sort="", listed=False),
        column(Referral, "highlight", sort="", width=10, listed=False),
        unit_column(Referral),
    )
    form_class = ReferralForm
    form_layout = (
        ("resident", "condition"),
        ("occurred_on", "informed_by"),
        ("provider", "destination"),
        ("state", "referred_on", "accepted_on"),
        ("treated_on", "way", "closed_on"),
        *("outcome", "highlight"),
    )
    form_folds = {"state": "办理进展（也可登记后一步一步办理）"}
    preset = {"state": "informed"}
    workflow = REFERRAL
    today, own_name = "occurred_on", "informed_by"
    filters = ("condition", "state")
    identity = ("resident", "condition", "occurred_on")
    footer = (
        "disability.referrals",
        "disability.referrals_referred",
        "disability.referrals_operated",
    )
