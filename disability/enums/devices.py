"""Pick-lists of assistive devices, and the steps from a need to the return."""

from django.db.models import TextChoices

from portal.workflow import Step, Workflow


class DeviceUse(TextChoices):
    """What a device is for, as the summaries tell it; finer than the classes of the standard."""

    CANE = "cane", "盲杖"
    LOW_VISION = "low_vision", "助视和盲用"
    HEARING = "hearing", "助听器"
    PROSTHESIS = "prosthesis", "假肢"
    ORTHOSIS = "orthosis", "矫形器"
    WHEELCHAIR = "wheelchair", "轮椅"
    WALKING = "walking", "助行"
    NURSING = "nursing", "护理和生活自理"
    SPEECH = "speech", "沟通"
    TRAINING = "training", "训练和益智"
    HOME = "home", "居家改造"
    OTHER = "other", "其他"


class StockMove(TextChoices):
    """Why devices come into the store or leave it otherwise than to a person."""

    PURCHASE = "purchase", "采购入库"
    DONATION = "donation", "捐赠入库"
    ALLOTMENT = "allotment", "残联配发入库"
    FOUND = "found", "盘盈入库"
    SCRAPPED = "scrapped", "报废出库"
    LOST = "lost", "盘亏出库"
    HANDED_ON = "handed_on", "调出"


LEAVING = frozenset({StockMove.SCRAPPED, StockMove.LOST, StockMove.HANDED_ON})


class DeviceCondition(TextChoices):
    """In what state a device comes back; a broken one does not go back on the shelf."""

    GOOD = "good", "完好"
    REPAIRED = "repaired", "维修后可用"
    BROKEN = "broken", "报废"


class DeviceState(TextChoices):
    NEEDED = "needed", "待评估"
    ASSESSED = "assessed", "已评估"
    FITTED = "fitted", "已适配"
    ON_LOAN = "on_loan", "借用中"
    RETURNED = "returned", "已归还"
    DROPPED = "dropped", "不再需要"


D = DeviceState
WAITING = frozenset({D.NEEDED, D.ASSESSED})
ISSUED = frozenset({D.FITTED, D.ON_LOAN, D.RETURNED})

# What a state cannot be without, and what must be empty because it has not come to that.
DEVICE_NEEDS = {
    D.ASSESSED: ("assessed_on",),
    D.FITTED: ("issued_on",),
    D.ON_LOAN: ("issued_on",),
    D.RETURNED: ("issued_on", "returned_on", "condition"),
    D.DROPPED: ("closed_on", "note"),
}
DEVICE_BARS = {
    D.NEEDED: ("assessed_on", "issued_on", "due_back_on", "returned_on", "closed_on"),
    D.ASSESSED: ("issued_on", "due_back_on", "returned_on", "closed_on"),
    D.FITTED: ("due_back_on", "returned_on", "closed_on"),
    D.ON_LOAN: ("returned_on", "closed_on"),
    D.RETURNED: ("closed_on",),
    D.DROPPED: ("issued_on", "returned_on"),
}

DEVICE = Workflow(
    {
        "assess": Step(
            "评估",
            frozenset({D.NEEDED}),
            D.ASSESSED,
            ("assessed_on", "assessed_by", "assessment", "kind"),
            ("assessed_on", "kind"),
        ),
        "fit": Step(
            "适配发放",
            WAITING,
            D.FITTED,
            ("issued_on", "from_stock", "provider", "serial"),
            ("issued_on",),
        ),
        "lend": Step(
            "借出",
            WAITING,
            D.ON_LOAN,
            ("issued_on", "due_back_on", "from_stock", "serial"),
            ("issued_on", "due_back_on"),
        ),
        "extend": Step("续借", frozenset({D.ON_LOAN}), "", ("due_back_on",), ("due_back_on",)),
        "return": Step(
            "归还",
            frozenset({D.ON_LOAN}),
            D.RETURNED,
            ("returned_on", "condition", "note"),
            ("returned_on", "condition"),
        ),
        "drop": Step("不再需要", WAITING, D.DROPPED, ("closed_on", "note"), ("closed_on", "note")),
        "reopen": Step(
            "重新登记需求", frozenset({D.DROPPED}), D.NEEDED, (), (), ("closed_on", "note")
        ),
    }
)
