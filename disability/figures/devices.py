"""指标 of assistive devices: needs and how many were met, loans, use (domain §7 S7-8 … S7-10)."""

from django.db.models import Q

from disability.enums.devices import LEAVING, DeviceState, DeviceUse, StockMove
from disability.enums.files import Communication
from disability.figures.base import flow, ratio, stock
from disability.models import DeviceCase, DeviceEntry, DeviceTraining, DisabilityFile
from portal.figures import Category, Distinct, Total, register

USE = Category("用途", "kind__use", dict(DeviceUse.choices))
MOVE = Category("类型", "move", dict(StockMove.choices))
LENT = Q(state__in=[DeviceState.ON_LOAN, DeviceState.RETURNED])


def met_by_end(period) -> Q:
    return Q(issued_on__lte=period.end)


def waiting_at_end(period) -> Q:
    still = Q(issued_on__isnull=True) | Q(issued_on__gt=period.end)
    return still & (Q(closed_on__isnull=True) | Q(closed_on__gt=period.end))


register(
    flow(
        "device_needs",
        "辅助器具需求",
        "件",
        "需求登记日期在期内的辅具服务条数，一人需要几种就是几件。",
        ("辅助器具需求", "辅具需求"),
        model=DeviceCase,
        categories={"use": USE},
    ),
    flow(
        "device_need_persons",
        "有辅助器具需求的人数",
        "人",
        "需求登记日期在期内的辅具服务所涉及的居民，去重。",
        ("辅具需求",),
        model=DeviceCase,
        value=Distinct("resident"),
        categories={"use": USE},
    ),
    flow(
        "device_needs_met",
        "已满足的辅助器具需求",
        "件",
        "需求登记日期在期内、截至期末已适配或借出的辅具服务条数。",
        ("满足需求",),
        model=DeviceCase,
        where=met_by_end,
        categories={"use": USE},
    ),
    ratio(
        "device_fit_rate",
        "辅助器具适配率",
        "已满足的辅助器具需求 ÷ 辅助器具需求。",
        ("适配率",),
        of="device_needs_met",
        among="device_needs",
    ),
    flow(
        "device_needs_waiting",
        "未满足的辅助器具需求",
        "件",
        "需求登记日期在期内、截至期末既没有发放也没有取消的辅具服务条数。",
        ("尚待适配",),
        model=DeviceCase,
        where=waiting_at_end,
        categories={"use": USE},
    ),
    flow(
        "device_fitted",
        "适配和借出辅助器具",
        "件",
        "发放（借出）日期在期内的辅具服务条数，不论需求何时登记。",
        ("适配", "配发", "辅助器具"),
        model=DeviceCase,
        date="issued_on",
        categories={"use": USE},
    ),
    flow(
        "device_persons",
        "得到辅助器具的人数",
        "人",
        "发放（借出）日期在期内的居民，一人几件只算一人。",
        ("适配", "配发"),
        model=DeviceCase,
        date="issued_on",
        value=Distinct("resident"),
        categories={"use": USE},
    ),
    stock(
        "devices_on_loan",
        "在借辅助器具",
        "件",
        "期末那一天已借出、尚未归还的辅具。",
        ("在借", "借用"),
        model=DeviceCase,
        where=LENT,
        starts="issued_on",
        ends="returned_on",
        categories={"use": USE},
    ),
    flow(
        "devices_returned",
        "归还辅助器具",
        "件",
        "归还日期在期内的辅具服务条数。",
        ("归还",),
        model=DeviceCase,
        date="returned_on",
    ),
    flow(
        "devices_received",
        "辅助器具入库",
        "件",
        "日期在期内的采购、捐赠、配发和盘盈入库数量之和。",
        ("入库",),
        model=DeviceEntry,
        where=~Q(move__in=sorted(LEAVING)),
        value=Total("quantity"),
        categories={"move": MOVE},
    ),
    flow(
        "devices_written_off",
        "辅助器具报废和调出",
        "件",
        "日期在期内的报废、盘亏和调出数量之和。",
        ("报废", "调出"),
        model=DeviceEntry,
        where=Q(move__in=sorted(LEAVING)),
        value=Total("quantity"),
        categories={"move": MOVE},
    ),
    flow(
        "device_trainings",
        "辅助器具使用指导",
        "人次",
        "日期在期内的辅具使用指导记录条数。",
        ("使用指导", "使用训练"),
        model=DeviceTraining,
        categories={"use": USE},
    ),
    flow(
        "device_training_persons",
        "接受辅助器具使用指导的人数",
        "人",
        "期内接受辅具使用指导的居民，一人多次只算一人。",
        ("使用指导",),
        model=DeviceTraining,
        value=Distinct("resident"),
        categories={"use": USE},
    ),
    flow(
        "device_mastered_persons",
        "已会使用辅助器具的人数",
        "人",
        "期内的使用指导中登记为已掌握的居民，去重。",
        ("掌握",),
        model=DeviceTraining,
        where=Q(mastered=True),
        value=Distinct("resident"),
        categories={"use": USE},
    ),
)


def told_by_itself(code: str, label: str, use: DeviceUse) -> None:
    """The devices that summaries name one by one: how many were given, and who learnt to use them."""
    of_use = Q(kind__use=use)
    register(
        flow(
            f"{code}_fitted",
            f"适配{label}",
            "件",
            f"发放（借出）日期在期内的{label}件数。",
            (label,),
            model=DeviceCase,
            where=of_use,
            date="issued_on",
        ),
        flow(
            f"{code}_trainings",
            f"{label}使用指导",
            "人次",
            f"日期在期内的{label}使用指导记录条数。",
            (label,),
            model=DeviceTraining,
            where=of_use,
        ),
        flow(
            f"{code}_training_persons",
            f"接受{label}使用指导的人数",
            "人",
            f"期内接受{label}使用指导的居民，一人多次只算一人。",
            (label,),
            model=DeviceTraining,
            where=of_use,
            value=Distinct("resident"),
        ),
    )


told_by_itself("cane", "盲杖", DeviceUse.CANE)
told_by_itself("prosthesis", "假肢", DeviceUse.PROSTHESIS)
told_by_itself("hearing_aid", "助听器", DeviceUse.HEARING)

register(
    stock(
        "sign_language_persons",
        "使用手语的残疾人",
        "人",
        "期末在册残疾人中沟通方式登记有手语的人，去重。",
        ("手语",),
        model=DisabilityFile,
        where=Q(communication__contains=[Communication.SIGN_LANGUAGE]),
        value=Distinct("resident"),
        starts="opened_on",
        ends="closed_on",
    ),
)
