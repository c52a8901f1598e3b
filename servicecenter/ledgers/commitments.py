"""承诺 and 公开."""

from portal.ledgers import Ledger, column, register
from portal.office.ledgers.base import Spells, parent, unit
from servicecenter.ledgers.regimes import REGIMES
from servicecenter.models import Commitment, CommitmentCheck, Disclosure
from servicecenter.services.catalogue import MANAGE


@register
class DisclosureLedger(Ledger):
    slug, title, icon, section = "disclosures", "公开事项", "speakerphone", REGIMES
    edit_permission = MANAGE  # residents read it on the public pages as soon as it is stored
    quick = False
    model = Disclosure
    description = "公开了什么、公开在哪里、从哪天起；选“公开网页”的，居民不用登录就能看到。"
    select_related = ("board",)
    columns = (
        "occurred_on",
        "kind",
        column(Disclosure, "title", width=32),
        column(Disclosure, "places", sort="", width=20),
        parent(Disclosure, "board", "公示栏", "name"),
        column(Disclosure, "content", sort="", width=40, listed=False),
        "ends_on",
        unit(Disclosure),
    )
    form_layout = (
        ("title", "kind"),
        ("occurred_on", "ends_on"),
        "places",
        "board",
        "content",
    )
    filters = ("kind", "places")
    search = ("title", "content")
    search_hint = "公开事项"
    identity = ("title", "occurred_on")
    footer = ("servicecenter.disclosures", "servicecenter.disclosed_now")
    today = "occurred_on"


@register
class CommitmentLedger(Spells, Ledger):
    slug, title, icon, section = "commitments", "服务承诺", "certificate", REGIMES
    edit_permission = MANAGE  # residents read it on the public pages as soon as it is stored
    quick = False
    model = Commitment
    description = "向居民承诺什么，按方面登记；是否兑现由承诺检查说明。"
    order = ("aspect", "starts_on", "pk")
    columns = (
        "aspect",
        column(Commitment, "text", sort="", width=48),
        "starts_on",
        "ends_on",
        unit(Commitment),
    )
    form_layout = ("aspect", "text", ("starts_on", "ends_on"))
    filters = ("aspect",)
    search = ("text",)
    search_hint = "承诺内容"
    identity = ("aspect", "text")
    footer = (
        "servicecenter.commitments",
        "servicecenter.commitment_aspects",
        "servicecenter.commitments_kept_rate",
    )
    related = (("commitment-checks", "commitment"),)


@register
class CommitmentCheckLedger(Ledger):
    slug, title, icon, section = "commitment-checks", "承诺检查", "clipboard-check", REGIMES
    quick = False
    model = CommitmentCheck
    description = "每次检查承诺是否兑现；没有兑现的写明怎么改。"
    select_related = ("commitment",)
    columns = (
        "occurred_on",
        parent(CommitmentCheck, "commitment", "服务承诺", "text"),
        "way",
        "result",
        column(CommitmentCheck, "finding", sort="", width=36),
        column(CommitmentCheck, "remedy", sort="", width=28, listed=False),
        unit(CommitmentCheck),
    )
    form_layout = ("commitment", ("occurred_on", "way", "result"), "finding", "remedy")
    filters = ("way", "result")
    search = ("finding", "commitment__text")
    search_hint = "检查情况或承诺"
    identity = ("commitment", "occurred_on", "finding")
    footer = ("servicecenter.commitment_checks", "servicecenter.commitments_kept_rate")
    today = "occurred_on"
