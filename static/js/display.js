// Applies the chosen size of text, contrast and motion before the first paint, and serves their buttons.
// They are display preferences of this browser, so they are kept in localStorage and not sent.
(function () {
  "use strict";
  const KEYS = { text: "text-size", contrast: "contrast", motion: "motion" }; // by name in data-display
  const root = document.documentElement;
  const sheet = document.getElementById("contrast");

  function stored(name) {
    try {
      return localStorage.getItem(KEYS[name]) || "";
    } catch (error) {
      return ""; // storage is forbidden in this browser: the standard it is
    }
  }

  function apply(name, value) {
    if (value) root.dataset[name] = value;
    else delete root.dataset[name];
    if (name === "contrast" && sheet) sheet.media = value ? "all" : "(prefers-contrast: more)";
    document.querySelectorAll('[data-display="' + name + '"]').forEach(function (button) {
      button.setAttribute("aria-pressed", String(button.dataset.value === value));
    });
  }

  function applyAll() {
    Object.keys(KEYS).forEach(function (name) {
      apply(name, stored(name));
    });
  }

  applyAll();

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("[data-needs-script]").forEach(function (part) {
      part.hidden = false;
    });
    applyAll();
  });

  document.addEventListener("click", function (event) {
    const button = event.target.closest("[data-display]");
    if (!button) return;
    try {
      localStorage.setItem(KEYS[button.dataset.display], button.dataset.value);
    } catch (error) {
      // the choice still holds for this page
    }
    apply(button.dataset.display, button.dataset.value);
  });

  // Escape closes an open menu and gives the focus back; pages without sign-in have this script only.
  document.addEventListener("keydown", function (event) {
    const menu = event.key === "Escape" && document.querySelector("details.menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
})();
