"""The one table of roles and what each may do; every screen and every check reads it."""

from dataclasses import dataclass

from django.db.models import TextChoices

# A permission is "<domain>.view", "<domain>.edit", or one of the named ones.
DOMAINS = {
    "residents": "居民与户",
    "disability": "残疾人工作",
    "servicecenter": "为民服务",
    "volunteers": "志愿服务",
    "sanitation": "环境卫生",
    "office": "综合事务",
}
NAMED = {
    "records.import": "从 Excel 导入记录",
    "imports.approve": "复核别人上传的大批导入",
    "records.export": "导出和打印（号码遮盖，完整号码须另行批准）",
    "exports.approve": "审批导出完整号码的申请（不能审批自己的）",
    "duplicates.decide": "核对重复居民，合并两条记录或撤销合并（涉及的单位都须在范围内）",
    "identity.unmask": "填写用途后查看完整证件号码和电话，每次留痕",
    "figures.view": "查看本单位范围内的全部指标数字",
    "summaries.draft": "起草和修改工作总结",
    "summaries.review": "审核工作总结（不能审核自己送审的）",
    "summaries.issue": "签发、归档、撤回工作总结",
    "periods.close": "一段时间的记录上报后关账",
    "periods.open": "解锁已关账的时段（须写理由，留痕）",
    "units.manage": "维护单位及其撤并、更名",
    "accounts.manage": "建立、停用账号，重置密码",
    "roles.manage": "授予和收回角色",
    "handover.manage": "办理离岗交接：在办工作转给接手人，账号到期停用",
    "policies.manage": "修改安全策略（登录、密码、个人资料的规定；须写理由，留痕）",
    "retention.manage": "提出和批准到期记录的销毁（不能批准自己提出的）",
    "audit.read": "查阅操作日志",
    "care_kinds.manage": "维护关爱类别（低保、独居老人等）和补贴种类的名称、条件、顺序和停用",
    "subsidies.confirm": "确认补贴发放批次（不能确认自己编制的）",
    "device_kinds.manage": "维护辅助器具目录和分类",
    "cases.accept": "登记、受理、派办、回复办件（窗口和代办员）",
    "cases.handle": "承办办件：接办、转办、上报、挂起、办结",
    "cases.approve": "街道收件、退回、办结社区上报的办件",
    "cases.supervise": "督办办件、批准延期",
    "catalogue.manage": "维护办事事项和办事指南",
    "asks.send": "向所属社区要数字，查收或退回答复",
    "asks.answer": "答复上级要的数字（核对系统已统计的数，不另填数）",
    "notices.publish": "向本单位和所属社区发布通知，查看谁已阅",
    "notices.read": "阅读发给本单位的通知并签阅",
    "calendar.manage": "导入放假通知，维护工作日历",
    "hours.approve": "批准志愿者超过每日上限的时长、撤销星级和已公示的时长",
    "served.view": "查看志愿服务的对象和求助（含类别；志愿队长只在活动里看姓名、地址、遮盖的电话）",
    "served.edit": "登记志愿服务的对象和求助",
    "volunteer_kinds.manage": "维护志愿活动的类型（名称、顺序、计入的工作和停用）",
    "placements.log": "登记本人的实习日志（只看本人的，不看任何居民资料）",
    "sanitation.answer": "签认本单位的检查结果、提出异议、报告整改情况",
    "scores.compute": "编制和重新计算季度考核（不含公布）",
    "scores.publish": "公布暗访结果，公布、定稿、冻结季度得分，答复异议",
    "rubrics.manage": "维护检查评分表和季度计分规则",
    "staff.evaluate": "登记和查看工作人员考核（只限负责人）",
}
# What opens one's own page alone: whoever holds nothing else sees no page of the office's.
OWN_ONLY = frozenset({"placements.log"})
PERMISSIONS = {
    f"{domain}.{verb}": f"{word}{label}记录"
    for domain, label in DOMAINS.items()
    for verb, word in (("view", "查看"), ("edit", "登记和修改"))
} | NAMED


class Role(TextChoices):
    COMMUNITY_STAFF = "community_staff", "社区工作人员"
    WINDOW_CLERK = "window_clerk", "窗口/代办员"
    STATION_HANDLER = "station_handler", "站所承办人"
    COMMUNITY_HEAD = "community_head", "社区负责人"
    SANITATION_INSPECTOR = "sanitation_inspector", "环卫检查员"
    REHABILITATION_WORKER = "rehabilitation_worker", "康复机构人员"
    VOLUNTEER_LEADER = "volunteer_leader", "志愿队长"
    TRAINEE = "trainee", "实习人员"
    STREET_SECTION = "street_section", "街道科室"
    STREET_SUPERVISOR = "street_supervisor", "街道主管"
    SYSTEM_ADMINISTRATOR = "system_administrator", "系统管理员"
    SECURITY_ADMINISTRATOR = "security_administrator", "安全管理员"
    AUDIT_ADMINISTRATOR = "audit_administrator", "审计管理员"


@dataclass(frozen=True)
class Duty:
    """What one role is for, in a sentence, and what it may do at its unit and below.

    ``first`` are the groups of today's work that stand first on its home page (portal/today/enums.py).
    """

    sentence: str
    permissions: frozenset[str]
    first: tuple[str, ...] = ()


DECIDING = ("decide", "back")  # for whom others wait


def _may(*names: str) -> frozenset[str]:
    unknown = set(names) - PERMISSIONS.keys()
    if unknown:
        raise ValueError(f"unknown permissions: {sorted(unknown)}")
    return frozenset(names)


def _all(verb: str) -> list[str]:
    return [f"{domain}.{verb}" for domain in DOMAINS]


DUTIES = {
    Role.COMMUNITY_STAFF: Duty(
        "登记本社区各项日常工作（含残疾人专职工作），起草总结。",
        _may(
            *_all("view"),
            *_all("edit"),
            "records.import",
            "imports.approve",
            "records.export",
            "duplicates.decide",
            "identity.unmask",
            "figures.view",
            "summaries.draft",
            "subsidies.confirm",
            "served.view",
            "served.edit",
            "sanitation.answer",
            "cases.accept",
            "cases.handle",
            "catalogue.manage",
            "asks.answer",
            "notices.read",
        ),
    ),
    Role.WINDOW_CLERK: Duty(
        "在窗口受理居民申请，查找和登记居民；不看残疾与诊断资料。",
        _may(
            "residents.view",
            "residents.edit",
            "servicecenter.view",
            "servicecenter.edit",
            "cases.accept",
            "identity.unmask",
            "notices.read",
        ),
    ),
    Role.STATION_HANDLER: Duty(
        "承办转来的事项，只看居民基本情况和为民服务记录。",
        _may(
            "residents.view",
            "servicecenter.view",
            "servicecenter.edit",
            "cases.handle",
            "notices.read",
        ),
    ),
    Role.COMMUNITY_HEAD: Duty(
        "查看本社区全部工作和数字，交办和考核工作，审核并签发总结。",
        _may(
            *_all("view"),
            "residents.edit",
            "office.edit",
            "served.view",
            "sanitation.answer",
            "hours.approve",
            "staff.evaluate",
            "handover.manage",
            "imports.approve",
            "records.export",
            "exports.approve",
            "duplicates.decide",
            "identity.unmask",
            "figures.view",
            "summaries.draft",
            "summaries.review",
            "summaries.issue",
            "periods.close",
            "subsidies.confirm",
            "cases.supervise",
            "catalogue.manage",
            "asks.answer",
            "notices.publish",
            "notices.read",
        ),
        DECIDING,
    ),
    Role.SANITATION_INSPECTOR: Duty(
        "检查环境卫生、登记整改和清运，编制季度得分；看不到居民的残疾、疾病资料。",
        _may(
            "sanitation.view",
            "sanitation.edit",
            "scores.compute",
            "records.import",
            "records.export",
            "figures.view",
            "summaries.draft",
            "notices.read",
        ),
    ),
    Role.REHABILITATION_WORKER: Duty(
        "为残疾人提供康复服务并登记，可查看其残疾档案，起草康复服务小结。",
        _may(
            "residents.view",
            "disability.view",
            "disability.edit",
            "figures.view",
            "summaries.draft",
            "notices.read",
        ),
    ),
    Role.VOLUNTEER_LEADER: Duty(
        "组织志愿活动、登记时长和服务结果；不看居民证件、关爱类别和残疾资料。",
        _may("volunteers.view", "volunteers.edit", "notices.read"),
    ),
    Role.TRAINEE: Duty(
        "登记本人的实习日志；看不到居民、志愿者和任何业务记录。", _may("placements.log")
    ),
    Role.STREET_SECTION: Duty(
        "查看全街道各社区的业务记录和数字，登记街道本级的综合事务，起草街道总结。",
        _may(
            *_all("view"),
            "office.edit",
            "served.view",
            "records.export",
            "duplicates.decide",
            "figures.view",
            "care_kinds.manage",
            "device_kinds.manage",
            "volunteer_kinds.manage",
            "rubrics.manage",
            "summaries.draft",
            "summaries.review",
            "cases.approve",
            "cases.supervise",
            "catalogue.manage",
            "asks.send",
            "notices.publish",
            "notices.read",
        ),
        DECIDING,
    ),
    Role.STREET_SUPERVISOR: Duty(
        "督查和考核全街道工作，查看各社区数字并签发街道总结。",
        _may(
            *_all("view"),
            "served.view",
            "staff.evaluate",
            "handover.manage",
            "imports.approve",
            "records.export",
            "exports.approve",
            "duplicates.decide",
            "identity.unmask",
            "figures.view",
            "summaries.draft",
            "care_kinds.manage",
            "device_kinds.manage",
            "volunteer_kinds.manage",
            "hours.approve",
            "scores.compute",
            "scores.publish",
            "rubrics.manage",
            "summaries.review",
            "summaries.issue",
            "periods.close",
            "retention.manage",
            "periods.open",
            "subsidies.confirm",
            "cases.supervise",
            "asks.send",
            "notices.publish",
            "notices.read",
        ),
        DECIDING,
    ),
    Role.SYSTEM_ADMINISTRATOR: Duty(
        "维护单位、账号和工作日历；不办业务，不能给任何人授权。",
        _may("units.manage", "accounts.manage", "calendar.manage"),
    ),
    Role.SECURITY_ADMINISTRATOR: Duty(
        "授予和收回角色，定安全策略，审批完整号码的导出；不办业务，看不到任何记录，不能给自己授权。",
        _may("roles.manage", "retention.manage", "policies.manage", "exports.approve"),
        DECIDING,
    ),
    Role.AUDIT_ADMINISTRATOR: Duty(
        "查阅操作日志；不办业务，不能修改任何记录。", _may("audit.read")
    ),
}
ADMINISTRATORS = frozenset(
    {Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR}
)
