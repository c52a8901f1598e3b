// Comforts of the grids of marks, which work without them: arrow keys walk from cell to cell, single
// keys set a mark, and a whole day or list is filled where it is still empty.
(function () {
  "use strict";
  const KEYS = { p: "P", 1: "P", l: "L", 2: "L", a: "A", 3: "A", 0: "", Delete: "", Backspace: "" };
  const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0], Enter: [1, 0] };

  function set(select, value) {
    if (select.value === value) return;
    select.value = value;
    select.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function cellAt(table, row, column) {
    const line = table.tBodies[0].rows[row];
    return line && line.cells[column];
  }

  // The next cell in this direction that can be marked; days before an enrolment are passed over.
  function neighbour(select, [down, right]) {
    const cell = select.closest("td");
    const table = select.closest("table");
    let row = cell.parentElement.sectionRowIndex;
    let column = cell.cellIndex;
    for (;;) {
      row += down;
      column += right;
      const next = cellAt(table, row, column);
      if (!next) return null;
      const found = next.querySelector("select.mark");
      if (found) return found;
    }
  }

  document.addEventListener("keydown", function (event) {
    const select = event.target.closest("select.mark");
    if (!select || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (key in STEPS) {
      event.preventDefault();
      const next = neighbour(select, STEPS[key]);
      if (next) next.focus();
    } else if (key in KEYS) {
      event.preventDefault();
      set(select, KEYS[key]);
      const next = neighbour(select, STEPS.ArrowDown);
      if (next) next.focus();
    }
  });

  document.addEventListener("click", function (event) {
    const day = event.target.closest("[data-fill-column]");
    if (day) {
      const column = Number(day.dataset.fillColumn) + 1;
      for (const row of day.closest("table").tBodies[0].rows) {
        const select = row.cells[column].querySelector("select.mark");
        if (select && select.value === "") set(select, day.dataset.fill);
      }
    }
    const all = event.target.closest("[data-fill-all]");
    if (all) {
      all.closest("form").querySelectorAll("fieldset.marks-choice:not(:disabled)").forEach(function (choice) {
        if (choice.querySelector("input:checked")) return;
        const input = choice.querySelector('input[value="' + all.dataset.fillAll + '"]');
        input.checked = true;
        input.dispatchEvent(new Event("input", { bubbles: true }));
      });
    }
  });

  document.querySelectorAll("[data-fill-all]").forEach(function (button) {
    button.hidden = false;
  });
})();
