// The person picker: an ARIA combobox that asks the server and fills a hidden id.
// The server answers a POST of `q` with ledgers/_options.html.
(function () {
  "use strict";
  const WAIT_MS = 250;

  function setUp(picker) {
    const input = picker.querySelector("[role=combobox]");
    const value = picker.querySelector("[data-picker-value]");
    const list = picker.querySelector("[role=listbox]");
    const status = picker.querySelector(".picker-status");
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
      status.textContent = "已选定：" + option.dataset.label + (option.dataset.hint ? "，" + option.dataset.hint : "");
      close();
      value.dispatchEvent(new Event("change", { bubbles: true }));
    }

    function forget() {
      value.value = "";
      delete picker.dataset.chosen;
    }

    function show(found) {
      list.textContent = "";
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
      status.textContent = found.length
        ? "找到 " + found.length + " 条，用上下键选择，回车确定；没有列出的请再多输入几个字。"
        : "没有找到。请核对姓名或号码；尚未登记的请先登记。";
    }

    async function ask() {
      const q = input.value.trim();
      asked += 1;
      const mine = asked;
      if (!q) {
        close();
        status.textContent = "";
        return;
      }
      try {
        const response = await fetch(picker.dataset.searchUrl, {
          method: "POST",
          headers: { "X-CSRFToken": input.form.querySelector("[name=csrfmiddlewaretoken]").value },
          body: new URLSearchParams({ q: q }),
        });
        const page = new DOMParser().parseFromString(await response.text(), "text/html");
        const options = page.querySelector("[data-options]");
        if (!response.ok || !options) throw new Error("not a list of options"); // signed out, perhaps
        if (mine === asked) show(Array.from(options.children));
      } catch (error) {
        if (mine !== asked) return;
        close();
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
      if (event.isComposing) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (list.hidden) ask();
        else activate(event.key === "ArrowDown" ? active + 1 : active < 0 ? -1 : active - 1);
      } else if (event.key === "Enter" && !list.hidden) {
        event.preventDefault();
        if (active >= 0) choose(options()[active]);
        else if (options().length === 1) choose(options()[0]);
      } else if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        close();
      }
    });
    input.addEventListener("blur", close);
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
