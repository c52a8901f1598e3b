"""The kinds of 消息 about summaries."""

from portal.notifying.kinds import Kind, register

SUMMARIES = "工作总结"

register(
    Kind(
        "summaries.submitted", SUMMARIES, "总结待审核", "《{title}》已送审，请审核。", "file-text"
    ),
    Kind(
        "summaries.returned",
        SUMMARIES,
        "总结被退回",
        "《{title}》退回修改，请看理由。",
        "arrow-back-up",
    ),
    Kind("summaries.reviewed", SUMMARIES, "总结待签发", "《{title}》审核通过，请签发。", "checks"),
    Kind("summaries.issued", SUMMARIES, "总结已签发", "《{title}》已签发。", "circle-check"),
    Kind(
        "summaries.withdrawn", SUMMARIES, "总结被撤回", "《{title}》签发后已撤回，请看理由。", "x"
    ),
)
