// Puts the editor of a draft together: surfaces over the textareas, panel, card, saving, presence, findings
// and pages. Without this the form works as a plain one.
(function () {
  "use strict";
  const form = document.querySelector("[data-editor]");
  if (!form) return;
  document.body.classList.add("has-editor");
  const byId = (id) => document.getElementById(id);
  const panel = byId("figure-panel");
  const live = byId("editor-live");

  function say(words) {
    live.textContent = words;
  }

  panel.querySelectorAll("[data-kind]").forEach((item) => ReportFigures.add(ReportPanel.entryOf(item)));
  panel.querySelector("[data-plain]").remove();
  panel.querySelector("[data-finder]").hidden = false;
  ReportFigures.tell(JSON.parse(byId("told-values").textContent));

  const surfaces = Array.from(form.querySelectorAll("textarea[data-tokens]"), (area) => new ReportSurface(area));
  let current = surfaces[0]; // where figures go

  // --- figures into the text -------------------------------------------------------------------------
  const choosing = ReportPanel.attach(panel, {
    back: () => current.focus(),
    insert(entry, words) {
      current.focus();
      if (entry && entry.kind === "table") current.insertLine(words);
      else current.insert(words);
    },
  });
  const card = ReportCard.attach(byId("chip-card"), say);
  function callFigures(by) {
    choosing.call(current.place, by);
  }
  surfaces.forEach(function (surface) {
    const keys = ReportKeys.attach(surface, { openFigures: callFigures, openCard: card.enter });
    ReportClipboard.attach(surface);
    card.watch(surface, keys);
    surface.root.addEventListener("focus", function () {
      current = surface;
    });
  });
  form.querySelectorAll("[data-call-figures]").forEach(function (button) {
    button.addEventListener("mousedown", (event) => event.preventDefault()); // the caret stays in the text
    button.addEventListener("click", function () {
      current.focus();
      callFigures("");
    });
  });

  // --- saving, checking, printing ----------------------------------------------------------------------
  const title = form.elements.namedItem("title");
  const fields = new Map();
  fields.set("title", {
    label: "标题",
    box: title.closest("[data-box]"),
    get: () => title.value.replace(/\s*\n\s*/g, " "),
    receive(words) {
      title.value = words;
      title.dispatchEvent(new Event("input", { bubbles: true }));
    },
    isComposing: () => false,
  });
  surfaces.forEach(function (surface) {
    fields.set(surface.textarea.name, {
      label: surface.heading,
      box: surface.root.closest("[data-box]"),
      get: () => surface.text,
      receive: (words, own) => (own ? surface.replace(0, surface.text.length, words) : surface.receive(words)),
      isComposing: () => surface.composing,
    });
  });

  title.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault()); // one line

  const statusLine = byId("save-status");
  const pages = ReportPages.attach(byId("pane-pages"));
  const checked = ReportChecked.attach(form, {
    surfaces,
    told(values) {
      ReportFigures.tell(values);
      surfaces.forEach((surface) => surface.refresh());
    },
  });
  const saving = ReportSave.attach(form, fields, {
    say,
    status(kind, words) {
      statusLine.dataset.kind = kind;
      if (statusLine.textContent !== words) statusLine.textContent = words;
    },
    saved() {
      checked.soon();
      pages.soon();
    },
  });
  ReportPages.attachTabs(byId("draft-pane"), {
    opened(shown) {
      if (shown.id === "pane-pages") pages.soon(0);
      if (shown === panel) choosing.draw();
    },
  });

  // One click puts the true figure in place; the page stays where it is.
  form.addEventListener("click", function (event) {
    const button = event.target.closest("button[name=action][value^='mend:']");
    if (!button || saving.isRunning()) return;
    event.preventDefault();
    saving.run(button.value);
  });
  // What is read or decided elsewhere is what stands here: it is kept before the page is left.
  document.addEventListener("click", async function (event) {
    const link = event.target.closest("a[data-after-saving]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (!saving.isRunning() && !saving.isDirty()) return;
    event.preventDefault();
    for (let tries = 0; tries < 3 && (saving.isRunning() || saving.isDirty()); tries += 1) await saving.run();
    if (!saving.isDirty()) window.location.assign(link.href);
  });
  form.addEventListener("keydown", function (event) {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s") return;
    event.preventDefault();
    saving.run();
  });

  // --- others ------------------------------------------------------------------------------------------
  const boxes = Array.from(form.querySelectorAll("[data-box]"));
  ReportPresence.attach(form, {
    bar: byId("presence"),
    parts: boxes,
    partNow() {
      const box = document.activeElement && document.activeElement.closest("[data-box]");
      return box && form.contains(box) ? box.dataset.box : "";
    },
    version: () => saving.version,
    arrived: (answer) => saving.arrived(answer),
  });

  // A part that prints nothing has no number.
  function count() {
    surfaces.forEach((surface) => surface.root.closest("[data-box]").classList.toggle("is-empty", !surface.text.trim()));
    checked.mark();
  }
  form.addEventListener("input", count);
  count();
  saving.restore();
})();
