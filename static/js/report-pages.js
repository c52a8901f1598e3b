// The pane beside the text: its tabs, and the draft as printed pages, drawn by the server from the very
// PDF. Fetched only while it is looked at; typing never waits for it.
window.ReportPages = (function () {
  "use strict";
  const WAIT_MS = 1500;
  const REMEMBERS = "draft-pane";

  function attachTabs(pane, { opened }) {
    const tabs = Array.from(pane.querySelectorAll("[role=tab]"));
    const panelOf = (tab) => document.getElementById(tab.getAttribute("aria-controls"));

    function choose(tab, focus) {
      tabs.forEach(function (each) {
        const is = each === tab;
        each.setAttribute("aria-selected", String(is));
        each.tabIndex = is ? 0 : -1;
        panelOf(each).hidden = !is;
      });
      if (focus) tab.focus();
      try {
        window.localStorage.setItem(REMEMBERS, tab.id);
      } catch (error) {
        // not remembered
      }
      opened(panelOf(tab));
    }

    pane.querySelector("[role=tablist]").hidden = false;
    tabs.forEach(function (tab, index) {
      tab.addEventListener("click", () => choose(tab));
      tab.addEventListener("keydown", function (event) {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (!step) return;
        event.preventDefault();
        choose(tabs[(index + step + tabs.length) % tabs.length], true);
      });
    });
    // A link of this page into a tab that is not shown opens it.
    document.addEventListener("click", function (event) {
      const link = event.target.closest("a[href^='#']");
      const target = link && document.getElementById(link.hash.slice(1));
      const tab = target && tabs.find((each) => panelOf(each).contains(target));
      if (tab) choose(tab);
    });
    let last = null;
    try {
      last = document.getElementById(window.localStorage.getItem(REMEMBERS));
    } catch (error) {
      // as new
    }
    const aimed = window.location.hash && document.getElementById(window.location.hash.slice(1));
    const asked = aimed && tabs.find((tab) => panelOf(tab).contains(aimed));
    choose(asked || (tabs.includes(last) ? last : tabs[0]));
    return { choose: (id) => choose(document.getElementById(id)) };
  }

  function attach(panel) {
    const list = panel.querySelector("[data-pages]");
    const note = panel.querySelector("[data-pages-note]");
    let timer = 0;
    let running = false;
    let again = false;
    let tag = "";

    function draw(answer) {
      const scale = list.scrollTop;
      answer.pages.forEach(function (page, index) {
        let image = list.children[index] && list.children[index].querySelector("img");
        if (!image) {
          const item = document.createElement("li");
          image = document.createElement("img");
          image.width = answer.width;
          image.height = answer.height;
          item.append(image);
          list.append(item);
        }
        image.alt = "第 " + (index + 1) + " 页，共 " + answer.count + " 页";
        if (image.dataset.hash === page.hash) return;
        image.dataset.hash = page.hash;
        image.src = page.src;
      });
      while (list.children.length > answer.pages.length) list.lastElementChild.remove();
      list.scrollTop = scale;
      const left = answer.count - answer.pages.length;
      const rest = left > 0 ? "，这里显示前 " + answer.pages.length + " 页，其余请看“PDF 预览”" : "";
      note.textContent = "共 " + answer.count + " 页" + rest + " · 每页 " + answer.lines + " 行 × " + answer.characters + " 字";
    }

    async function look() {
      if (panel.hidden || !panel.offsetParent) return;
      if (running) {
        again = true;
        return;
      }
      running = true;
      panel.setAttribute("aria-busy", "true");
      try {
        const headers = tag ? { "If-None-Match": tag } : {};
        const response = await fetch(panel.dataset.pagesUrl, { headers });
        if (response.status !== 304) {
          if (!response.ok || response.redirected) throw new Error(response.status);
          tag = response.headers.get("ETag") || "";
          draw(await response.json());
        }
      } catch (error) {
        note.textContent = "打印页暂时没有生成，保存后会再试；也可以打开“PDF 预览”。";
      } finally {
        running = false;
        panel.removeAttribute("aria-busy");
        if (again) soon();
        again = false;
      }
    }

    function soon(wait = WAIT_MS) {
      window.clearTimeout(timer);
      timer = window.setTimeout(look, wait);
    }

    return { soon };
  }

  return { attach, attachTabs };
})();
