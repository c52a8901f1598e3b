// What a chip stands for: its name, value and 口径 beside it, on hover and while it is chosen.
window.ReportCard = (function () {
  "use strict";
  const WAIT_MS = 250;

  function attach(card, say) {
    let timer = 0;
    let open = null; // {surface, chip}

    function part(name) {
      return card.querySelector("[data-card=" + name + "]");
    }

    function fill(surface, chip) {
      const token = chip.dataset.token;
      const { entry, name, told } = ReportFigures.about(token);
      part("name").textContent = name;
      part("told").textContent = told;
      part("definition").textContent = entry ? entry.definition : "";
      part("basis").textContent = entry && entry.basis ? "统计日期：" + entry.basis : "";
      const records = part("records");
      records.hidden = !entry || !entry.url;
      if (!records.hidden) records.href = entry.url;
      const forms = part("forms");
      forms.textContent = "";
      (entry && entry.kind === "figure" ? entry.forms : []).forEach(function (form) {
        if (form.token === token) return;
        const button = document.createElement("button");
        button.type = "button";
        button.className = "btn btn-sm";
        button.textContent = "换成“" + (form.told || form.says) + "”";
        button.title = form.says;
        button.addEventListener("click", () => swap(surface, chip, form.token));
        forms.append(button);
      });
    }

    function swap(surface, chip, token) {
      const index = Array.from(chip.parentNode.childNodes).indexOf(chip);
      const start = ReportChips.offsetOf(surface.root, chip.parentNode, index);
      hide();
      surface.focus();
      surface.replace(start, start + chip.dataset.token.length, token);
    }

    function show(surface, chip) {
      window.clearTimeout(timer);
      if (open && open.chip === chip && !card.hidden) return;
      open = { surface, chip };
      fill(surface, chip);
      card.hidden = false;
      const box = chip.getBoundingClientRect();
      const own = card.getBoundingClientRect();
      const left = Math.min(box.left, window.innerWidth - own.width - 12);
      const below = box.bottom + 6 + own.height < window.innerHeight;
      card.style.left = Math.max(12, left) + "px";
      card.style.top = (below ? box.bottom + 6 : Math.max(12, box.top - own.height - 6)) + "px";
    }

    function hide() {
      window.clearTimeout(timer);
      card.hidden = true;
      open = null;
    }

    function later(act) {
      window.clearTimeout(timer);
      timer = window.setTimeout(act, WAIT_MS);
    }

    card.addEventListener("mouseenter", () => window.clearTimeout(timer));
    card.addEventListener("mouseleave", () => later(hide));
    card.addEventListener("keydown", function (event) {
      if (event.key !== "Escape") return;
      const { surface } = open;
      hide();
      surface.focus();
    });
    card.addEventListener("focusout", function (event) {
      if (!card.contains(event.relatedTarget)) hide();
    });
    window.addEventListener("scroll", () => card.contains(document.activeElement) || hide(), { passive: true });

    return {
      hide,
      // By keyboard from the chosen chip into its card.
      enter() {
        const first = card.querySelector("a:not([hidden]), button");
        if (open && first) first.focus();
      },
      watch(surface, keys) {
        surface.root.addEventListener("mouseover", function (event) {
          const chip = ReportChips.chipOf(event.target);
          if (chip) later(() => chip.isConnected && show(surface, chip));
        });
        surface.root.addEventListener("mouseout", function (event) {
          if (ReportChips.chipOf(event.target)) later(hide);
        });
        document.addEventListener("selectionchange", function () {
          if (document.activeElement !== surface.root || surface.composing) return;
          const found = keys.chosen();
          surface.root.querySelectorAll(".is-chosen").forEach((chip) => chip.classList.remove("is-chosen"));
          if (!found) {
            if (open && open.surface === surface) hide();
            return;
          }
          const [node, index] = ReportChips.pointAt(surface.root, found.start);
          const range = document.createRange();
          range.setStart(node, index);
          const chip = Array.from(surface.root.querySelectorAll("[data-token]")).find(
            (each) => each.dataset.token === found.token && range.comparePoint(each, 0) >= 0,
          );
          if (!chip) return;
          chip.classList.add("is-chosen");
          show(surface, chip);
          const { entry, name, told } = ReportFigures.about(found.token);
          say(name + " " + told + "。" + (entry ? entry.definition : ""));
        });
      },
    };
  }

  return { attach };
})();
