"""The kinds of 消息 that the portal itself sends."""

from portal.notifying.kinds import Kind, register

ASKS, NOTICES, FILES, SAVED = "街道要数", "通知公告", "导入导出", "我的关注"

register(
    Kind("asks.asked", ASKS, "上级要数字", "{street}要“{title}”，请在{due}前核对答复。", "inbox"),
    Kind(
        "asks.reminded",
        ASKS,
        "催要数字",
        "{street}提醒：“{title}”还没有答复，期限{due}。",
        "bell-ringing",
    ),
    Kind("asks.near", ASKS, "答复期限临近", "“{title}”的答复期限快到了：{due}。", "clock"),
    Kind(
        "asks.returned",
        ASKS,
        "答复被退回",
        "“{title}”的答复退回了，请看退回理由。",
        "arrow-back-up",
    ),
    Kind("asks.accepted", ASKS, "答复已查收", "“{title}”的答复已查收。", "circle-check"),
    Kind("asks.extended", ASKS, "期限延长", "“{title}”的答复期限延长到{due}。", "calendar"),
    Kind("asks.ended", ASKS, "要数结束或取消", "“{title}”{state}，不再需要答复。", "circle-check"),
    Kind("asks.confirmed", ASKS, "社区已答复", "{community}已答复“{title}”。", "checks"),
    Kind("asks.late", ASKS, "超期未答复", "“{title}”已超期，还有社区没有答复。", "alert-triangle"),
    Kind("notices.published", NOTICES, "新通知", "{office}发布通知《{title}》。", "speakerphone"),
    Kind(
        "notices.asked",
        NOTICES,
        "需要签阅的通知",
        "{office}发布通知《{title}》，请在{day}前点“已阅”。",
        "speakerphone",
    ),
    Kind(
        "notices.reminded",
        NOTICES,
        "提醒阅读通知",
        "请阅读{office}的通知《{title}》并点“已阅”。",
        "bell-ringing",
    ),
    Kind("notices.withdrawn", NOTICES, "通知撤回", "{office}撤回了通知《{title}》。", "x"),
    Kind("imports.awaiting", FILES, "导入等待复核", "{place}有一批导入等您复核。", "upload"),
    Kind(
        "imports.returned",
        FILES,
        "导入被退回",
        "您上传的“{file}”被退回了，请看理由。",
        "arrow-back-up",
    ),
    Kind(
        "imports.checked",
        FILES,
        "导入检查完毕",
        "您上传的“{file}”检查完毕，请核对后确认。",
        "list-check",
    ),
    Kind("imports.stored", FILES, "导入完成", "您上传的“{file}”已导入。", "circle-check"),
    Kind(
        "imports.failed",
        FILES,
        "导入没有完成",
        "您上传的“{file}”没有完成，没有改动任何记录。",
        "alert-triangle",
    ),
    Kind(
        "exports.decided", FILES, "号码导出申请的结果", "您的号码导出{request}：{decision}。", "key"
    ),
    Kind(
        "saved.found",
        SAVED,
        "关注的查询有新记录",
        "关注的“{name}”：有 {count} 条新的或改动的记录。",
        "bookmark",
    ),
    Kind(
        "saved.broken", SAVED, "关注的查询不能用了", "关注的“{name}”没有查找：{why}。", "bookmark"
    ),
)
