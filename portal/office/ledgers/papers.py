"""制度、文件、批示."""

from portal.ledgers import column, register
from portal.office.ledgers.base import (
    PAPERS,
    Lasting,
    OfficeLedger,
    PartLedger,
    long,
    parent,
    plain,
    tail,
    unit,
)
from portal.office.models import (
    IncomingDocument,
    Instruction,
    PolicyDocument,
    Rule,
    RuleEvidence,
)


@register
class RuleLedger(Lasting):
    slug, title, icon, section = "rules", "制度", "books", PAPERS
    model = Rule
    description = "制度、职责、流程和承诺的全文；街道的制度，社区可以查看。"
    order = ("kind", "ordinal", "title", "pk")
    columns = (
        column(Rule, "title", width=28),
        "kind",
        "ordinal",
        long(Rule, "text", 40),
        plain(Rule, "document", 20),
        "starts_on",
        "ends_on",
        *tail(Rule),
    )
    form_layout = (
        ("title", "kind", "ordinal"),
        "text",
        ("starts_on", "ends_on", "document"),
        "domains",
    )
    filters = ("kind", "domains")
    search = ("title", "text")
    search_hint = "名称或内容"
    identity = ("title", "starts_on")
    footer = ("office.rules", "office.rules_kept_rate")
    related = (("rule-records", "rule"),)


@register
class RuleEvidenceLedger(PartLedger):
    slug, title, icon, section = "rule-records", "制度落实", "clipboard-check", PAPERS
    model = RuleEvidence
    description = "制度落实的依据，一次一条。"
    select_related = ("rule",)
    columns = (
        "occurred_on",
        parent(RuleEvidence, "rule", "制度", "title"),
        plain(RuleEvidence, "content", 36),
        plain(RuleEvidence, "person"),
        plain(RuleEvidence, "problem", 20),
        unit(RuleEvidence),
    )
    form_layout = (("rule", "occurred_on", "person"), "content", "problem")
    search = ("content", "rule__title")
    search_hint = "制度名称或落实情况"
    identity = ("rule", "occurred_on", "content")
    footer = ("office.rule_records", "office.rules_kept")


@register
class PolicyDocumentLedger(OfficeLedger):
    slug, title, icon, section = "policy-documents", "印发文件", "file-text", PAPERS
    model = PolicyDocument
    description = "本单位印发的文件；街道印发的，社区可以查看。"
    columns = (
        "occurred_on",
        plain(PolicyDocument, "number", 18),
        column(PolicyDocument, "title", width=36),
        "kind",
        long(PolicyDocument, "summary", 40),
        "starts_on",
        "ends_on",
        *tail(PolicyDocument),
    )
    form_layout = (
        ("title", "number"),
        ("occurred_on", "kind"),
        "summary",
        ("starts_on", "ends_on"),
        "domains",
    )
    filters = ("kind", "domains")
    search = ("title", "number", "summary")
    search_hint = "标题或文号"
    identity = ("title", "occurred_on")
    footer = ("office.documents_issued",)


@register
class IncomingDocumentLedger(OfficeLedger):
    slug, title, icon, section = "incoming-documents", "收文", "inbox", PAPERS
    model = IncomingDocument
    description = "上级和其他单位来文，登记到办结；涉密文件不得登记。"
    columns = (
        "occurred_on",
        plain(IncomingDocument, "number", 18),
        column(IncomingDocument, "title", width=36),
        column(IncomingDocument, "sender", width=20),
        "kind",
        column(IncomingDocument, "rank", listed=False),
        column(IncomingDocument, "secrecy", listed=False),
        long(IncomingDocument, "handling"),
        plain(IncomingDocument, "handler"),
        "due_on",
        "done_on",
        long(IncomingDocument, "result"),
        *tail(IncomingDocument),
    )
    form_layout = (
        ("title", "number"),
        ("sender", "rank", "kind"),
        ("occurred_on", "secrecy"),
        "handling",
        ("handler", "due_on", "done_on"),
        "result",
        "domains",
    )
    filters = ("kind", "rank", "domains")
    search = ("title", "number", "sender")
    search_hint = "标题、文号或来文单位"
    identity = ("title", "occurred_on", "sender")
    footer = ("office.documents_received", "office.documents_done", "office.documents_done_rate")


@register
class InstructionLedger(OfficeLedger):
    slug, title, icon, section = "instructions", "领导批示", "pencil", PAPERS
    model = Instruction
    description = "领导批示和交办事项，跟踪到有结果为止。"
    columns = (
        "occurred_on",
        plain(Instruction, "leader"),
        column(Instruction, "subject", width=32),
        long(Instruction, "text", 40),
        plain(Instruction, "owner"),
        "due_on",
        "done_on",
        long(Instruction, "result"),
        *tail(Instruction),
    )
    form_layout = (
        ("subject", "leader"),
        ("occurred_on", "due_on", "owner"),
        "text",
        ("done_on",),
        "result",
        "domains",
    )
    search = ("subject", "leader", "owner", "text")
    search_hint = "事项、领导或责任人"
    identity = ("subject", "occurred_on")
    footer = ("office.instructions", "office.instructions_done", "office.instructions_done_rate")
