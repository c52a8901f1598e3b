"""Work without a mouse: Tab until something has the focus, then the keys that it understands.

keys = Keyboard(page)
keys.to("button", "保存").press("Enter")
"""

from dataclasses import dataclass

from playwright.sync_api import Page

FARTHEST = 150  # presses of Tab after which something counts as out of reach

# What the focus stands on, as a screen reader would call it; frames of the same page once each.
FOCUS = """() => {
    const part = document.activeElement;
    if (!part || part === document.body) return null;
    const box = part.getBoundingClientRect();
    const style = getComputedStyle(part);
    const own = part.closest('label') || document.querySelector(`label[for="${part.id}"]`);
    const shown = getComputedStyle(own && style.opacity === '0' && own.querySelector('span') || part);
    const middle = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height / 2, 20));
    return {
        ring: shown.outlineStyle !== 'none' && parseFloat(shown.outlineWidth) >= 2,
        inView: box.bottom > 0 && box.top < innerHeight,
        covered: !!middle && !part.contains(middle) && !middle.contains(part) && !(own && own.contains(middle)),
        told: part.outerHTML.slice(0, 120),
    };
}"""


@dataclass
class Keyboard:
    """A page worked by its keys alone. Each stop on the way must be seen: a ring, in view, not under a bar."""

    page: Page

    def to(self, role: str, name: str, *, back: bool = False, exact: bool = True) -> "Keyboard":
        """Tab on (or ``back``) until the part of that role and name has the focus."""
        wanted = self.page.get_by_role(role, name=name, exact=exact)
        for _ in range(FARTHEST):
            self.page.keyboard.press("Shift+Tab" if back else "Tab")
            self._see()
            if wanted.evaluate_all("parts => parts.includes(document.activeElement)"):
                return self
        raise AssertionError(f"{FARTHEST} presses of Tab do not reach {role} {name}")

    def skip_to_content(self) -> "Keyboard":
        """The first stop of a page leads past its menu."""
        self.page.keyboard.press("Tab")
        self._see()
        link = self.page.get_by_role("link", name="跳到正文")
        focus = self.page.evaluate("document.activeElement.outerHTML.slice(0, 120)")
        assert link.evaluate("link => link === document.activeElement"), f"not first, but {focus}"
        self.page.keyboard.press("Enter")
        return self

    def press(self, *keys: str) -> "Keyboard":
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def type(self, text: str) -> "Keyboard":
        self.page.keyboard.type(text)
        return self

    def open(self, role: str, name: str, **how) -> "Keyboard":
        """Reach it and press Enter; the page that answers is loaded."""
        self.to(role, name, **how)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        return self

    def _see(self):
        """WCAG 2.2: 2.4.7 focus visible, 2.4.11 focus not obscured."""
        focus = self.page.evaluate(FOCUS)
        if focus is None:
            return  # the browser's own bar, between the last part and the first
        assert focus["ring"], f"no ring around {focus['told']}"
        assert focus["inView"], f"out of view: {focus['told']}"
        assert not focus["covered"], f"covered: {focus['told']}"
