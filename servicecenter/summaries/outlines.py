"""The outline of the one-stop service agency (domain §7.11 C). Every idea tells its own paragraphs in it."""

from portal.summaries import Outline, Part, Sentence, register

AGENCY = "C"


def told(part: str, order: int, text: str, *when: str) -> Sentence:
    """A sentence of the agency, told when one of these of its figures is not zero."""
    return Sentence(AGENCY, part, order, text, tuple(f"servicecenter.{code}" for code in when))


register(
    Outline(
        AGENCY,
        "为民服务全程代办工作总结",
        "servicecenter",
        (
            Part("lead", ""),
            Part("totals", "总体情况", silence="本期没有受理办件的记录。"),
            Part("places", "组织与阵地"),
            Part("running", "流程运行"),
            Part("wider", "拓展服务"),
            Part("regimes", "制度落实", silence="期内没有服务制度及其落实的记录。"),
            Part("publicity", "公开与宣传"),
            Part("supervision", "督办与评价整改"),
            Part("gaps", "存在问题", listing=True),
            Part("next", "下一步工作"),
        ),
    )
)
