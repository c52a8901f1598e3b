// The pages of the phone, kept sealed while there is network, so that they open without: this one as the
// server sent it, and those that it names. Registers the service worker, which holds no data at all.
(function () {
  "use strict";
  const store = self.OfflineStore;
  const run = self.OfflineRun;
  const page = document.querySelector("[data-offline-page]");
  // From here on scripts change it; what is kept is what came.
  const asItCame = page ? taken(document) : null;

  function taken(from) {
    const names = Array.from(from.querySelectorAll("script[data-offline-script]"), (each) => each.dataset.offlineScript);
    const kept = from.getElementById("content").cloneNode(true);
    kept.querySelectorAll(":scope > .notice:not([id])").forEach((message) => message.remove()); // said once
    return { html: kept.innerHTML, title: from.title, scripts: names };
  }

  async function fetched(path) {
    const answer = await fetch(path, { headers: { Accept: "text/html" }, redirect: "manual", cache: "no-store" });
    if (answer.status === 404 || answer.status === 403) return null;
    if (!answer.ok) throw new Error("not now");
    const found = new DOMParser().parseFromString(await answer.text(), "text/html");
    return found.querySelector("[data-offline-page]") ? taken(found) : null;
  }

  async function keepAll() {
    const me = await run.ready;
    if (!(await run.refreshPass())) return;
    // A page that shows what was refused or asks for a correction is not what one begins with.
    if (!page.dataset.answer) await store.keepPage(me, window.location.pathname, asItCame);
    const also = (page.dataset.also || "").split(" ").filter(Boolean);
    for (const path of also) {
      if (path === window.location.pathname) continue;
      const found = await fetched(path);
      if (found) await store.keepPage(me, path, found);
      else await store.dropPage(me, path);
    }
    page.dataset.kept = "yes";
    const told = document.querySelector("[data-offline-kept]");
    if (told) told.hidden = false;
    if (self.OfflineBox) self.OfflineBox.draw();
  }

  if (navigator.serviceWorker) navigator.serviceWorker.register("/sw.js").catch(function () {});
  if (asItCame) keepAll().catch(function () {}); // no storage, or no network any more
})();
