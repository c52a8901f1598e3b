"""The outline of sanitation work (G), domain §7.11; every idea tells its own paragraphs in it."""

from portal.summaries import Outline, Part, Sentence, register

SANITATION = "G"


def told(part: str, order: int, text: str, *when: str) -> Sentence:
    """A sentence told when one of these figures of sanitation work is not zero."""
    return Sentence(SANITATION, part, order, text, tuple(f"sanitation.{code}" for code in when))


register(
    Outline(
        SANITATION,
        "环境卫生治理工作总结",
        "sanitation",
        (
            Part("lead", ""),
            Part("regime", "机制与制度"),
            Part("inspections", "检查与排名", silence="本期没有环境卫生检查的记录。"),
            Part("market", "集镇整治"),
            Part("campaigns", "集中清理"),
            Part("rectification", "问题整改"),
            Part("publicity", "宣传发动"),
            Part("waste", "垃圾分类与清运", silence="本期没有垃圾清运和分类的记录。"),
            Part("cleaners", "保洁员与网格", silence="期末没有在岗保洁员的登记。"),
            Part("sites", "示范点建设"),
            Part("gaps", "存在问题", listing=True),
            Part("next", "下一步工作"),
        ),
    )
)
