"""What operations in the market town deal with, each in its own measure (domain §4.5)."""

from django.db.models import TextChoices


class TargetKind(TextChoices):
    WINDOW_SHOP = "window_shop", "门窗建材店"
    OUT_OF_SHOP = "out_of_shop", "店外经营"
    STALL = "stall", "流动摊点"
    SIGNBOARD = "signboard", "违章广告招牌"
    ILLEGAL_BUILDING = "illegal_building", "乱搭乱建"
    PARKING = "parking", "乱停乱放"
    OTHER = "other", "其他"


MEASURES = {
    TargetKind.WINDOW_SHOP: "户",
    TargetKind.OUT_OF_SHOP: "户",
    TargetKind.STALL: "家",
    TargetKind.SIGNBOARD: "块",
    TargetKind.ILLEGAL_BUILDING: "处",
    TargetKind.PARKING: "辆",
    TargetKind.OTHER: "处",
}


# Those whose size is told in square metres; the others are only counted.
WITH_AREA = (
    TargetKind.WINDOW_SHOP,
    TargetKind.OUT_OF_SHOP,
    TargetKind.SIGNBOARD,
    TargetKind.ILLEGAL_BUILDING,
    TargetKind.OTHER,
)


class Handling(TextChoices):
    CLOSED = "closed", "取缔"
    REMOVED = "removed", "拆除"
    ORDERED = "ordered", "责令整改"
    PERSUADED = "persuaded", "劝离"
    FINED = "fined", "处罚"
