// The keyboard in a surface: arrows stop at a chip and pass it, undo and redo, and the keys that open the
// figures. What is not named here is left to the browser.
window.ReportKeys = (function () {
  "use strict";
  const OPENS_AFTER = /^$|[\s，。；：、（“]$/u; // a slash elsewhere is one of 2025/26

  function attach(surface, { openFigures, openCard }) {
    function chosen() {
      const { start, end } = surface.selection;
      return ReportChips.tokensIn(surface.text).find((found) => found.start === start && found.end === end);
    }

    function move(step, extend) {
      const { start, end, back } = surface.selection;
      const goes = step < 0 ? (place) => surface.before(place) : (place) => surface.after(place);
      if (extend) {
        const [anchor, focus] = back ? [end, start] : [start, end];
        const next = goes(focus);
        surface.select(Math.min(anchor, next), Math.max(anchor, next), next < anchor);
      } else if (start < end) {
        surface.select(step < 0 ? start : end);
      } else {
        const next = goes(start);
        const [from, to] = [Math.min(start, next), Math.max(start, next)];
        const isChip = ReportChips.tokensIn(surface.text).some((found) => found.start === from && found.end === to);
        if (isChip) surface.select(from, to, step < 0); // first chosen, then passed
        else surface.select(next);
      }
      surface.reveal();
    }

    function opensBySlash() {
      const { start, end } = surface.selection;
      const line = surface.text.slice(surface.text.lastIndexOf("\n", start - 1) + 1, start);
      return start === end && OPENS_AFTER.test(line);
    }

    surface.root.addEventListener("keydown", function (event) {
      if (event.isComposing || surface.composing) return; // the keys belong to the input method
      const key = event.key.toLowerCase();
      const command = (event.ctrlKey || event.metaKey) && !event.altKey;
      const bare = !event.ctrlKey && !event.metaKey && !event.altKey;
      if (command && key === "z") event.shiftKey ? surface.redo() : surface.undo();
      else if (command && key === "y") surface.redo();
      else if (command && key === "k") openFigures();
      else if (bare && key === "/" && opensBySlash()) openFigures("/");
      else if (bare && key === "arrowleft") move(-1, event.shiftKey);
      else if (bare && key === "arrowright") move(1, event.shiftKey);
      else if (bare && key === "enter" && chosen()) openCard();
      else return;
      event.preventDefault();
      event.stopPropagation(); // Ctrl+K elsewhere is the search of the whole portal
    });

    // A click takes the chip as a whole; the browser would put the caret inside.
    surface.root.addEventListener("mousedown", function (event) {
      const chip = ReportChips.chipOf(event.target);
      if (!chip || event.shiftKey || event.button !== 0) return;
      event.preventDefault();
      const index = Array.from(chip.parentNode.childNodes).indexOf(chip);
      const start = ReportChips.offsetOf(surface.root, chip.parentNode, index);
      surface.last = { start, end: start + chip.dataset.token.length, back: false };
      surface.focus();
    });

    return { chosen };
  }

  return { attach };
})();
