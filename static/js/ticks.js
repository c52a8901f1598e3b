// People to tick: finds in the list, narrows it, ticks all that is listed, and tells how many are.
// Names are found by their characters, whole pinyin or initials; nothing is asked of the server.
(function () {
  "use strict";

  // Pinyin is found from its beginning: "fa" is no part of "huangwenfa".
  function named(row, word) {
    return row.dataset.words.includes(/^[a-z]+$/.test(word) ? "|" + word : word);
  }

  function setUp(box) {
    const measure = box.dataset.ticks || "人";
    const find = box.querySelector("[data-ticks-find]");
    const told = box.querySelector("[data-ticks-told]");
    const nobody = box.querySelector("[data-ticks-nobody]");
    const narrow = Array.from(box.querySelectorAll("[data-ticks-narrow]"));
    const rows = Array.from(box.querySelectorAll(".ticks-list > li"));

    function tick(row) {
      return row.querySelector("input");
    }

    function listed() {
      return rows.filter(function (row) {
        return !row.hidden;
      });
    }

    function tell() {
      const ticked = rows.filter(function (row) {
        return tick(row).checked;
      }).length;
      told.textContent = "已选 " + ticked + " " + measure + "；名单 " + rows.length + " " + measure + "，列出 " + listed().length + " " + measure + "。";
    }

    function fits(row, word) {
      const keys = row.dataset.keys.split(";");
      const wanted = narrow.every(function (select) {
        if (!select.value) return true;
        return (keys[Number(select.dataset.ticksNarrow)] || "").split(",").includes(select.value);
      });
      return wanted && (!word || named(row, word));
    }

    function list() {
      const word = find.value.trim().toLowerCase();
      rows.forEach(function (row) {
        row.hidden = !fits(row, word);
      });
      nobody.hidden = listed().length > 0;
      tell();
    }

    function set(which, checked) {
      which.forEach(function (row) {
        tick(row).checked = checked;
      });
      box.dispatchEvent(new Event("input", { bubbles: true }));
      tell();
    }

    find.addEventListener("input", list);
    // Enter ticks the only one listed and makes ready for the next name; it never sends the form.
    find.addEventListener("keydown", function (event) {
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      const found = listed();
      if (found.length !== 1) return;
      set(found, true);
      find.value = "";
      list();
    });
    narrow.forEach(function (select) {
      select.addEventListener("change", list);
    });
    box.querySelector("[data-ticks-all]").addEventListener("click", function () {
      set(listed(), true);
    });
    box.querySelector("[data-ticks-none]").addEventListener("click", function () {
      set(rows, false);
    });
    box.querySelector(".ticks-list").addEventListener("change", tell);

    box.querySelector("[data-ticks-bar]").hidden = false;
    told.hidden = false;
    list();
  }

  document.querySelectorAll("[data-ticks]").forEach(setUp);
})();
