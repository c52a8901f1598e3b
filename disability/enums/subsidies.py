"""Pick-lists of subsidies: the states of a payment run and its lines, reasons, and what a check found."""

from django.db.models import TextChoices


class RunState(TextChoices):
    DRAFT = "draft", "草稿"
    CONFIRMED = "confirmed", "已确认"
    PAID = "paid", "已发放"


class PaymentState(TextChoices):
    PLANNED = "planned", "待发"
    PAID = "paid", "已发"
    RETURNED = "returned", "银行退回"


class StopReason(TextChoices):
    """Why a subsidy ends; the month of the event is still paid (domain §1.5.4)."""

    DIED = "died", "去世"
    MOVED = "moved", "户籍迁出"
    CERTIFICATE = "certificate", "残疾人证注销或过期"
    LEVEL = "level", "残疾等级变化"
    POVERTY = "poverty", "不再是低保等困难对象"
    STACKING = "stacking", "改享特困供养等待遇"
    LEFT_CARE = "left_care", "离开养护机构"
    DECLINED = "declined", "本人放弃"
    OTHER = "other", "其他"


class SubsidyRule(TextChoices):
    """What a check finds; what each looks at stands in ``disability/selectors``."""

    MISSING = "missing", "符合条件未享受"
    DEAD = "dead", "去世后仍在享受"
    MOVED = "moved", "离开本单位后仍在享受"
    CERTIFICATE = "certificate", "没有有效的残疾人证"
    STACKING = "stacking", "与其他待遇重复"
    LEVEL = "level", "残疾等级不符合"
    POVERTY = "poverty", "困难类别已终止"
    REVIEW = "review", "年度复核到期"


class FindingOutcome(TextChoices):
    APPLYING = "applying", "申请中"
    DECLINED = "declined", "本人不愿申请"
    UNFIT = "unfit", "核实后不符合"
    STOPPED = "stopped", "已停发"
    RECLAIMING = "reclaiming", "已停发，追回多发"
    CONTINUED = "continued", "已核实，继续享受"
