"""The ledger 辖区外申请人."""

from portal.ledgers import MORE, Column, Ledger, column, register
from portal.ledgers.columns import reader
from servicecenter.forms.applicants import OutsiderForm
from servicecenter.ledgers.columns import unit_column
from servicecenter.models import Outsider
from servicecenter.selectors.applicants import search_outsiders


@register
class OutsiderLedger(Ledger):
    slug, title, icon = "outsiders", "辖区外申请人", "users"
    section, quick = "办件", False
    model = Outsider
    description = "不在本辖区居民册中的申请人，以及企业和组织；登记一次，以后办件直接查找。"
    columns = (
        column(Outsider, "name", sort="pinyin", width=20),
        "kind",
        column(Outsider, "id_kind", sort="", listed=False),
        Column(
            "证件号码",
            reader(Outsider, "masked_number"),
            field="number",
            width=22,
            masked=True,
            sealed="number",
        ),
        column(Outsider, "contact", sort=""),
        Column(
            "联系电话",
            reader(Outsider, "masked_phone"),
            field="phone",
            width=16,
            masked=True,
            sealed="phone",
        ),
        column(Outsider, "address", sort="", width=28, listed=False),
        column(Outsider, "note", sort="", width=20, listed=False),
        unit_column(Outsider),
    )
    form_class = OutsiderForm
    form_layout = (("kind", "name"), ("number", "phone"), ("id_kind", "contact"), "address", "note")
    form_folds = {"id_kind": MORE}
    filters = ("kind",)
    search = ("name",)
    search_hint = "姓名（名称）、拼音首字母、证件或电话"
    date = ""
    order = ("pinyin", "pk")
    unmaskable = ("number", "phone")
    related = (("cases", "outsider"),)

    def found(self, rows, text):
        return search_outsiders(rows, text)

    def identity_of(self, record):
        """By the number; who gave none, by the name."""
        if record.number_hash:
            return ("number", record.number_hash)
        return ("name", record.name) if record.name else ()

    def hint_of(self, record):
        number = record.masked_number or record.masked_phone
        return " · ".join(filter(None, (record.get_kind_display(), number)))
