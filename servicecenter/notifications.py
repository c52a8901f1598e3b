"""The kinds of 消息 about cases: what is put into one's own hands. They name the item, never the applicant."""

from portal.notifying.kinds import Kind, register

CASES = "办件"

register(
    Kind("cases.assigned", CASES, "办件派给我", "有办件派给您：{case}。", "clipboard"),
    Kind(
        "cases.supervised",
        CASES,
        "办件被督办",
        "“{case}”被督办（{reason}），请答复。",
        "alert-triangle",
    ),
    Kind("cases.escalated", CASES, "督办升级到我", "“{case}”的督办升级：{level}。", "bell-ringing"),
)
