"""The words of the demo's volunteer activities; nothing here is real."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from portal.demo.world import YEAR
from volunteers.enums.activities import NoticeChannel

# Name, whether key, goal, from, to.
PROJECTS = (
    (
        "邻里守望·暖心助老",
        True,
        "每月为孤寡、独居老人打扫卫生、代购代办、陪伴聊天。",
        date(YEAR, 1, 6),
        None,
    ),
    ("红马甲清洁家园", True, "每月一次卫生大扫除，清楼道、清死角、清小广告。", date(YEAR, 3, 5), None),
    ("平安夜巡", False, "党员和居民志愿者义务巡逻，劝导占道和违规充电。", date(YEAR, 4, 1), date(YEAR, 12, 31)),
)  # fmt: skip


@dataclass(frozen=True)
class Event:
    """What is held again and again: of a type, in these months (any), for a project by its number."""

    type: str
    title: str
    place: str
    content: str
    serves: str = ""
    months: tuple[int, ...] | None = None
    project: int | None = None
    fixed: int | None = None

    def day_in(self, month: date, around: int) -> date:
        last = monthrange(month.year, month.month)[1]
        return month.replace(day=self.fixed or min(around, last))


WARM = (4, 5, 6, 7, 8, 9, 10)
EVENTS = (
    Event("cleanup", "卫生大扫除", "各小区", "清扫楼道和绿化带，清理卫生死角和小广告。", "全体居民", project=1),
    Event("patrol", "义务巡逻", "辖区主街", "沿街巡逻，劝导占道和违规充电。", "过往居民", WARM, 2),
    Event("clinic", "学雷锋义诊进社区", "文化广场", "量血压、测血糖、用药咨询。", "中老年居民", (3,), fixed=5),
    Event("clinic", "健康义诊", "居民活动中心", "量血压、测血糖、用药咨询。", "中老年居民", (5, 9, 11)),
    Event("elders", "探访独居老人", "老人家中", "打扫卫生、代购代办、陪伴聊天。", "孤寡、独居老人", project=0),
    Event("fire", "消防知识宣传", "小区门口", "讲解灭火器使用，发放消防手册。", "全体居民", (1, 6, 11, 12)),
    Event("law", "法制宣传", "文化广场", "讲解反诈骗、民法典常识。", "全体居民", (3, 4, 12)),
    Event("disabled", "助残上门服务", "残疾人家中", "理发、清洁、代办证件。", "残疾人", (2, 5, 8, 12)),
    Event("culture", "邻里文艺演出", "文化广场", "歌舞、合唱、书法展示。", "全体居民", (1, 2, 9, 10)),
    Event("handy", "便民服务日", "居民活动中心", "理发、磨刀、小家电维修。", "全体居民", (3, 6, 10)),
    Event("civility", "文明劝导", "主要路口", "劝导文明过马路和垃圾分类投放。", "过往居民", (4, 7, 10)),
)  # fmt: skip
# By channel: what is said, where, the least and the most of it.
NOTICES = {
    NoticeChannel.BOARD: ("招募志愿者，欢迎报名", "宣传栏", 1, 2),
    NoticeChannel.BANNER: ("奉献、友爱、互助、进步", "主街", 1, 3),
    NoticeChannel.LEAFLET: ("招募志愿者传单", "各楼栋", 80, 300),
    NoticeChannel.PHONE: ("电话邀请骨干志愿者", "", 10, 30),
    NoticeChannel.ONLINE: ("居民微信群招募", "", 1, 3),
}
