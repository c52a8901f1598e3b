"""The outlines of disability work (domain §7.11): A of a community, B of a street, F of those who give
rehabilitation. Every idea tells its own paragraphs in them."""

from portal.summaries import Outline, Part, Sentence, register

COMMUNITY, STREET, CENTRE = "A", "B", "F"


def told(outline: str, part: str, order: int, text: str, *when: str) -> Sentence:
    """A sentence of disability work, told when one of these of its figures is not zero."""
    return Sentence(outline, part, order, text, tuple(f"disability.{code}" for code in when))


register(
    Outline(
        COMMUNITY,
        "残疾人工作总结",
        "disability",
        (
            Part("basics", "基本情况"),
            Part("visits", "走访与服务"),
            Part("assistance", "慰问帮扶"),
            Part("papers", "证件与补贴"),
            Part("insurance", "医保与救助"),
            Part("rehabilitation", "康复服务"),
            Part("training", "就业与培训"),
            Part("culture", "文体活动"),
            Part("publicity", "宣传活动"),
            Part("donations", "捐赠"),
            Part("stories", "典型案例"),
            Part("gaps", "存在问题"),
            Part("next", "下一步工作"),
        ),
    ),
    Outline(
        STREET,
        "残疾人社区康复工作总结",
        "disability",
        (
            Part("basics", "基本情况"),
            Part("management", "健全管理网络"),
            Part("places", "完善服务网络"),
            Part("guidance", "建强指导网络"),
            Part("sunshine", "阳光行动"),
            Part("care", "照料行动"),
            Part("doorstep", "上门行动"),
            Part("nursing", "养护行动"),
            Part("stories", "典型案例"),
            Part("publicity", "宣传发动"),
            Part("satisfaction", "满意度"),
            Part("gaps", "存在问题"),
            Part("next", "下一步工作"),
        ),
    ),
    Outline(
        CENTRE,
        "残疾人康复服务小结",
        "disability",
        (
            Part("basics", "建档普查"),
            Part("plans", "评估与方案"),
            Part("services", "分类服务"),
            Part("outcomes", "并发症与效果"),
            Part("gaps", "存在问题"),
            Part("next", "下一步工作"),
        ),
    ),
)
