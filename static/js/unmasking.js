// A full number is shown for so many seconds, and no longer than the page is looked at.
(function () {
  "use strict";

  document.querySelectorAll("[data-reveal]").forEach(function (box) {
    const value = box.querySelector("[data-reveal-value]");
    const told = box.querySelector("[data-reveal-told]");
    const until = Date.now() + Number(box.dataset.reveal) * 1000;

    function cover() {
      value.textContent = box.dataset.revealInstead;
      told.textContent = "已重新遮盖。需要再看，请返回后重新说明用途。";
      clearInterval(ticking);
    }

    // By the clock: a page in the background hardly ticks.
    const ticking = setInterval(function () {
      if (Date.now() >= until) cover();
    }, 500);
    window.addEventListener("pagehide", cover);
    document.addEventListener("visibilitychange", function () {
      if (document.visibilityState === "visible" && Date.now() >= until) cover();
    });
  });
})();
