// Keys of every page: ? the sheet of keys, g n what may be begun, g h home, g d drafts; on lists n, j, k.
// None acts while something is typed, nor while an input method composes a word.
(function () {
  "use strict";
  const SECOND_KEY_MS = 1500;
  const sheet = document.getElementById("keys");
  const quick = document.querySelector("[data-quick-add]");
  let afterG = 0;

  window.EntryKeys = {
    // The key belongs to the input method: some browsers say so only by the code 229.
    composing: (event) => event.isComposing || event.keyCode === 229,
    typing: (element) =>
      element.isContentEditable ||
      element.tagName === "TEXTAREA" ||
      element.tagName === "SELECT" ||
      (element.tagName === "INPUT" && !/^(checkbox|radio|button|submit|file|reset)$/.test(element.type)),
  };

  function openSheet() {
    if (sheet && !sheet.open) sheet.showModal();
  }

  function openQuick() {
    if (!quick) return;
    quick.open = true;
    (quick.querySelector("[data-quick-find]") || quick.querySelector("a")).focus();
  }

  function rows() {
    return Array.from(document.querySelectorAll("#rows table.records .record-link"));
  }

  function moveRow(step) {
    const links = rows();
    if (!links.length) return false;
    const now = links.indexOf(document.activeElement);
    const next = now < 0 ? (step > 0 ? 0 : links.length - 1) : now + step;
    links[Math.max(0, Math.min(next, links.length - 1))].focus();
    return true;
  }

  function second(key) {
    afterG = 0;
    if (key === "n") openQuick();
    else if (key === "h") window.location.assign(document.querySelector(".brand").href);
    else if (key === "d") {
      const drafts = document.querySelector("[data-drafts-link]");
      if (drafts) window.location.assign(drafts.href);
    } else return false;
    return true;
  }

  function act(key) {
    if (Date.now() - afterG < SECOND_KEY_MS) return second(key);
    if (key === "?" || key === "？") openSheet();
    else if (key === "g") afterG = Date.now();
    else if (key === "j" || key === "k") return moveRow(key === "j" ? 1 : -1);
    else if (key === "n") {
      const link = document.querySelector("[data-key-new]");
      if (!link) return false;
      window.location.assign(link.href);
    } else return false;
    return true;
  }

  document.addEventListener("keydown", function (event) {
    if (event.defaultPrevented || window.EntryKeys.composing(event)) return;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (window.EntryKeys.typing(event.target) || document.querySelector("dialog[open]")) return;
    if (act(event.key)) event.preventDefault();
  });

  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-keys-open]")) {
      const menu = event.target.closest("details.menu");
      if (menu) menu.open = false;
      openSheet();
    } else if (event.target === sheet) sheet.close(); // beside the sheet
  });

  // The menu of what may be begun: typed words narrow it, ↓ and ↑ move, Enter opens the only one.
  if (!quick) return;
  const find = quick.querySelector("[data-quick-find]");
  const none = quick.querySelector("[data-quick-none]");

  function links() {
    return Array.from(quick.querySelectorAll("li:not([hidden]) a"));
  }

  find.addEventListener("input", function () {
    const word = find.value.trim();
    quick.querySelectorAll("li").forEach(function (item) {
      item.hidden = !item.textContent.includes(word);
    });
    quick.querySelectorAll("[data-quick-group]").forEach(function (group) {
      group.hidden = !group.querySelector("li:not([hidden])");
    });
    none.hidden = links().length > 0;
  });
  quick.addEventListener("keydown", function (event) {
    if (window.EntryKeys.composing(event)) return;
    const found = links();
    const now = found.indexOf(document.activeElement);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const next = event.key === "ArrowDown" ? now + 1 : now - 1;
      if (next < 0) find.focus();
      else if (next < found.length) found[next].focus();
    } else if (event.key === "Enter" && event.target === find) {
      event.preventDefault();
      if (found.length) found[0].click();
    }
  });
  quick.addEventListener("toggle", function () {
    if (quick.open && !quick.contains(document.activeElement)) find.focus();
  });
})();
