"""What is new, for those who use the portal; the newest first, told once on the home page."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class News:
    """``day`` is the day of the version that brought it; ``url`` the name of a page to look at."""

    day: date
    title: str
    text: str
    url: str = ""


NEWS = (
    News(
        date(2026, 11, 26),
        "首页就是今天的工作",
        "到期、退回、等您决定的事排在一起，点一下就办；数据看板可以自己选指标、比较时段，并打印。",
        "home",
    ),
    News(
        date(2026, 11, 26),
        "没有网络也能登记",
        "走访、检查发现、签到和考勤在手机上没有网络也能登记，有网后自动发送，每条只送达一次。",
    ),
    News(
        date(2026, 11, 26),
        "帮助",
        "每个台账都有说明和例子，名词有解释，各角色有一页可打印的说明。",
        "help",
    ),
    News(
        date(2026, 11, 20),
        "工作总结能自证",
        "总结里每个数字点开就是它的依据；签发时依据一起封存，以后有改动，逐条说明是谁、哪天、为什么。",
    ),
    News(
        date(2026, 11, 12),
        "环境卫生季度考核",
        "得分逐项列出加减分的来历；公布、异议、定稿、冻结各有一步。",
    ),
)


def newer_than(moment) -> list[News]:
    """The news of days after the one on which the user last put them away; all, for None."""
    return [news for news in NEWS if moment is None or news.day > moment.date()]
