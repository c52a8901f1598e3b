"""S3: a year of a community's one-stop service agency. ``python -m tests.cases.s3`` writes s3.xlsx anew."""

from tests.cases import s3_cases, s3_items, s3_office, s3_people, s3_visits, s3_wider
from tests.cases.joining import joined
from tests.cases.s3_people import REGISTER
from tests.cases.writing import HERE, OURS, SOURCE, readme, workbook

PATH = HERE / "s3.xlsx"
README = readme(
    ("S3-1", "目标语句（零距离、不出门、绿色通道）作为常用语，由起草人选用", "5句", SOURCE),
    ("S3-2", "接待来访咨询（原文为800多人次）", "836人次", OURS),
    ("S3-3", "受理申请", "570件", SOURCE),
    ("S3-4", "办结", "468件", SOURCE),
    ("S3-4", "在办102件：待派办16、办理中68、待街道收件10、街道办理中8；超期5件", "102件", OURS),
    ("S3-5", "办结率（原文写97%，与570、468不符）", "82.1%（468/570）", OURS),
    ("S3-5", "按时办结（原文的97%可能指它）", "97.0%（454/468）", OURS),
    ("S3-6", "满意率（原文没有评价总数）", "98.4%（246/250）", OURS),
    ("S3-7", "学习文件和讲话", "6次", OURS),
    ("S3-8", "六站两室，书记任领导小组组长", "8个", SOURCE),
    ("S3-9", "服务大厅窗口", "3个", OURS),
    ("S3-10", "视频监控设备（原文为1余万元）", "10680元", OURS),
    ("S3-11", "大厅与街道联网：共建协议1份", "1份", OURS),
    ("S3-12", "代办员，每个网格一名；公开栏5块", "4人", OURS),
    ("S3-13", "业务培训3次，参训41人次", "41人次", OURS),
    ("S3-14", "公开办事指南17项；回音壁提问9件、回复8件", "17项", OURS),
    ("S3-15", "发放服务卡和告知单，按品种分", "730份", SOURCE),
    ("S3-16", "“三个延伸”原文没有内容，不写入", "—", OURS),
    ("S3-17", "上报件110件，联办件20件，即办件150件，承诺件290件", "570件", OURS),
    ("S3-18", "承办单与受理件数相等", "570份", OURS),
    ("S3-19", "督办超期办件，其中差评另行整改", "19次", OURS),
    ("S3-20", "调解纠纷18件，结束17件，成功15件", "15/17", OURS),
    ("S3-21", "干部接待日12次，现场办公4次", "12次", OURS),
    ("S3-22", "窗口干部学习与服务考核，同S3-7、S3-26", "6次", OURS),
    ("S3-23", "六项制度（原文只列三项，后三项按通行做法补）", "6项", OURS),
    ("S3-24", "联席例会", "12/12", OURS),
    ("S3-25", "新公开事项", "8项", OURS),
    ("S3-26", "七个方面承诺（原文只列五个）；检查28次，兑现27次", "7个方面", OURS),
)


def sheets() -> dict[str, list[dict]]:
    """Rows by sheet; each sheet is named like the ledger that takes it."""
    items = {
        "辖区外申请人": s3_people.firms(),
        "办事事项": s3_items.items(),
        "事项版本": s3_items.versions(),
        "申请材料": s3_items.materials(),
        "办件": s3_cases.cases(),
    }
    parts = (
        REGISTER.sheets(),
        s3_office.sheets(),
        items,
        s3_wider.sheets(),
        s3_visits.sheets(),
    )
    return {**README, **joined(parts)}


if __name__ == "__main__":
    PATH.write_bytes(workbook(sheets()))
