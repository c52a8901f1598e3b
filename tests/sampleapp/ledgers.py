from portal.ledgers import Ledger, register
from tests.sampleapp.models import Loan


@register
class LoanLedger(Ledger):
    slug, title, icon = "umbrella-loans", "爱心借伞", "umbrella"
    model = Loan
    description = "雨天借给居民的伞。"
    columns = ("occurred_on", "borrower", "umbrellas")
    form_layout = (("borrower", "umbrellas"), "occurred_on")
    search = ("borrower",)
    identity = ("borrower", "occurred_on")
    footer = ("sampleapp.umbrellas",)
