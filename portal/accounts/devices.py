"""Enough words for a person to recognise a device of their own; nothing is decided by them."""

SYSTEMS = (
    ("HarmonyOS", "鸿蒙"),
    ("Android", "安卓手机"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows 电脑"),
    ("Mac OS", "苹果电脑"),
    ("Linux", "Linux 电脑"),
)
# The first that is found: browsers name those that they stem from as well.
BROWSERS = (
    ("MicroMessenger", "微信"),
    ("DingTalk", "钉钉"),
    ("QQBrowser", "QQ 浏览器"),
    ("360SE", "360 浏览器"),
    ("360EE", "360 浏览器"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)


def device_words(user_agent: str) -> str:
    """“Windows 电脑 · Edge”; 未知设备 for what says nothing of itself."""
    found = [
        next((words for part, words in known if part in user_agent), "")
        for known in (SYSTEMS, BROWSERS)
    ]
    return " · ".join(word for word in found if word) or "未知设备"


def shortened(address: str) -> str:
    """An address without its last part: 10.12.3.*, 2001:db8:1:*."""
    if ":" in address:
        return ":".join(address.split("/")[0].split(":")[:3]).rstrip(":") + ":*"
    return f"{address.rpartition('.')[0]}.*" if address.count(".") == 3 else ""
