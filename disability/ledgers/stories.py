"""典型案例."""

from django.urls import reverse

from disability.forms.stories import StoryForm
from disability.ledgers.shared import PUBLICITY
from disability.models import CaseStory
from portal.ledgers import MORE, Action, Column, column, register
from portal.ledgers.columns import reader
from portal.scope import access_of
from residents.enums import ConsentKind
from residents.ledgers.about import AboutResident, person_columns, unit_column


@register
class StoryLedger(AboutResident):
    slug, title, icon = "case-stories", "典型案例", "notebook"
    section, quick = PUBLICITY, False
    model = CaseStory
    description = "一个人一件事的前后变化，用化名写；有本人同意、勾选“写入总结”的才写进总结。"
    select_related = ("resident", "consent")
    columns = (
        "occurred_on",
        column(CaseStory, "title", width=26),
        *person_columns(CaseStory),
        column(CaseStory, "alias", sort=""),
        column(CaseStory, "text", sort="", width=40, listed=False),
        column(CaseStory, "quote", sort="", width=26, listed=False),
        column(CaseStory, "speaker", sort="", listed=False),
        Column("同意日期", reader(CaseStory, "consent.occurred_on"), field="consent_on", width=14),
        column(CaseStory, "highlight", sort="", width=10),
        unit_column(CaseStory),
    )
    form_class = StoryForm
    form_layout = (
        ("resident", "occurred_on"),
        ("title", "consent_on"),
        "text",
        "highlight",
        ("quote", "speaker", "alias"),
    )
    form_folds = {"quote": MORE}
    today = "occurred_on"
    filters = ("highlight",)
    identity = ("resident", "title")
    refers_to = ("consents",)
    footer = ("disability.stories", "disability.stories_told", "disability.stories_unconsented")

    def actions(self, record, user):
        if record.consent_id or not access_of(user).may("residents.edit", record.unit_id):
            return []
        url = f"{reverse('ledger-add', args=['consents'])}?resident={record.resident_id}"
        return [Action("登记同意", f"{url}&kind={ConsentKind.SEPARATE}&purpose=典型案例宣传")]
