// Keyboard for the search box of the top bar: / or Ctrl+K goes there from anywhere (/ on a list goes to the
// list's own box), ↓ enters the results, ↑ and ↓ move, Escape closes.
(function () {
  "use strict";
  const box = document.querySelector("[data-search]");
  if (!box) return;
  const input = box.querySelector("input[name=q]");
  const results = box.querySelector(".search-results");

  function close() {
    results.textContent = "";
  }

  function move(step) {
    const links = Array.from(results.querySelectorAll("a"));
    if (!links.length) return false;
    const next = links.indexOf(document.activeElement) + step;
    if (next < 0) input.focus();
    else links[Math.min(next, links.length - 1)].focus();
    return true;
  }

  box.addEventListener("keydown", function (event) {
    if (event.isComposing) return; // the keys belong to the pinyin input method
    if (event.key === "Escape") {
      close();
      input.focus();
    } else if (event.key === "ArrowDown" && move(1)) {
      event.preventDefault();
    } else if (event.key === "ArrowUp" && document.activeElement !== input && move(-1)) {
      event.preventDefault();
    }
  });

  function isTyping(element) {
    return element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);
  }

  document.addEventListener("keydown", function (event) {
    if (event.isComposing || event.keyCode === 229 || event.altKey || event.metaKey) return;
    if (document.querySelector("dialog[open]")) return;
    const slash = event.key === "/" && !event.ctrlKey && !isTyping(event.target);
    const ctrlK = event.key.toLowerCase() === "k" && event.ctrlKey;
    if (!slash && !ctrlK) return;
    event.preventDefault();
    const target = (slash && document.getElementById("ledger-search")) || input;
    target.focus();
    target.select();
  });

  document.addEventListener("click", function (event) {
    if (!box.contains(event.target)) close();
  });
  box.addEventListener("focusout", function (event) {
    if (event.relatedTarget && !box.contains(event.relatedTarget)) close();
  });
  document.addEventListener("htmx:beforeSwap", function (event) {
    // An answer that arrives after the box was emptied is stale.
    if (event.detail.target === results && !input.value.trim()) event.detail.shouldSwap = false;
  });
  input.addEventListener("input", function () {
    if (!input.value.trim()) close();
  });
})();
