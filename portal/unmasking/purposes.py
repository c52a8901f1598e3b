"""What a full number, or a child's file, may be looked at for; read by the auditor as it is stored."""

OTHER = "其他"
PURPOSES = ("办理业务核对", "入户走访联系", "上级核查", "居民本人查询", OTHER)
CHILD_PURPOSES = (
    "办理业务核对",
    "入户走访、关爱探视",
    "监护人到场办理",
    "上级核查",
    "处置紧急情况",
    OTHER,
)
LEAST_WORDS, MOST_WORDS = 4, 100
