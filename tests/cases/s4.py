"""S4: a year of a community's volunteers. ``python -m tests.cases.s4`` writes s4.xlsx anew."""

from tests.cases import s4_activities, s4_office, s4_people, s4_served
from tests.cases.joining import joined
from tests.cases.s4_people import REGISTER
from tests.cases.writing import HERE, OURS, SOURCE, readme, workbook

PATH = HERE / "s4.xlsx"
README = readme(
    ("S4-1", "时段（原文为20xx半年，缺上/下，不写日期）", "2025年全年", OURS),
    ("S4-1", "形式和内容的突破、四个建设：由起草人选用常用语", "—", SOURCE),
    ("S4-2", "共建单位4家，均有协议", "4家", OURS),
    ("S4-3", "志愿服务站由社区党委书记任站长；制度4项", "4项", OURS),
    ("S4-4", "总站1、站1、服务队5、小组8", "15个", OURS),
    ("S4-4", "志愿者（原文没有人数）：登记62人，退出2人，期末60人，新增16人", "60人", OURS),
    ("S4-5", "目标和理念作为常用语", "—", SOURCE),
    ("S4-6", "宣传稿件：对外11条、对内3条；市级2条；先进典型3人，其中2人同意宣传", "14条", OURS),
    ("S4-7", "渠道：宣传栏12期、横幅8条、传单356份、电话75个", "25次", OURS),
    ("S4-8", "活动（原文为x余次）", "83次", OURS),
    ("S4-8", "参与469人次，计入时长1016小时，另有44小时还没有公示", "1016小时", OURS),
    ("S4-9", "卫生大扫除12、义务巡逻24、义诊8、消防知识宣传6、法制宣传6，其他27", "83次", OURS),
    ("S4-10", "服务对象：打扫卫生60户次、医疗服务16户次、法律服务12户次", "88户次", OURS),
    ("S4-10", "服务需求6件，已服务4件", "4/6", OURS),
    ("S4-11", "感谢信5封、锦旗3面、表扬2次", "10件", OURS),
)


def sheets() -> dict[str, list[dict]]:
    """Rows by sheet; each sheet is named like the ledger that takes it."""
    people = {
        "关爱对象": s4_people.care_tags(),
        "志愿者": s4_people.VOLUNTEERS,
    }
    did = {
        "志愿者保险": s4_activities.insurances(),
        "志愿活动": s4_activities.activities(),
        "班次": s4_activities.shifts(),
        "报名": s4_activities.sign_ups(),
        "招募公告": s4_activities.notices(),
        "服务记录": list(s4_activities.services()),
    }
    parts = (REGISTER.sheets(), people, s4_office.sheets(), did, s4_served.sheets())
    return {**README, **joined(parts)}


if __name__ == "__main__":
    PATH.write_bytes(workbook(sheets()))
