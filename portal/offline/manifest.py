"""The web manifest, by which a phone puts the portal among its applications."""

from django.templatetags.static import static
from django.urls import reverse

from portal.offline.declare import offline

THEME = "#1b4f8f"
GROUND = "#f4f6f9"
SHORTCUTS = 4  # more are not shown


def _icon(size: int, purpose: str) -> dict:
    name = f"icons/{purpose}-{size}.png"
    return {
        "src": static(name),
        "sizes": f"{size}x{size}",
        "type": "image/png",
        "purpose": purpose,
    }


def manifest() -> dict:
    kinds = sorted(offline, key=lambda kind: kind.place)
    return {
        "id": reverse("phone"),
        "name": "社区工作台",
        "short_name": "社区工作台",
        "description": "走访、检查、签到、考勤，没有网络也能登记，联网后自动送达。",
        "lang": "zh-CN",
        "dir": "ltr",
        "start_url": reverse("phone"),
        "scope": reverse("home"),
        "display": "standalone",
        "orientation": "any",
        "theme_color": THEME,
        "background_color": GROUND,
        "icons": [_icon(size, how) for how in ("any", "maskable") for size in (192, 512)],
        "shortcuts": [
            {"name": kind.title, "url": kind.url, "icons": [_icon(192, "any")]}
            for kind in kinds[:SHORTCUTS]
        ],
    }
