"""When two characters are a resident's name, and when they are a word that begins like one."""

# Words that begin with a surname; somebody may still be called so.
_COMMON = """
安康 安宁 安全 安排 安心 安置 安装 安定 白天 白云 包括
鲍鱼 毕业 边界 常规 常年 常委 常务 车辆 陈列 成功 成果
成绩 成就 成立 成效 成员 成长 程度 程序 从事 单独 单位
单元 党委 党员 邓小 丁香 东风 东方 段落 方案 方便 方法
方面 方式 方向 方针 房屋 费用 丰富 冯家 符合 付出 傅家
高标 高度 高峰 高龄 高温 高效 高兴 高原 高质 葛根 公开
宫颈 龚家 巩固 关爱 关怀 关心 关于 关注 管理 光明 广大
归家 国庆 海报 韩国 杭州 和平 和顺 和睦 和谐 洪水 后勤
花园 华侨 黄河 黄山 惠民 吉祥 计划 计算 季度 家园 简单
建国 江河 江山 江苏 江西 解放 解决 金额 金融 金山 经常
经费 经济 井盖 居民 康复 康宁 孔庙 乐观 乐园 雷锋 黎明
李子 利用 连续 梁柱 林业 凌晨 刘海 柳树 龙头 卢沟 路灯
路面 路线 吕梁 马路 马上 满意 毛巾 梅花 孟子 米面 苗木
明白 明确 明显 莫名 牧民 那么 年度 年龄 宁静 牛奶 农村
农民 农业 欧洲 潘多 裴多 彭湃 平安 平常 平凡 平均 平台
齐全 钱款 强调 强化 秦岭 青年 曲艺 全程 全力 全面 全民
全年 全体 冉冉 热情 任何 任务 容易 荣誉 商家 商品 尚未
邵阳 申报 申请 沈阳 盛夏 师生 施工 施行 石材 时代 时间
时期 史料 舒适 舒心 帅气 双方 水利 水平 司法 宋代 苏州
孙女 孙子 台账 谈话 汤圆 唐代 陶瓷 田间 童年 万家 万元
汪洋 王国 危房 危险 魏国 温暖 温馨 文化 文件 文明 文体
翁婆 巫山 吴江 武汉 武术 席位 夏季 咸宁 向上 向阳 项目
谢谢 辛苦 幸福 熊猫 徐州 许多 宣传 薛家 严格 严重 阎王
颜色 阳光 杨树 杨柳 姚江 叶子 殷切 尹家 应当 应急 应用
尤其 于是 余地 余年 俞家 虞山 元旦 袁州 岳阳 云南 越来
曾经 詹姆 战士 张贴 张挂 章程 赵家 郑州 支持 支出 支付
钟点 周边 周到 周密 周年 周期 周围 朱砂 祝福 庄稼 卓越
宗旨 宗教 邹城 祖国 左右 新民 长江 红旗 健康 建设 志强
国强 明亮 明珠
"""
COMMON = frozenset(_COMMON.split())
# Behind these a name may well begin: 看望李明, 居民李明, 为李明.
_OPENS = frozenset(
    "对为给与和由向找到是叫名员长记任民人户者家士属友师医的于在让请把将帮助问访望送生童女子孩妈亲及"
)


def may_be_name(text: str, start: int, end: int) -> bool:
    """Three characters and more are; two only where they are no common word and stand as one of their own."""
    if end - start > 2:
        return True
    if text[start:end] in COMMON:
        return False
    before = text[start - 1 : start]
    return not _is_han(before) or before in _OPENS


def _is_han(character: str) -> bool:
    return "一" <= character <= "鿿"
