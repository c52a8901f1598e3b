"""The kinds of 消息 about rectification."""

from portal.notifying.kinds import Kind, register

RECTIFICATION = "环境卫生整改"

register(
    Kind(
        "rectification.issued",
        RECTIFICATION,
        "收到整改单",
        "收到{orders}，限{due}前整改。",
        "clipboard-check",
    ),
    Kind(
        "rectification.reported",
        RECTIFICATION,
        "整改情况待复查",
        "{community}报告了{order}的整改情况，请复查。",
        "checks",
    ),
    Kind(
        "rectification.rechecked", RECTIFICATION, "复查结果", "{order}复查{result}。", "list-check"
    ),
)
