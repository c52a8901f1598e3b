"""S2: a street's year of community rehabilitation. ``python -m tests.cases.s2`` writes s2.xlsx anew."""

from tests.cases import s2_care, s2_doorstep, s2_network, s2_programmes, s2_publicity
from tests.cases.joining import joined
from tests.cases.s2_people import REGISTER
from tests.cases.writing import HERE, OURS, SOURCE, readme, workbook

PATH = HERE / "s2.xlsx"
README = readme(
    ("S2", "时段：2025年；以前年度的事实都记在2024年", "2025年", OURS),
    ("S2-1", "持证残疾人（原文为××*人）", "310人", OURS),
    ("S2-2", "满意度调查：残疾人186/192，家属150/154，居民270/281", "3类", OURS),
    ("S2-3", "市残疾人社区康复工作示范街道，11月18日命名", "1项", SOURCE),
    ("S2-4", "实施方案（2024年）和2025年印发的文件2份", "2份", OURS),
    ("S2-5", "领导小组6人，分管主任任组长", "6人", OURS),
    ("S2-6", "任务分解到科室、中心、派出所、学校；10项完成9项", "9/10", OURS),
    ("S2-7", "定员14人，在岗14人；主题活动12次，开展11次", "11/12", OURS),
    ("S2-8", "社区卫生服务中心为康复服务平台", "1家", SOURCE),
    ("S2-9", "残疾人之家已建成、待启用", "1100㎡", SOURCE),
    ("S2-10", "康复服务指导站成员", "5人", OURS),
    ("S2-11", "培训社区医生6人、社区康复协调员30人", "36人", SOURCE),
    ("S2-11", "六项内容，24学时", "24学时", OURS),
    ("S2-12", "需求调查专项培训", "1次", SOURCE),
    ("S2-13", "养护调查数据库管理专项培训", "1次", SOURCE),
    ("S2-14", "盲人定向行走专项培训；定向行走方案16份", "16份", OURS),
    ("S2-15", "阳光之家，新市南路", "100㎡", SOURCE),
    ("S2-16", "阳光之家在训，16至35岁", "68人", SOURCE),
    ("S2-16", "点名6天；8人当年入托", "6天", OURS),
    ("S2-17", "兴趣小组", "6个", SOURCE),
    ("S2-18", "特奥社区接待（原文为去年，记2024年10月12日）", "96人次", OURS),
    ("S2-18", "2025年接待区特奥代表队", "120人次", OURS),
    ("S2-19", "服药：应服240次，已服235次；联系家属80次", "235/240", OURS),
    ("S2-20", "课程和户外活动", "84次", OURS),
    ("S2-21", "安全事件", "0起", SOURCE),
    ("S2-22", "诗朗诵获市级比赛一等奖", "1项", SOURCE),
    ("S2-23", "需求调查306人，有需求245人", "245人", OURS),
    ("S2-24", "签约医院定期上门", "438人次", OURS),
    ("S2-25", "约定以外：饮食卫生、慢性病康复、健康档案随访", "74人次", OURS),
    ("S2-26", "全年上门服务（原文为××*人次）；2024年292人次", "438人次", OURS),
    ("S2-27", "签约残疾人", "146人", SOURCE),
    ("S2-28", "养护补贴，每人每月400元", "23人", SOURCE),
    ("S2-28", "2025年发放12个月", "110400元", OURS),
    ("S2-29", "典型案例（化名，有监护人书面同意）", "1个", OURS),
    ("S2-30", "爱耳日、助残日、爱眼日、精神卫生日各1次", "4次", OURS),
    ("S2-31", "政策和知识送到家，620份", "597户次", OURS),
    ("S2-32", "创办简报《江枫康复之窗》（原文刊名空缺）", "4期", OURS),
    ("S2-33", "三类满意率", "3类", OURS),
)


def sheets() -> dict[str, list[dict]]:
    """Rows by sheet; each sheet is named like the ledger that takes it."""
    parts = (s2_network, s2_programmes, s2_doorstep, s2_care, s2_publicity)
    return {**README, **REGISTER.sheets(), **joined(part.sheets() for part in parts)}


if __name__ == "__main__":
    PATH.write_bytes(workbook(sheets()))
