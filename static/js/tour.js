// The step of a tour: frames the part of the page that it speaks of and takes the focus; Escape ends
// the framing. Without a script the step is read as it stands.
(function () {
  "use strict";
  const step = document.querySelector("[data-tour-spot]");
  const spot = document.querySelector(step.dataset.tourSpot);
  const shown = spot && spot.getClientRects().length;
  if (shown) {
    spot.classList.add("tour-spot");
    spot.scrollIntoView({ block: "nearest" });
  }
  step.focus({ preventScroll: true });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && shown) spot.classList.remove("tour-spot");
  });
})();
