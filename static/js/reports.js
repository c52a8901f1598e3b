// A figure's button puts its token where the text was last edited; without this the name is typed.
(function () {
  "use strict";
  let last = null;

  document.addEventListener("focusin", function (event) {
    if (event.target.matches("textarea[data-tokens]")) last = event.target;
  });

  document.addEventListener("click", function (event) {
    const button = event.target.closest("[data-insert]");
    if (!button) return;
    const area = last || document.querySelector("textarea[data-tokens]");
    if (!area) return;
    const from = area.selectionStart;
    let text = button.dataset.insert;
    if (button.hasAttribute("data-line")) {
      const before = area.value.slice(0, from);
      const after = area.value.slice(area.selectionEnd);
      text = (before && !before.endsWith("\n") ? "\n" : "") + text + (after && !after.startsWith("\n") ? "\n" : "");
    }
    area.setRangeText(text, from, area.selectionEnd, "end");
    area.focus();
    area.dispatchEvent(new Event("input", { bubbles: true }));
  });
})();
