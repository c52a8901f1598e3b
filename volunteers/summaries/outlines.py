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
        "志愿服务工作总结",
        "volunteers",
        (
            Part("lead", ""),
            Part("organisation", "组织体系"),
            Part("people", "注册与时长", silence="期末没有在册志愿者的登记。"),
            Part("activities", "活动开展", silence="本期没有志愿活动的记录。"),
            Part("served", "服务对象"),
            Part("publicity", "宣传与典型"),
            Part("stars", "星级与表彰"),
            Part("gaps", "存在问题", listing=True),
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
            Part("lead", ""),
            Part("people", "人员与时间", silence="本期没有接收实践实习人员的记录。"),
            Part("place", "实践单位与指导"),
            Part("tasks", "工作内容与时长", silence="本期没有经确认的实践实习日志。"),
            Part("reading", "阅览室服务"),
            Part("lectures", "法制讲座与宣传"),
            Part("appraisal", "鉴定情况"),
            Part("gaps", "存在问题", listing=True),
            Part("next", "下一步工作"),
        ),
    )
)
