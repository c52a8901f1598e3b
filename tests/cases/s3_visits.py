"""What cadres of 新河社区 did outdoors: visits, practical technology, policies told, jobs passed on (S3-20, S3-21)."""

from tests.cases.s3_cases import AGENTS, WORKDAYS
from tests.cases.s3_office import GRIDS, OURS
from tests.cases.s3_people import ADULTS, named

CADRES = ("翁建国", "辛丽君", *AGENTS)


def sheets() -> dict[str, list[dict]]:
    return {"民情走访": _visits(), "活动": _sessions(), **_jobs()}


def _visits() -> list[dict]:
    """Cadres went to 96 doors: what they found was written down, needs went on as cases."""
    return [
        {
            "日期": WORKDAYS[12 + number * 2],
            **named(ADULTS[number * 7 % len(ADULTS)]),
            "方式": "入户",
            "走访人": CADRES[number % len(CADRES)],
            "情况记录": "了解家庭情况、困难和诉求，讲解代办服务。",
        }
        for number in range(96)
    ]


def _sessions() -> list[dict]:
    """Practical technology for growers and shops, and policies told in the open."""
    rows = (
        (58, "大棚蔬菜春季管理技术课", "实用技术", 32),
        (96, "柑橘病虫害防治现场课", "实用技术", 28),
        (180, "商户电子支付和记账培训课", "实用技术", 21),
        (92, "医保和养老政策宣讲", "宣传", 64),
        (211, "城乡居民参保政策宣传", "宣传", 85),
    )
    return [
        {
            "日期": WORKDAYS[place],
            "活动名称": title,
            "类型": kind,
            "地点": f"{GRIDS[place % 4]}活动点",
            "主办和协办单位": "社区居委会、街道农业服务站" if kind == "实用技术" else "社区居委会",
            "参加人次": people,
            "举办方式": "本单位举办",
            "内容": "讲解、示范并解答提问。",
            **OURS,
        }
        for place, title, kind, people in rows
    ]


def _jobs() -> dict[str, list[dict]]:
    posts = (
        (33, "金穗米业加工厂", "包装工", 6),
        (77, "河畔便民超市", "理货员", 2),
        (140, "青禾园艺有限公司", "花木工", 4),
        (198, "向阳托育园", "保洁员", 1),
    )
    infos, pushes = [], []
    for number, (place, employer, post, wanted) in enumerate(posts):
        info = {"日期": WORKDAYS[place], "用人单位": employer, "岗位": post}
        infos.append(info | {"招聘人数": wanted, "信息来源": "用人单位送来"} | OURS)
        for asked in range(3):
            push = {**info, **named(ADULTS[(number * 31 + asked * 17) % len(ADULTS)])}
            push |= {"推送方式": ("电话", "微信")[asked % 2], "推送人": AGENTS[asked]}
            push |= {"结果": ("待回复", "无意向", "已面试")[asked]}
            if asked == 2 and number < 2:
                push |= {"结果": "已入职", "入职日期": WORKDAYS[place + 15]}
            pushes.append(push)
    return {"招聘信息": infos, "岗位推送": pushes}
