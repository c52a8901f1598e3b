"""The outlines of volunteer work (D) and of placements (E), domain §7.11; every idea tells its own
paragraphs in them."""

from portal.summaries import Outline, Part, Sentence, register

VOLUNTEERS, PLACEMENTS = "D", "E"


def told(part: str, order: int, text: str, *when: str, outline: str = VOLUNTEERS) -> Sentence:
    """A sentence told when one of these figures of volunteer work is not zero."""
    return Sentence(outline, part, order, text, tuple(f"volunteers.{code}" for code in when))


register(
    Outline(
        VOLUNTEERS,
        "社区志愿服务工作总结",
        "volunteers",
        (
            Part("organisation", "组织体系"),
            Part("people", "注册与时长"),
            Part("activities", "活动开展"),
            Part("served", "服务对象"),
            Part("publicity", "宣传与典型"),
            Part("stars", "星级与表彰"),
            Part("gaps", "存在问题"),
            Part("next", "下一步工作"),
        ),
    )
)
register(
    Outline(
        PLACEMENTS,
        "社会实践和实习工作总结",
        "volunteers",
        (
            Part("people", "人员与时间"),
            Part("place", "实践单位与指导"),
            Part("tasks", "工作内容与时长"),
            Part("reading", "阅览室服务"),
            Part("lectures", "法制讲座与宣传"),
            Part("appraisal", "鉴定情况"),
            Part("next", "下一步工作"),
        ),
    )
)
