// The figures to choose from: by name, initials of its pinyin, or code; in the pane beside the text, or at
// the caret when the keyboard asks for it (on a telephone: from below). Enter puts it into the text.
window.ReportPanel = (function () {
  "use strict";
  const MOST = 60; // options drawn at once

  // The list that came with the page, or from the server.
  function entryOf(item) {
    const words = (selector) => (item.querySelector(selector) || { textContent: "" }).textContent.trim();
    const link = item.querySelector("a");
    return {
      ...item.dataset, // kind, code, domain, measure, basis, initials, pinyin
      name: words("[data-name]"),
      definition: words("[data-definition]"),
      url: link ? link.href : "",
      forms: Array.from(item.querySelectorAll("[data-form]"), (form) => ({
        token: form.dataset.form,
        told: form.dataset.told || "",
        says: form.dataset.says || "",
      })),
    };
  }

  function attach(panel, { insert, back }) {
    const input = panel.querySelector("[role=combobox]");
    const list = panel.querySelector("[role=listbox]");
    const about = panel.querySelector("[data-about]");
    const which = panel.querySelector("[data-which]");
    const count = panel.querySelector("[data-count]");
    let found = [];
    let active = 0;
    let opener = ""; // "/" when that key opened it: pressed again it is written
    let asked = false; // for the figures of other departments

    function read(source) {
      source.querySelectorAll("[data-kind]").forEach((item) => ReportFigures.add(entryOf(item)));
    }

    function keep(entry) {
      const wanted = which.value;
      if (!wanted) return true;
      return wanted === entry.kind || wanted === entry.domain;
    }

    function draw() {
      found = ReportFigures.search(input.value.trim(), keep);
      list.textContent = "";
      found.slice(0, MOST).forEach(function (entry, index) {
        const option = document.createElement("li");
        const value = document.createElement("span");
        option.id = "figure-option-" + index;
        option.setAttribute("role", "option");
        option.className = "figure-option is-" + entry.kind;
        option.textContent = entry.name;
        value.className = "nums soft";
        value.textContent = entry.kind === "figure" ? entry.forms[0].told : entry.kind === "table" ? "表格" : "";
        option.append(value);
        list.append(option);
      });
      const more = found.length - MOST;
      count.textContent = !found.length ? "没有找到，换个说法试试。" : more > 0 ? "还有 " + more + " 个，请再输入几个字。" : "";
      activate(0);
    }

    function activate(index) {
      const options = Array.from(list.children);
      active = options.length ? (index + options.length) % options.length : -1;
      options.forEach((option, number) => option.setAttribute("aria-selected", String(number === active)));
      if (active < 0) input.removeAttribute("aria-activedescendant");
      else {
        input.setAttribute("aria-activedescendant", options[active].id);
        const { offsetTop, offsetHeight } = options[active];
        if (offsetTop < list.scrollTop) list.scrollTop = offsetTop;
        if (offsetTop + offsetHeight > list.scrollTop + list.clientHeight) {
          list.scrollTop = offsetTop + offsetHeight - list.clientHeight;
        }
      }
      explain(found[active]);
    }

    function explain(entry) {
      about.hidden = !entry || entry.kind !== "figure";
      if (about.hidden) return;
      about.querySelector("[data-name]").textContent = entry.name;
      about.querySelector("[data-definition]").textContent =
        entry.definition + (entry.basis ? " 统计日期：" + entry.basis + "。" : "");
      const records = about.querySelector("[data-records]");
      records.hidden = !entry.url;
      if (entry.url) records.href = entry.url;
      const forms = about.querySelector("[data-forms]");
      forms.textContent = "";
      const seen = new Set(); // of two ways that read the same one is enough
      entry.forms.forEach(function (form) {
        if (form.told && seen.has(form.told)) return;
        seen.add(form.told);
        const button = document.createElement("button");
        button.type = "button";
        button.className = "btn btn-sm";
        button.textContent = form.told ? form.told : form.says;
        button.title = form.says;
        button.setAttribute("aria-label", "插入" + (form.told || "") + "（" + form.says + "）");
        button.addEventListener("click", () => choose(entry, form.token));
        forms.append(button);
      });
      if (entry.isWhole !== "yes") complete(entry);
    }

    // The values that the page did not count: of other departments, and of the period before.
    async function complete(entry) {
      entry.isWhole = "yes";
      try {
        const response = await fetch(panel.dataset.figuresUrl + "?code=" + encodeURIComponent(entry.code));
        if (!response.ok) throw new Error(response.status);
        const page = new DOMParser().parseFromString(await response.text(), "text/html");
        const fresh = page.querySelector("[data-kind]");
        if (!fresh) return;
        Object.assign(entry, entryOf(fresh), { isWhole: "yes" });
        ReportFigures.learn(entry);
        const shown = list.children[active];
        if (found[active] !== entry || !shown) return;
        shown.querySelector("span").textContent = entry.forms[0].told;
        explain(entry);
      } catch (error) {
        entry.isWhole = ""; // without network: asked again when it is looked at again
      }
    }

    async function others() {
      if (asked) return;
      asked = true;
      try {
        const response = await fetch(panel.dataset.figuresUrl);
        if (!response.ok) throw new Error(response.status);
        read(new DOMParser().parseFromString(await response.text(), "text/html"));
        ReportFigures.domains().forEach(function (domain) {
          if (Array.from(which.options, (option) => option.value).includes(domain)) return;
          which.append(new Option(domain, domain));
        });
        draw();
      } catch (error) {
        asked = false;
      }
    }

    function choose(entry, token) {
      if (!entry) return;
      close();
      insert(entry, token || entry.forms[0].token);
    }

    function close() {
      panel.classList.remove("is-called");
      document.body.classList.remove("has-sheet");
      opener = "";
    }

    function leave() {
      close();
      back();
    }

    input.addEventListener("input", (event) => event.isComposing || draw());
    input.addEventListener("compositionend", draw);
    which.addEventListener("change", draw);
    input.addEventListener("focus", others);
    panel.addEventListener("keydown", function (event) {
      if (event.isComposing) return;
      if (event.key === "Escape") {
        event.preventDefault();
        leave();
        return;
      }
      if (event.target !== input) return;
      if (event.key === "ArrowDown") activate(active + 1);
      else if (event.key === "ArrowUp") activate(active - 1);
      else if (event.key === "Enter") {
        const entry = found[active];
        const bare = event.shiftKey && entry && entry.kind === "figure" && entry.forms[1];
        choose(entry, bare ? bare.token : "");
      } else if (event.key === "/" && opener === "/" && !input.value) {
        close();
        insert(null, "/");
      } else return;
      event.preventDefault();
    });
    list.addEventListener("mousedown", (event) => event.preventDefault()); // the focus stays where it is
    list.addEventListener("click", function (event) {
      const option = event.target.closest("[role=option]");
      if (option) choose(found[Array.from(list.children).indexOf(option)]);
    });
    list.addEventListener("mousemove", function (event) {
      const option = event.target.closest("[role=option]");
      const index = option ? Array.from(list.children).indexOf(option) : active;
      if (index !== active) activate(index);
    });
    document.addEventListener("mousedown", function (event) {
      if (panel.classList.contains("is-called") && !panel.contains(event.target)) close();
    });
    panel.querySelectorAll("[data-close]").forEach((button) => button.addEventListener("click", leave));

    return {
      draw,
      // `place` is the caret on the screen; where the panel stands in view already, it only gets the focus.
      call(place, by = "") {
        opener = by;
        input.value = "";
        if (panel.hidden || !panel.offsetParent || !isSeen(panel)) {
          panel.classList.add("is-called");
          document.body.classList.add("has-sheet");
          draw(); // as high as it will be
          const own = panel.getBoundingClientRect();
          const below = place.bottom + 8 + own.height < window.innerHeight || place.top < own.height;
          const left = Math.min(place.left, window.innerWidth - own.width - 12);
          panel.style.left = Math.max(12, left) + "px";
          panel.style.top = below ? place.bottom + 8 + "px" : "auto";
          panel.style.bottom = below ? "auto" : window.innerHeight - place.top + 8 + "px";
        } else draw();
        input.focus({ preventScroll: true });
      },
      close,
    };
  }

  function isSeen(element) {
    const { top, bottom } = element.getBoundingClientRect();
    return top < window.innerHeight - 200 && bottom > 100;
  }

  return { attach, entryOf };
})();
