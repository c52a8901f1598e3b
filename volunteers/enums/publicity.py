from django.db.models import TextChoices


class Medium(TextChoices):
    NEWSPAPER = "newspaper", "报纸"
    TELEVISION = "television", "电视"
    RADIO = "radio", "广播"
    WEBSITE = "website", "网站"
    WECHAT = "wechat", "微信公众号"
    VIDEO = "video", "短视频"
    BULLETIN = "bulletin", "简报"
    BOARD = "board", "宣传栏"
    OTHER = "other", "其他"


class Reach(TextChoices):
    """内宣 speaks to one's own people, 外宣 to the public."""

    INTERNAL = "internal", "对内宣传"
    EXTERNAL = "external", "对外宣传"
