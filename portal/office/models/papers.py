"""Papers: what the unit issued (read below), what came in, and leaders' instructions."""

from django.db import models

from portal.constraints import in_order
from portal.office.enums import DocumentKind, Rank, Secrecy
from portal.office.models.base import TAGGED, Event, ReadBelow, day, past_day, prose, words
from portal.wall.classes import Closes


class PolicyDocument(ReadBelow, Event):
    """A document that this unit issued; those of the street are read in its communities."""

    closes = Closes(("occurred_on",), fixed=())

    occurred_on = models.DateField("印发日期")
    number = words("文号", 40, help_text="如春街发〔2025〕3号。")
    title = models.CharField("标题", max_length=120)
    kind = models.CharField("文种", max_length=12, choices=DocumentKind)
    summary = prose("主要内容")
    starts_on = day("执行起始日期")
    ends_on = day("执行截止日期")

    class Meta(Event.Meta):
        verbose_name = "印发文件"
        constraints = [TAGGED, *in_order("starts_on", "ends_on")]
        indexes = [models.Index(fields=["unit", "occurred_on"], name="office_policydocument_day")]

    def __str__(self):
        return f"{self.title}{self.number}"


class IncomingDocument(Event):
    """A document that came in, with what was done about it."""

    closes = Closes(("occurred_on",), fixed=())

    occurred_on = models.DateField("收文日期")
    number = words("来文文号", 40)
    title = models.CharField("标题", max_length=120)
    kind = models.CharField(
        "文种", max_length=12, choices=DocumentKind, default=DocumentKind.NOTICE
    )
    sender = models.CharField("来文单位", max_length=60)
    rank = models.CharField("来文级别", max_length=12, choices=Rank, default=Rank.OTHER)
    secrecy = models.CharField(
        "公开范围",
        max_length=12,
        choices=Secrecy,
        default=Secrecy.OPEN,
        help_text="涉密文件不得登记到本系统。",
    )
    handling = words("拟办意见", 200)
    handler = words("承办人", 50)
    due_on = day("办理期限")
    done_on = past_day("办结日期")
    result = words("办理结果", 200)

    class Meta(Event.Meta):
        verbose_name = "收文"
        constraints = [TAGGED, *in_order("occurred_on", "due_on", "done_on")]
        indexes = [models.Index(fields=["unit", "occurred_on"], name="office_incoming_day")]

    def __str__(self):
        return f"{self.title}{self.number}"


class Instruction(Event):
    """What a leader asked for (批示), who follows it up, and what came of it."""

    closes = Closes(("occurred_on",), fixed=())

    occurred_on = models.DateField("批示日期")
    leader = models.CharField("批示领导", max_length=50)
    subject = models.CharField("批示事项", max_length=120)
    text = prose("批示内容")
    owner = models.CharField("落实责任人", max_length=50)
    due_on = day("落实期限")
    done_on = past_day("办结日期")
    result = words("落实结果", 300)

    class Meta(Event.Meta):
        verbose_name = "领导批示"
        constraints = [TAGGED, *in_order("occurred_on", "due_on", "done_on")]
        indexes = [models.Index(fields=["unit", "occurred_on"], name="office_instruction_day")]

    def __str__(self):
        return self.subject
