"""网上来件 as ledgers: what came in without sign-in, to be taken up or sent back; published months."""

from django.db.models import Q
from django.urls import reverse

from portal.intake.states import IntakeState
from portal.ledgers import Action, Column, Ledger, column, register
from portal.scope import access_of
from residents.ledgers.about import unit_column
from servicecenter.enums.public import LetterKind
from servicecenter.models import Letter, PublishedMonth
from servicecenter.services import echoes_public
from servicecenter.services.public_months import PERMISSION
from servicecenter.workflow import CLERK

# Who takes a letter up, or sends it back.
MAY = {LetterKind.APPLICATION: CLERK, LetterKind.QUESTION: echoes_public.PERMISSION}
NAME = Column("姓名", lambda letter: letter.name, field="called", width=12)
PHONE = Column(
    "联系电话",
    lambda letter: letter.masked_phone,
    field="phone",
    width=16,
    masked=True,
    sealed="phone",
)


class Letters(Ledger):
    """``name`` and ``content`` are sealed in the database, and read by whoever sees the letter."""

    model = Letter
    icon, quick = "inbox", False
    by_hand = False
    filters = ("state",)
    order = ("-recorded_at", "-pk")
    unmaskable = ("id_number", "phone")
    becomes = ("", "")  # the ledger of what a letter becomes, and the words of the link to it
    taking = ("", "")  # the name of the page that takes it up, and its words

    def readable(self, rows):
        return super().readable(rows).defer("files")

    def actions(self, record, user):
        may = access_of(user).may(MAY[record.kind], record.unit_id)
        if record.state != IntakeState.SENT or not may:
            return []
        page, words = self.taking
        return [
            Action(words, reverse(page, args=[record.pk])),
            Action("退回", reverse("letter-decline", args=[record.pk])),
        ]

    def page(self, record, request):
        if record.became_key:
            slug, words = self.becomes
            return {
                "page_links": [(words, reverse("ledger-detail", args=[slug, record.became_key]))]
            }
        numbers = range(1, record.files_count + 1)
        return {
            "page_links": [
                (f"附件 {number}", reverse("letter-file", args=[record.pk, number]))
                for number in numbers
            ]
        }


@register
class OnlineApplicationLedger(Letters):
    slug, title, section = "online-applications", "网上申请", "办件"
    description = (
        "居民不登录提交的申请。核对后转为待受理的办件，或写明原因退回；申请人凭登记码查看。"
    )
    where = Q(kind=LetterKind.APPLICATION)
    becomes = ("cases", "打开办件")
    taking = ("letter-take", "转为办件")
    columns = (
        "occurred_on",
        "state",
        column(Letter, "item_name", width=26),
        NAME,
        Column(
            "证件号码",
            lambda letter: letter.masked_number,
            field="id_number",
            width=22,
            masked=True,
            sealed="id_number",
            listed=False,
        ),
        PHONE,
        Column("申请内容", lambda letter: letter.content, field="words", width=40, listed=False),
        "files_count",
        "answered_on",
        column(Letter, "answer", width=24, listed=False),
        unit_column(Letter),
    )
    form_layout = (
        ("item_name", "state"),
        ("called", "phone"),
        ("id_kind", "id_number"),
        "words",
        ("files_count", "consented"),
        ("answered_on", "answer"),
    )


@register
class OnlineQuestionLedger(Letters):
    slug, title, section = "online-questions", "网上提问", "便民服务"
    description = "居民不登录提出的问题。转入社区回音壁答复和审核，或写明原因退回。"
    where = Q(kind=LetterKind.QUESTION)
    becomes = ("echoes", "打开回音壁")
    taking = ("letter-wall", "转入回音壁")
    columns = (
        "occurred_on",
        "state",
        Column("问题", lambda letter: letter.content, field="words", width=40),
        NAME,
        PHONE,
        "may_publish",
        "answered_on",
        column(Letter, "answer", width=24, listed=False),
        unit_column(Letter),
    )
    form_layout = (
        "words",
        ("called", "phone"),
        ("state", "may_publish"),
        ("answered_on", "answer"),
    )


@register
class PublishedMonthLedger(Ledger):
    slug, title, icon, section = "published-months", "公开月报", "speakerphone", "制度与公开"
    quick = False
    model = PublishedMonth
    by_hand = False
    description = (
        "每月公布的办件数据，居民不登录就能看到；数字由系统统计，公布后不随以后的改动变化。"
    )
    date = "month"
    order = ("-month", "unit__code")
    columns = (
        "month",
        Column(
            "数据",
            lambda row: "；".join(f"{label} {text}" for label, text in row.rows),
            field="told",
            width=60,
        ),
        "published_on",
        unit_column(PublishedMonth),
    )
    form_layout = (("month", "published_on"), "told")

    def list_actions(self, user):
        if not access_of(user).may(PERMISSION):
            return ()
        return [Action("公布一个月的数据", reverse("month-publish"))]
