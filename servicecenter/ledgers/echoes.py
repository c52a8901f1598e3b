"""The ledger of the echo wall."""

from portal.ledgers import MORE, Ledger, column, register
from residents.ledgers.about import AboutResident, person_columns, unit_column
from residents.resolving import OPTIONAL_RESIDENT
from servicecenter.enums.steps import ECHO
from servicecenter.forms.reception import EchoForm
from servicecenter.models import Echo


@register
class EchoLedger(AboutResident):
    slug, title, icon, section = "echoes", "社区回音壁", "speakerphone", "便民服务"
    quick = False
    model = Echo
    description = "居民提的问题和回复；提问人同意、审核通过的，公开给大家看，不显示提问人。"
    select_related = ("resident",)
    columns = (
        "occurred_on",
        "topic",
        column(Echo, "question", sort="", width=40),
        *person_columns(Echo),
        column(Echo, "asker", sort=""),
        "may_publish",
        "replied_on",
        column(Echo, "reply", sort="", width=40, listed=False),
        column(Echo, "replied_by", sort="", listed=False),
        "state",
        column(Echo, "moderated_by", sort="", listed=False),
        column(Echo, "held_for", sort="", width=20, listed=False),
        column(Echo, "wording", sort="", width=36, listed=False),
        "published_on",
        column(Echo, "highlight", sort="", width=10, listed=False),
        unit_column(Echo),
    )
    form_class = EchoForm
    form_layout = (
        ("occurred_on", "topic"),
        "question",
        ("resident", "asker", "may_publish"),
        "reply",
        ("replied_on", "replied_by"),
        ("state", "moderated_by", "published_on"),
        "wording",
        "held_for",
        ("grid", "highlight"),
    )
    form_folds = {"state": "审核和公开", "grid": MORE}
    preset = {"state": "waiting"}
    workflow = ECHO
    today = "occurred_on"
    kept_for_next = ("occurred_on",)
    filters = ("topic", "state", "may_publish")
    search = ("question", "reply", "asker")
    search_hint = "问题、回复或提问人"
    identity = ("occurred_on", "question")
    resolvers = {"resident": OPTIONAL_RESIDENT}
    footer = (
        "servicecenter.echoes",
        "servicecenter.echoes_answered",
        "servicecenter.echo_reply_rate",
        "servicecenter.echoes_public",
    )

    def found(self, rows, text):
        return Ledger.found(self, rows, text) | super().found(rows, text)
