"""Drawn scenes for the newest findings of the demo: nothing is photographed."""

import io
from random import Random

from PIL import Image, ImageDraw

from portal.attachments.services import attach, checked
from portal.demo.world import SEED, World
from sanitation.models import Finding

PHOTOS = 60


def build(world: World) -> None:
    asked = Finding.objects.kept().filter(unit=world.street, fault__item__needs_photo=True)
    newest = asked.select_related("fault").order_by("-occurred_on", "pk")
    for number, finding in enumerate(newest[: world.many(PHOTOS)]):
        content = checked(_scene(number), "photo")
        attach(finding, [content], purpose="photo", caption=str(finding.fault)[:60], by=None)


def _scene(number: int) -> bytes:
    """A lane with a wall, and litter on it."""
    random = Random(SEED + number)  # noqa: S311  not a secret
    image = Image.new("RGB", (1200, 900), (196 + number % 40, 214, 226))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 420, 1200, 900), fill=(150, 146, 138))
    draw.rectangle((0, 180, 420 + number % 7 * 60, 430), fill=(188, 160, 132))
    for _ in range(40):
        x, y, size = random.randint(250, 950), random.randint(520, 820), random.randint(14, 70)
        shade = random.choice(((92, 110, 78), (176, 60, 52), (226, 226, 220), (60, 82, 120)))
        draw.ellipse((x, y, x + size, y + size // 2), fill=shade)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=70)
    return out.getvalue()
