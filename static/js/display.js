// Applies the chosen text size before the first paint, and serves the buttons of the user menu.
// The choice is a display preference of this browser, so it is kept in localStorage and not sent.
(function () {
  "use strict";
  const KEY = "text-size";
  const root = document.documentElement;

  function stored() {
    try {
      return localStorage.getItem(KEY) || "";
    } catch (error) {
      return ""; // storage is forbidden in this browser: the normal size it is
    }
  }

  function apply(size) {
    if (size) root.dataset.text = size;
    else delete root.dataset.text;
    document.querySelectorAll("[data-text-size]").forEach(function (button) {
      button.setAttribute("aria-pressed", String(button.dataset.textSize === size));
    });
  }

  apply(stored());

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("[data-needs-script]").forEach(function (part) {
      part.hidden = false;
    });
    apply(stored());
  });

  document.addEventListener("click", function (event) {
    const button = event.target.closest("[data-text-size]");
    if (!button) return;
    try {
      localStorage.setItem(KEY, button.dataset.textSize);
    } catch (error) {
      // the size still holds for this page
    }
    apply(button.dataset.textSize);
  });
})();
