"""The ledgers of assistive devices: cases, use, what comes and goes, what is in store."""

from disability.enums.devices import DEVICE, ISSUED
from disability.forms.devices import CaseForm, DeviceTrainingForm, EntryForm
from disability.ledgers.columns import part_of, provider_column, sentence
from disability.models import DeviceCase, DeviceEntry, DeviceStock, DeviceTraining
from portal.ledgers import MORE, Action, Column, Ledger, Sheet, column, register
from portal.ledgers.columns import reader
from portal.scope import access_of
from residents.ledgers.about import AboutResident, person_columns, unit_column

DEVICES = "辅助器具"


def kind_column(model) -> Column:
    return Column("辅具", reader(model, "kind.name"), field="kind", sort="kind__name", width=16)


@register
class DeviceCaseLedger(AboutResident):
    slug, title, icon, section = "device-cases", "辅具服务", "clipboard-list", DEVICES
    quick = False
    model = DeviceCase
    description = "谁需要什么辅具：需求、评估、适配或借出、归还，一步一步登记。"
    select_related = ("resident", "kind", "provider")
    columns = (
        "occurred_on",
        *person_columns(DeviceCase),
        kind_column(DeviceCase),
        "state",
        column(DeviceCase, "assessed_on", listed=False),
        column(DeviceCase, "assessed_by", sort="", listed=False),
        sentence(DeviceCase, "assessment", 24, listed=False),
        "issued_on",
        "due_back_on",
        "returned_on",
        column(DeviceCase, "condition", sort="", listed=False),
        column(DeviceCase, "from_stock", sort="", listed=False),
        column(DeviceCase, "serial", sort="", listed=False),
        column(DeviceCase, "closed_on", listed=False),
        sentence(DeviceCase, "reason", 20, listed=False),
        provider_column(DeviceCase),
        sentence(DeviceCase, "note", 20, listed=False),
        column(DeviceCase, "highlight", sort="", width=10, listed=False),
        unit_column(DeviceCase),
    )
    form_class = CaseForm
    form_layout = (
        ("resident", "kind"),
        ("occurred_on", "reason"),
        ("state", "assessed_on", "assessed_by"),
        "assessment",
        ("issued_on", "from_stock", "due_back_on"),
        ("provider", "serial"),
        ("returned_on", "condition", "closed_on"),
        *("note", "highlight"),
    )
    form_folds = {"state": "办理进展（也可登记后一步一步办理）"}
    preset = {"state": "needed"}
    workflow = DEVICE
    today = "occurred_on"
    filters = ("state", "kind")
    identity = ("resident", "kind", "occurred_on")
    footer = (
        "disability.device_needs",
        "disability.device_fit_rate",
        "disability.device_fitted",
        "disability.devices_on_loan",
    )

    def actions(self, record, user):
        found = list(super().actions(record, user))
        may = access_of(user).may(self.edit_permission, record.unit_id)
        if may and record.state in ISSUED:
            known = f"?resident={record.resident_id}&kind={record.kind_id}"
            found.append(Action("登记使用指导", part_of("device-trainings", known)))
        return found


@register
class DeviceTrainingLedger(AboutResident):
    slug, title, icon, section = "device-trainings", "辅具使用指导", "school", DEVICES
    quick = False
    model = DeviceTraining
    description = "教会使用盲杖、假肢、助听器等；几个人一起学的用“登记多条”。"
    select_related = ("resident", "kind", "provider")
    columns = (
        "occurred_on",
        *person_columns(DeviceTraining),
        kind_column(DeviceTraining),
        sentence(DeviceTraining, "content", 26),
        column(DeviceTraining, "trainer", sort=""),
        column(DeviceTraining, "minutes", listed=False),
        "mastered",
        provider_column(DeviceTraining),
        column(DeviceTraining, "highlight", sort="", width=10, listed=False),
        unit_column(DeviceTraining),
    )
    form_class = DeviceTrainingForm
    form_layout = (
        ("resident", "kind"),
        ("occurred_on", "trainer"),
        ("minutes", "mastered"),
        "content",
        *("provider", "highlight"),
    )
    form_folds = {"content": MORE}
    sheet = Sheet(
        "辅具使用指导登记表",
        common=("occurred_on", "kind", "trainer", "minutes", "provider"),
        each={"resident": 14, "content": 36, "mastered": 10},
        margin=("本人签名",),
    )
    kept_for_next = ("occurred_on",)
    today, own_name = "occurred_on", "trainer"
    filters = ("kind", "mastered")
    identity = ("resident", "kind", "occurred_on")
    footer = ("disability.device_trainings", "disability.device_training_persons")


@register
class DeviceEntryLedger(Ledger):
    slug, title, icon, section = "device-entries", "辅具出入库", "inbox", DEVICES
    quick = False
    model = DeviceEntry
    description = "采购、捐赠、残联配发的入库，报废和调出的出库；发给个人的登记在辅具服务。"
    select_related = ("kind",)
    columns = (
        "occurred_on",
        kind_column(DeviceEntry),
        "move",
        column(DeviceEntry, "quantity", width=8),
        Column("计量单位", lambda entry: entry.kind.measure, width=8),
        sentence(DeviceEntry, "source", 24),
        column(DeviceEntry, "keeper", sort=""),
        sentence(DeviceEntry, "note", 20, listed=False),
        unit_column(DeviceEntry),
    )
    form_class = EntryForm
    form_layout = (
        ("kind", "quantity"),
        ("move", "occurred_on"),
        ("source", "keeper"),
        "note",
    )
    form_folds = {"note": MORE}
    preset = {"move": "purchase"}
    kept_for_next = ("occurred_on",)
    today, own_name = "occurred_on", "keeper"
    filters = ("move", "kind")
    search = ("kind__name", "source", "keeper")
    search_hint = "辅具、来源或经办人"
    identity = ("kind", "move", "occurred_on", "source")
    footer = ("disability.devices_received", "disability.devices_written_off")


def standing(stock) -> str:
    low = stock.kind.low_mark
    if stock.quantity <= 0:
        return "无库存"
    return "偏低" if low and stock.quantity <= low else "充足"


@register
class DeviceStockLedger(Ledger):
    slug, title, icon, section = "device-stock", "辅具库存", "table", DEVICES
    quick = False
    by_hand = False
    model = DeviceStock
    description = "入库减去发放、加上归还的结存，自动计算；要改请改出入库或辅具服务。"
    date, order = "", ("kind__family__code", "kind__name", "pk")
    select_related = ("kind__family",)
    columns = (
        Column("辅具", reader(DeviceStock, "kind.name"), sort="kind__name", width=18),
        Column("大类", lambda stock: str(stock.kind.family), sort="kind__family__code", width=26),
        column(DeviceStock, "quantity", width=10),
        Column("计量单位", lambda stock: stock.kind.measure, width=8),
        Column("状况", standing, width=10),
        unit_column(DeviceStock),
    )
    form_layout = (("kind", "quantity"),)
    filters = ("kind",)
    search = ("kind__name", "kind__family__name")
    search_hint = "辅具或大类"

    def list_actions(self, user):
        entries = DeviceEntryLedger.slug
        return [Action("登记出入库", part_of(entries, ""))] if may_enter(user) else []


def may_enter(user) -> bool:
    return bool(access_of(user).units("disability.edit"))
