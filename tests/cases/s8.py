"""S8: a town's year of environmental sanitation. ``python -m tests.cases.s8`` writes s8.xlsx anew."""

from tests.cases import (
    s8_inspections,
    s8_market,
    s8_office,
    s8_people,
    s8_places,
    s8_sites,
    s8_waste,
)
from tests.cases.joining import joined
from tests.cases.s8_people import REGISTER
from tests.cases.writing import HERE, OURS, SOURCE, readme, workbook

__all__ = ["PATH", "README", "REGISTER", "sheets"]

PATH = HERE / "s8.xlsx"
README = readme(
    ("S8-1", "城乡环境卫生整洁行动，城乡结合部整治（上级部署）", "2025年", SOURCE),
    ("S8-2", "两年环境治理工作方案", "2024—2025年", SOURCE),
    ("S8-3", "巡查中严重的按季度标准扣分，计入季度得分", "12次巡查", OURS),
    ("S8-4", "检查小组由村推荐一部分、随机抽取一部分", "90组（推荐36、随机36、指定18）", OURS),
    ("S8-5", "四季度暗访，不通知时间和小组", "9次", OURS),
    ("S8-6", "设立城管办公室（原文没有人数）", "1个，4人", OURS),
    ("S8-7", "整治出动（原文为多次），其中5月26日、8月4日集中整治三条路段", "7次", OURS),
    ("S8-8", "取缔门窗建材店", "9户，1320㎡", SOURCE),
    ("S8-9", "取缔店外经营", "13户", SOURCE),
    ("S8-10", "流动摊点（原文为70余家）", "73家", OURS),
    ("S8-11", "拆除违章广告招牌65块（面积原文为500多㎡）", "65块，526㎡", OURS),
    ("S8-12", "春节大扫除（原文没有人数和吨数）", "1860人次，86.5吨", OURS),
    ("S8-13", "群众反映强烈的问题", "5/7", OURS),
    ("S8-14", "下半年市、县暗访发现明塘村的问题", "18处", OURS),
    ("S8-15", "市黄牌警告，9月3日出牌，10月10日销牌", "1张", OURS),
    ("S8-16", "专项整改半个多月，镇督查、村整改、户保持", "17天", OURS),
    ("S8-17", "“新环保法”知识竞赛和百日行动（原文为300余人、多个单位）", "326人，15个单位", OURS),
    ("S8-18", "重点企业和单位", "6家", OURS),
    ("S8-19", "画报发到各村（原文为15000余份）", "15260份", OURS),
    ("S8-20", "三季度画报粘贴率抽查", "295/360", OURS),
    ("S8-21", "三季度分类减量考核", "9个村", OURS),
    ("S8-22", "可回收物回购任务和完成情况（原文没有任务数）", "9个村", OURS),
    ("S8-23", "各村垃圾清运量，每村每月1车次；上年各季合计", "108车次", OURS),
    ("S8-24", "8月调查保洁员：年龄、性别、联系方式、网格", "37人", OURS),
    ("S8-25", "责任到岗到人，没有保洁员的网格", "0个", OURS),
    ("S8-26", "保洁员培训：分类知识、入户宣传", "67人次", OURS),
    ("S8-27", "龙湾组示范点，按月评比，乐和代表", "4次，128户次", OURS),
    ("S8-28", "互助会代表会议通过《龙湾组环境卫生组规民约》", "1项", SOURCE),
    ("S8-29", "村民捐赠花木，组道绿化亮化", "626株", OURS),
    ("S8-30", "赴白沙、开慧、果园、金井学习考察", "2次，59人次", OURS),
    ("S8-31", "村民自筹（原文为二十多万元）、投工（原文为一百多个）", "213600元，126工日", OURS),
    ("S8-32", "组道、竹园绿化、亮化", "3个", OURS),
    ("S8-33", "下年继续三分一处和入户宣传", "1项", SOURCE),
    ("S8-34", "下年落实垃圾收费，收费的村加分；2025年收缴", "2041/3460", OURS),
    ("S8-35", "四季度起干部入户走访排名，末三位扣10、5、3分", "9个村", SOURCE),
)


def sheets() -> dict[str, list[dict]]:
    """Rows by sheet; each sheet is named like the ledger that takes it."""
    parts = (s8_people, s8_office, s8_places, s8_inspections, s8_waste, s8_market, s8_sites)
    return {**README, **joined(part.sheets() for part in parts)}


if __name__ == "__main__":
    PATH.write_bytes(workbook(sheets()))
