// Comforts of the screen 新办件: one press ticks all materials.
(function () {
  "use strict";

  function reveal(root) {
    root.querySelectorAll("[data-tick-all]").forEach(function (button) {
      button.hidden = false;
    });
  }

  document.addEventListener("click", function (event) {
    const button = event.target.closest("[data-tick-all]");
    if (!button) return;
    button.closest("section").querySelectorAll("input[type=checkbox]").forEach(function (box) {
      box.checked = true;
    });
    button.closest("form").dataset.touched = "yes";
  });

  document.addEventListener("htmx:afterSwap", function () {
    reveal(document);
  });
  reveal(document);
})();
