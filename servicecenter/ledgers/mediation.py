"""The ledger of mediations."""

from portal.ledgers import MORE, Column, Ledger, column, register
from portal.ledgers.columns import reader
from residents.ledgers.about import AboutResident, person_columns, unit_column
from residents.resolving import OPTIONAL_RESIDENT
from servicecenter.enums.steps import MEDIATION
from servicecenter.forms.reception import MediationForm
from servicecenter.models import Mediation


@register
class MediationLedger(AboutResident):
    slug, title, icon, section = "mediations", "矛盾调解", "heart-handshake", "便民服务"
    quick = False
    model = Mediation
    description = "纠纷从受理到结果，达成协议的回访履行情况；当事人不会写入总结。"
    select_related = ("resident", "other_resident")
    columns = (
        "occurred_on",
        "kind",
        column(Mediation, "parties", sort="", width=24),
        *person_columns(Mediation),
        Column(
            "另一方居民",
            reader(Mediation, "other_resident.name"),
            field="other_resident",
            listed=False,
        ),
        column(Mediation, "cause", sort="", width=36),
        column(Mediation, "mediators", sort="", width=18),
        column(Mediation, "place", sort="", width=18, listed=False),
        "result",
        "ended_on",
        column(Mediation, "agreement", sort="", width=36, listed=False),
        "signed_on",
        column(Mediation, "kept", listed=False),
        column(Mediation, "followed_up_on", listed=False),
        column(Mediation, "follow_up", sort="", width=28, listed=False),
        column(Mediation, "highlight", sort="", width=10, listed=False),
        unit_column(Mediation),
    )
    form_class = MediationForm
    form_layout = (
        ("occurred_on", "kind", "mediators"),
        "parties",
        "cause",
        ("result", "ended_on"),
        ("signed_on", "followed_up_on", "kept"),
        "agreement",
        "follow_up",
        ("resident", "other_resident"),
        ("place", "grid"),
        "highlight",
    )
    form_folds = {"signed_on": "协议和回访", "resident": MORE}
    workflow = MEDIATION
    own_name, today = "mediators", "occurred_on"
    filters = ("kind", "result", "kept")
    search = ("parties", "cause", "mediators")
    search_hint = "当事人、事由或调解员"
    identity = ("occurred_on", "parties")
    resolvers = {"resident": OPTIONAL_RESIDENT}
    footer = (
        "servicecenter.mediations",
        "servicecenter.mediations_succeeded",
        "servicecenter.mediation_rate",
        "servicecenter.agreements",
    )

    def found(self, rows, text):
        return Ledger.found(self, rows, text) | super().found(rows, text)
