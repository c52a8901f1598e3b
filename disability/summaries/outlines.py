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
            Part("lead", ""),
            Part("basics", "基本情况", silence="期末没有在册残疾人的登记。"),
            Part("visits", "走访与服务", silence="本期没有走访残疾人的记录。"),
            Part("assistance", "慰问帮扶"),
            Part("papers", "证件与补贴"),
            Part("insurance", "医保与救助"),
            Part("rehabilitation", "康复服务"),
            Part("training", "就业与培训"),
            Part("culture", "文体活动"),
            Part("publicity", "宣传活动", silence="本期没有宣传活动的记录。"),
            Part("donations", "捐赠"),
            Part("stories", "典型案例"),
            Part("gaps", "存在问题", listing=True),
            Part("next", "下一步工作"),
        ),
    ),
    Outline(
        STREET,
        "残疾人社区康复工作总结",
        "disability",
        (
            Part("lead", ""),
            Part("basics", "基本情况", silence="期末没有在册残疾人的登记。"),
            Part("management", "健全管理网络"),
            Part("places", "完善服务网络"),
            Part("guidance", "建强指导网络", silence="本期没有康复培训和指导的记录。"),
            Part("sunshine", "阳光行动"),
            Part("care", "照料行动"),
            Part("doorstep", "上门行动", silence="本期没有上门服务的记录。"),
            Part("nursing", "养护行动"),
            Part("stories", "典型案例"),
            Part("publicity", "宣传发动", silence="本期没有宣传活动的记录。"),
            Part("satisfaction", "满意度"),
            Part("gaps", "存在问题", listing=True),
            Part("next", "下一步工作"),
        ),
    ),
    Outline(
        CENTRE,
        "残疾人康复服务小结",
        "disability",
        (
            Part("lead", ""),
            Part("basics", "建档普查", silence="期末没有残疾人建档的登记。"),
            Part("plans", "评估与方案"),
            Part("services", "分类服务", silence="本期没有康复服务的记录。"),
            Part("outcomes", "并发症与效果"),
            Part("gaps", "存在问题", listing=True),
            Part("next", "下一步工作"),
        ),
    ),
)
