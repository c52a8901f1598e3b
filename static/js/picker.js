// The person picker: an ARIA combobox that asks the server and fills a hidden id.
// The server answers a POST of `q` with ledgers/_options.html; of an empty one with whom the user dealt
// with last, which this page remembers while it is open and nothing else does.
(function () {
  "use strict";
  const WAIT_MS = 250;
  const recent = new Map(); // the answers to empty questions, by address

  function setUp(picker) {
    const input = picker.querySelector("[role=combobox]");
    const value = picker.querySelector("[data-picker-value]");
    const list = picker.querySelector("[role=listbox]");
    const status = picker.querySelector(".picker-status");
    const add = picker.querySelector("[data-picker-add]");
    const hint = status.textContent;
    let left = false; // gone to another window to register whom the box names
    let timer = 0;
    let asked = 0; // number of the latest question; late answers to earlier ones are dropped
    let active = -1;

    function options() {
      return Array.from(list.children);
    }

    function close() {
      list.hidden = true;
      list.textContent = "";
      active = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }

    function activate(index) {
      const all = options();
      if (!all.length) return;
      active = (index + all.length) % all.length;
      all.forEach(function (option, number) {
        option.setAttribute("aria-selected", String(number === active));
      });
      input.setAttribute("aria-activedescendant", all[active].id);
      all[active].scrollIntoView({ block: "nearest" });
    }

    function choose(option) {
      asked += 1;
      value.value = option.dataset.pk;
      input.value = option.dataset.label;
      picker.dataset.chosen = "yes";
      if (add) add.hidden = true;
      status.textContent = "已选定：" + option.dataset.label + (option.dataset.hint ? "，" + option.dataset.hint : "");
      close();
      value.dispatchEvent(new Event("change", { bubbles: true }));
    }

    function forget() {
      value.value = "";
      delete picker.dataset.chosen;
    }

    function show(found, isRecent) {
      list.textContent = "";
      if (add) add.hidden = isRecent || found.length > 0;
      found.forEach(function (given, number) {
        const option = document.createElement("li");
        option.id = list.id + "-" + number;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        Object.assign(option.dataset, given.dataset);
        const hint = document.createElement("span");
        hint.className = "hint";
        hint.textContent = given.dataset.hint;
        option.append(given.dataset.label, hint);
        list.append(option);
      });
      list.hidden = !found.length;
      input.setAttribute("aria-expanded", String(found.length > 0));
      active = -1;
      if (isRecent) status.textContent = found.length ? "近期办过的，用上下键选择；" + hint : hint;
      else if (found.length)
        status.textContent = "找到 " + found.length + " 条，用上下键选择，回车确定；没有列出的请再多输入几个字。";
      else status.textContent = "没有找到。请核对姓名或号码；尚未登记的请先登记。";
    }

    async function answer(q) {
      if (!q && recent.has(picker.dataset.searchUrl)) return recent.get(picker.dataset.searchUrl);
      const response = await fetch(picker.dataset.searchUrl, {
        method: "POST",
        headers: { "X-CSRFToken": input.form.querySelector("[name=csrfmiddlewaretoken]").value },
        body: new URLSearchParams({ q: q }),
      });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const options = page.querySelector("[data-options]");
      if (!response.ok || !options) throw new Error("not a list of options"); // signed out, perhaps
      const found = Array.from(options.children);
      if (!q) recent.set(picker.dataset.searchUrl, found);
      return found;
    }

    async function ask() {
      const q = input.value.trim();
      asked += 1;
      const mine = asked;
      try {
        const found = await answer(q);
        if (mine === asked && document.activeElement === input) show(found, !q);
      } catch (error) {
        if (mine !== asked) return;
        close();
        if (!q) return; // nothing was looked for
        status.textContent = "暂时无法查找。可以直接输入完整姓名或证件号码，保存时由系统核对。";
      }
    }

    input.addEventListener("input", function (event) {
      forget();
      window.clearTimeout(timer);
      if (event.isComposing) return; // wait for the input method to finish the word
      timer = window.setTimeout(ask, WAIT_MS);
    });
    input.addEventListener("compositionend", function () {
      window.clearTimeout(timer);
      timer = window.setTimeout(ask, WAIT_MS);
    });
    input.addEventListener("keydown", function (event) {
      if (event.isComposing || event.keyCode === 229) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (list.hidden) ask();
        else activate(event.key === "ArrowDown" ? active + 1 : active < 0 ? -1 : active - 1);
      } else if (event.key === "Enter" && !list.hidden) {
        if (active < 0 && !input.value.trim()) return close(); // nobody meant: on to the next field
        event.preventDefault();
        if (active >= 0) choose(options()[active]);
        else if (options().length === 1) choose(options()[0]);
      } else if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        close();
      }
    });
    input.addEventListener("blur", function () {
      asked += 1; // an answer that comes later opens nothing
      close();
    });
    // Whom the user dealt with last, as soon as the empty box is entered; not when the page opens on it.
    function offer() {
      if (list.hidden && !input.value && !input.disabled) ask();
    }
    input.addEventListener("click", offer);
    input.addEventListener("focus", function () {
      if (document.readyState === "complete" && picker.dataset.entered) offer();
      picker.dataset.entered = "yes";
    });
    if (add) {
      add.addEventListener("mousedown", (event) => event.preventDefault());
      add.addEventListener("click", function () {
        left = true;
      });
      window.addEventListener("focus", function () {
        if (!left || value.value) return;
        left = false;
        recent.clear();
        input.focus();
        ask();
      });
    }
    list.addEventListener("mousedown", function (event) {
      event.preventDefault(); // keep the focus, or blur would close the list before the click
      const option = event.target.closest("[role=option]");
      if (option) choose(option);
    });

    if (value.value) {
      picker.dataset.chosen = "yes";
      status.textContent = "已选定：" + input.value;
    }
  }

  document.querySelectorAll("[data-picker]").forEach(setUp);
})();
