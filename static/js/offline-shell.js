// Stands in for any page while there is no network: opens the kept one, if whoever holds this phone's pass
// kept it; else says what there is. The page itself holds no data.
(async function () {
  "use strict";
  const store = self.OfflineStore;
  const main = document.getElementById("content");
  const addresses = JSON.parse(document.getElementById("addresses").textContent);

  function load(name) {
    return new Promise(function (done) {
      const script = document.createElement("script");
      script.src = addresses[name];
      script.async = false;
      script.onload = script.onerror = done;
      document.head.append(script);
    });
  }

  async function show(page) {
    document.title = page.title;
    main.innerHTML = page.html;
    main.querySelectorAll("[data-needs-script]").forEach((part) => (part.hidden = false));
    for (const name of page.scripts.filter((each) => each in addresses)) await load(name);
  }

  const part = (name) => document.querySelector("[data-shell=" + name + "]");

  async function told(pass) {
    part("none").hidden = false;
    const rows = await store.heads();
    if (rows.length) part("waiting").hidden = false;
    part("waiting").querySelector("[data-count]").textContent = rows.length;
    if (!pass) {
      part("locked").hidden = false;
      return;
    }
    const pages = await store.pages(pass.user);
    const titles = await Promise.all(pages.map((row) => store.openPage(row.user, row.path)));
    const list = part("pages");
    titles.forEach(function (page, number) {
      const link = document.createElement("a");
      link.href = pages[number].path;
      link.className = "field-run";
      link.textContent = page.title.split(" · ")[0];
      const line = document.createElement("li");
      line.append(link);
      list.append(line);
    });
    part("kept").hidden = !titles.length;
  }

  window.addEventListener("online", function () {
    part("back").hidden = false;
  });
  part("again").addEventListener("click", () => window.location.reload());
  try {
    const pass = await store.pass();
    const page = pass && (await store.openPage(pass.user, window.location.pathname));
    if (page) await show(page);
    else await told(pass);
  } catch {
    part("none").hidden = false;
  }
  document.body.dataset.ready = "yes";
})();
