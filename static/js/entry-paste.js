// A table copied from a spreadsheet and pasted into a cell of 登记多条 fills the cells from there on: it goes
// to the server, which reads it as an import does and gives the page back with what did not fit at its cell.
(function () {
  "use strict";
  const form = document.querySelector("form.many");
  if (!form) return;
  const text = form.querySelector("[data-paste-text]");
  const place = form.querySelector("[data-paste-at]");
  const button = form.querySelector("[data-paste-button]");

  form.addEventListener("paste", function (event) {
    const field = event.target;
    if (field === text || !field.name || !field.closest(".many-lines")) return;
    const pasted = (event.clipboardData || window.clipboardData).getData("text/plain");
    // One cell, or a few lines of text for a text area, is pasted as ever.
    const table = pasted.includes("\t") || (/\n./.test(pasted.trim()) && field.tagName !== "TEXTAREA");
    if (!table) return;
    event.preventDefault();
    text.value = pasted;
    place.value = field.name;
    form.requestSubmit(button);
  });
})();
