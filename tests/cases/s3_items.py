"""What people come to the hall of 新河社区 for: the items, and how many cases of each 2025 brought."""

from dataclasses import dataclass
from datetime import date

SINCE, PUBLISHED = date(2024, 1, 1), date(2024, 1, 8)
ON_SPOT, PROMISED, SENT_UP, JOINT = "即办件", "承诺件", "上报件", "联办件"
COMMUNITY, STREET, DISTRICT = "社区办结", "街道审批", "区县审批"
PHONE, COMPLAINTS = "0731-85550300", "0731-85550319"


@dataclass(frozen=True)
class Item:
    """``decided`` and ``open_`` are how many of the cases accepted in 2025 were decided or not by its end;
    ``overdue`` of the open ones were due before, ``late`` of the decided ones came after their day."""

    code: str
    name: str
    department: str
    kind: str
    level: str
    days: int
    station: str
    decided: int
    open_: int = 0
    late: int = 0
    overdue: int = 0
    legal: int = 0
    bodies: bool = False  # firms come with it


CIVIL, DISABLED, WORK = "民政救助站", "残疾人工作站", "劳动保障站"
INSURANCE, HEALTH, VETERANS = "医保社保站", "卫生健康站", "退役军人服务站"
OFFICE, MEDIATION = "综合办公室", "矛盾调解室"
STATIONS = (CIVIL, DISABLED, WORK, INSURANCE, HEALTH, VETERANS, OFFICE, MEDIATION)

ITEMS = (
    Item("ZM-01", "居住情况证明", "综合证明", ON_SPOT, COMMUNITY, 0, OFFICE, 46),
    Item("YB-01", "养老待遇领取资格认证", "医保社保", ON_SPOT, COMMUNITY, 0, INSURANCE, 58),
    Item("JY-01", "失业登记信息采集", "就业", ON_SPOT, COMMUNITY, 0, WORK, 27),
    Item("WJ-01", "生育登记", "卫生健康", ON_SPOT, COMMUNITY, 0, HEALTH, 19),
    Item("YB-02", "城乡居民医疗保险参保登记", "医保社保", PROMISED, COMMUNITY, 10, INSURANCE, 78, 34, 1),
    Item("MZ-01", "高龄津贴申请", "民政", PROMISED, COMMUNITY, 10, CIVIL, 44, 11, 2, 1),
    Item("JY-02", "就业困难人员认定初审", "就业", PROMISED, COMMUNITY, 7, WORK, 33, 6, 1),
    Item("JY-03", "创业培训报名", "就业", PROMISED, COMMUNITY, 5, WORK, 21, 3, 0, bodies=True),
    Item("WJ-02", "老年人健康管理预约", "卫生健康", PROMISED, COMMUNITY, 5, HEALTH, 26, 4),
    Item("TY-01", "退役军人优待证申请受理", "退役军人", PROMISED, COMMUNITY, 10, VETERANS, 12, 3, 1, 1),
    Item("NS-01", "农产品产销对接登记", "其他", PROMISED, COMMUNITY, 7, OFFICE, 12, 3, 0, bodies=True),
    Item("MZ-02", "最低生活保障初审", "民政", SENT_UP, DISTRICT, 20, CIVIL, 18, 9, 2, 1, 30),
    Item("MZ-03", "临时救助申请", "民政", SENT_UP, STREET, 10, CIVIL, 15, 6, 1, 0, 20),
    Item("CL-01", "残疾人证申领受理", "残联", SENT_UP, DISTRICT, 15, DISABLED, 19, 8, 3, 1, 20),
    Item("CL-02", "残疾人两项补贴申请", "残联", SENT_UP, STREET, 15, DISABLED, 16, 6, 1, 0, 30),
    Item("ZF-01", "公共租赁住房申请初审", "住房", SENT_UP, DISTRICT, 20, OFFICE, 10, 3, 1, 1, 30),
    Item("LB-01", "经营场所证明和消防提示联办", "物业市容", JOINT, STREET, 7, OFFICE, 14, 6, 1, bodies=True),
)  # fmt: skip


def total(name: str) -> int:
    return sum(getattr(item, name) for item in ITEMS)


def items() -> list[dict]:
    return [
        {
            "事项编码": item.code,
            "事项名称": item.name,
            "业务类别": item.department,
            "承办站所": item.station,
        }
        for item in ITEMS
    ]


def versions() -> list[dict]:
    return [
        {
            "事项编码": item.code,
            "事项": item.name,
            "施行日期": SINCE,
            "办件类型": item.kind,
            "办理层级": item.level,
            "服务对象": "个人、企业和组织" if item.bodies else "个人",
            "法定时限（工作日）": item.legal or "",
            "承诺时限（工作日）": item.days,
            "收费标准": "不收费",
            "办理流程": "窗口申请\n核对材料并受理\n站所办理\n回复申请人",
            "咨询电话": PHONE,
            "监督电话": COMPLAINTS,
            "办理地点": "新河社区为民服务大厅",
            "办理时间": "工作日 8:30—17:30",
            "公开日期": PUBLISHED,
        }
        for item in ITEMS
    ]


def materials() -> list[dict]:
    """An ID card for each; what is sent up asks for an application form besides."""
    rows = []
    for item in ITEMS:
        names = ["居民身份证" if not item.bodies else "身份证或营业执照"]
        if item.kind in (SENT_UP, JOINT):
            names.append("申请表")
        for ordinal, name in enumerate(names, 1):
            rows.append(
                {"事项编码": item.code, "事项": item.name, "施行日期": SINCE}
                | {"序号": ordinal, "材料名称": name, "原件（份）": 1, "复印件（份）": 1 % ordinal}
                | {"取得方式": "本人提供" if ordinal == 1 else "窗口填写"}
            )
    return rows
