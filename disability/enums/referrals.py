"""What people are referred for, and the steps from being told to being treated."""

from django.db.models import TextChoices

from portal.workflow import Step, Workflow


class ReferralCondition(TextChoices):
    CATARACT = "cataract", "白内障"
    OTHER_VISION = "other_vision", "其他眼病"
    COCHLEAR = "cochlear", "人工耳蜗"
    HEARING = "hearing", "其他听力问题"
    LIMB = "limb", "肢体矫治"
    SPEECH = "speech", "言语障碍"
    MENTAL = "mental", "精神疾病"
    CHILD = "child", "儿童康复救助"
    OTHER = "other", "其他"


class TreatmentWay(TextChoices):
    SURGERY = "surgery", "手术"
    MEDICATION = "medication", "药物"
    TRAINING = "training", "康复训练"
    OTHER = "other", "其他"


class ReferralState(TextChoices):
    INFORMED = "informed", "已告知"
    REFERRED = "referred", "已转介"
    ACCEPTED = "accepted", "已接收"
    TREATED = "treated", "已治疗"
    CLOSED = "closed", "已结案"
    DECLINED = "declined", "未接受"


R = ReferralState
ON_THE_WAY = frozenset({R.INFORMED, R.REFERRED, R.ACCEPTED})
ENDED = frozenset({R.CLOSED, R.DECLINED})

# What a state cannot be without, and what must be empty because it has not come to that.
REFERRAL_NEEDS = {
    R.REFERRED: ("referred_on",),
    R.ACCEPTED: ("accepted_on",),
    R.TREATED: ("treated_on", "way"),
    R.CLOSED: ("closed_on", "outcome"),
    R.DECLINED: ("closed_on", "outcome"),
}
REFERRAL_BARS = {
    R.INFORMED: ("referred_on", "accepted_on", "treated_on", "closed_on"),
    R.REFERRED: ("accepted_on", "treated_on", "closed_on"),
    R.ACCEPTED: ("treated_on", "closed_on"),
    R.TREATED: ("closed_on",),
    R.DECLINED: ("treated_on",),
}

REFERRAL = Workflow(
    {
        "refer": Step(
            "转介",
            frozenset({R.INFORMED}),
            R.REFERRED,
            ("referred_on", "provider", "destination"),
            ("referred_on",),
        ),
        "accept": Step(
            "对方已接收", frozenset({R.REFERRED}), R.ACCEPTED, ("accepted_on",), ("accepted_on",)
        ),
        "treat": Step(
            "已手术（治疗）",
            frozenset({R.REFERRED, R.ACCEPTED}),
            R.TREATED,
            ("treated_on", "way", "outcome"),
            ("treated_on", "way"),
        ),
        "close": Step(
            "结案",
            frozenset({R.REFERRED, R.ACCEPTED, R.TREATED}),
            R.CLOSED,
            ("closed_on", "outcome"),
            ("closed_on", "outcome"),
        ),
        "decline": Step(
            "本人未接受", ON_THE_WAY, R.DECLINED, ("closed_on", "outcome"), ("closed_on", "outcome")
        ),
        "reopen": Step(
            "重新转介",
            ENDED,
            R.INFORMED,
            (),
            (),
            ("referred_on", "accepted_on", "treated_on", "way", "closed_on", "outcome"),
        ),
    }
)
