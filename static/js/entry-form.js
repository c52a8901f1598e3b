// Forms by keyboard: the first empty field has the focus, Enter goes on to the next one and saves in the
// last, Ctrl+Enter and Ctrl+S save, Alt+N saves and begins the next. Links of the summary of errors go to
// their fields. In text areas Enter stays Enter; pickers keep it for choosing.
(function () {
  "use strict";
  const PLAIN = /^(submit|button|reset|image|file|hidden)$/;

  function isThere(field) {
    return !field.disabled && field.getClientRects().length > 0;
  }

  // One stop for each group of boxes or dots.
  function fieldsOf(form) {
    const seen = new Set();
    return Array.from(form.querySelectorAll("input, select, textarea")).filter(function (field) {
      if (PLAIN.test(field.type) || !isThere(field) || field.readOnly) return false;
      if (field.closest(".many-paste, .ticks, .batch-by")) return false;
      if (field.type !== "checkbox" && field.type !== "radio") return true;
      if (seen.has(field.name)) return false;
      seen.add(field.name);
      return true;
    });
  }

  function stopOf(form, field) {
    const fields = fieldsOf(form);
    const at = fields.indexOf(field);
    if (at >= 0 || !/^(checkbox|radio)$/.test(field.type)) return [fields, at];
    return [fields, fields.findIndex((other) => other.name === field.name)];
  }

  function isEmpty(field, form) {
    if (field.type === "radio" || field.type === "checkbox")
      return !form.querySelector('[name="' + CSS.escape(field.name) + '"]:checked');
    return !field.value;
  }

  function saveButton(form) {
    return form.querySelector(".save-bar .btn-primary[type=submit]") || form.querySelector("button[type=submit]");
  }

  function send(form, button) {
    if (button && !button.disabled) form.requestSubmit(button);
  }

  function current() {
    const within = document.activeElement && document.activeElement.closest("form.record-form");
    return within || document.querySelector("form.record-form[data-guard]");
  }

  document.addEventListener("keydown", function (event) {
    if (event.defaultPrevented || window.EntryKeys.composing(event)) return;
    if (document.querySelector("dialog[open]")) return;
    const form = current();
    if (!form) return;
    const key = event.key.toLowerCase();
    if ((event.ctrlKey || event.metaKey) && !event.altKey && (key === "enter" || key === "s")) {
      event.preventDefault();
      send(form, saveButton(form));
    } else if (event.altKey && !event.ctrlKey && event.code === "KeyN") {
      const again = form.querySelector("button[name=next][value=again]");
      if (!again) return;
      event.preventDefault();
      send(form, again);
    } else if (key === "enter" && !event.shiftKey && !event.altKey && !event.ctrlKey && !event.metaKey) {
      goOn(event, form);
    }
  });

  function goOn(event, form) {
    const field = event.target;
    if (!form.contains(field) || !/^(INPUT|SELECT)$/.test(field.tagName) || PLAIN.test(field.type)) return;
    const [fields, at] = stopOf(form, field);
    if (at >= 0 || field.type === "checkbox") event.preventDefault(); // a box in a list of people sends nothing
    if (at < 0) return;
    if (at + 1 < fields.length) {
      fields[at + 1].focus();
      if (/^(text|search|tel|number)$/.test(fields[at + 1].type)) fields[at + 1].select();
    } else send(form, saveButton(form));
  }

  // Where the summary of errors has no focus of its own, the first field that is still empty gets it. On
  // a touch screen the keyboard would come up over the page.
  function begin() {
    const form = document.querySelector("form.record-form[data-guard]");
    const taken = document.querySelector("[autofocus]") || window.location.hash;
    if (!form || taken || form.hasAttribute("data-keep-focus")) return;
    if (window.matchMedia("(pointer: coarse)").matches) return;
    if (form.getBoundingClientRect().top > window.innerHeight) return; // what stands above is read first
    if (document.activeElement && document.activeElement !== document.body) return;
    const fields = fieldsOf(form);
    const first = fields.find((field) => isEmpty(field, form)) || fields[0];
    if (first) first.focus({ preventScroll: true });
  }

  // From an error to its field, also to one of several boxes, and out of a fold that is closed.
  document.addEventListener("click", function (event) {
    const link = event.target.closest(".error-summary a[href^='#']");
    if (!link) return;
    const id = decodeURIComponent(link.hash.slice(1));
    const box = document.getElementById(id) || document.getElementById("div_" + id);
    const named = document.querySelector('[name="' + CSS.escape(id.replace(/^id_/, "")) + '"]');
    const place = box || named;
    if (!place) return;
    event.preventDefault();
    for (let fold = place.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    const fits = place.matches("input:not([type=hidden]), select, textarea, [tabindex]");
    const field = fits ? place : place.querySelector("input:not([type=hidden]), select, textarea") || named;
    field.focus();
    field.scrollIntoView({ block: "center" });
  });

  const summary = document.querySelector(".error-summary[autofocus]");
  if (summary) summary.focus();
  else begin();
})();
