// Comforts on top of pages that work without them: one submit per form, a warning before typed
// text is lost, and plain words when a request fails.
(function () {
  "use strict";
  const RESEND_AFTER_MS = 8000; // a download leaves the page in place; its form is usable again

  function say(text) {
    const box = document.getElementById("trouble");
    if (!box) return;
    box.querySelector("[data-text]").textContent = text;
    box.hidden = false;
  }

  document.addEventListener("submit", function (event) {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented || form.hasAttribute("hx-post")) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    form.dataset.clean = "yes";
    window.setTimeout(function () {
      delete form.dataset.sent;
    }, RESEND_AFTER_MS);
  });

  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(function (form) {
      delete form.dataset.sent;
    });
  });

  // A form marked data-guard asks before typed text is thrown away.
  document.addEventListener("input", function (event) {
    const form = event.target.closest("form[data-guard]");
    if (form) form.dataset.touched = "yes";
  });
  window.addEventListener("beforeunload", function (event) {
    if (document.querySelector("form[data-touched]:not([data-clean])")) event.preventDefault();
  });

  // Menus: a click elsewhere closes them (Escape: display.js).
  document.addEventListener("click", function (event) {
    document.querySelectorAll("details.menu[open]").forEach(function (menu) {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });
  // On a narrow screen the filters start closed, unless some are in use.
  if (window.matchMedia("(max-width: 719.98px)").matches) {
    document.querySelectorAll("details.filters:not([data-in-use])").forEach(function (filters) {
      filters.open = false;
    });
  }

  // The menu is long: it starts where the current page stands in it.
  const current = document.querySelector(".sidebar nav [aria-current]");
  if (current) {
    const menu = current.closest("nav");
    const below = current.getBoundingClientRect().bottom - menu.getBoundingClientRect().bottom;
    if (below > 0) menu.scrollTop += below + menu.clientHeight / 3;
  }

  // A whole page in answer to a fragment request means that the session ended: show that page.
  document.addEventListener("htmx:beforeSwap", function (event) {
    if (/^\s*<!doctype/i.test(event.detail.xhr.responseText)) {
      event.detail.shouldSwap = false;
      window.location.reload();
    }
  });
  document.addEventListener("htmx:responseError", function (event) {
    const status = event.detail.xhr.status;
    if (status === 403) say("您没有查看这些内容的权限，或登录已过期，请刷新页面后再试。");
    else if (status === 404) say("没有找到要查看的内容，可能已被删除或移出您的管辖范围。");
    else say("服务暂时没有正常答复，请稍后再试；多次出现请联系系统管理员。");
  });
  document.addEventListener("htmx:sendError", function () {
    say("网络不通，内容没有送达，请检查网络后再试。");
  });
})();
