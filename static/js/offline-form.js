// The forms of the phone (data-offline names their kind): what is typed is kept sealed at every touch,
// a saved one waits in the queue, and the form is ready for the next at once. Without this script, or
// without sealed storage, the same forms ask the server.
(function () {
  "use strict";
  const store = self.OfflineStore;
  const run = self.OfflineRun;
  const box = self.OfflineBox;
  const NOT_SENT = ["csrfmiddlewaretoken", "_key", "key", "typed_at", "photos"];
  const ZONE = "Asia/Shanghai"; // whatever the phone is set to
  const KEEP_AFTER_MS = 300;
  let me = "";

  const nowHere = () => new Date().toLocaleString("sv-SE", { timeZone: ZONE }).replace(" ", "T").slice(0, 16);

  function Entry(form) {
    const kind = form.dataset.offline;
    const draftId = [me, kind, form.dataset.slip].join(":");
    let key = store.newKey();
    let touched = false;
    let saving = false;
    let timer = 0;

    const photos = form.elements.namedItem("photos")
      ? self.OfflinePhotos.of(form, { changed: keepSoon, say: box.say })
      : { all: () => [], set: () => {}, settled: () => Promise.resolve() };

    const parts = () => Array.from(form.elements).filter((each) => each.name && !NOT_SENT.includes(each.name));

    function fields() {
      return Array.from(new FormData(form)).filter(([name, value]) => !NOT_SENT.includes(name) && typeof value === "string");
    }

    function fill(kept) {
      parts().forEach(function (each) {
        const said = kept.filter(([name]) => name === each.name).map(([, value]) => value);
        if (each.type === "checkbox" || each.type === "radio") each.checked = said.includes(each.value);
        else if (each.tagName === "SELECT" || each.type !== "hidden") each.value = said.length ? said[0] : "";
      });
    }

    // A page that was kept yesterday says yesterday: today is meant.
    function freshen() {
      form.querySelectorAll("input[type=date]").forEach(function (each) {
        const isAsItCame = each.defaultValue === form.dataset.today && each.value === each.defaultValue;
        if (isAsItCame) each.value = nowHere().slice(0, 10);
      });
    }

    async function keep() {
      window.clearTimeout(timer);
      if (!touched || saving) return;
      await store.keepDraft({ id: draftId, user: me, key, fields: fields(), photos: photos.all(), at: Date.now() });
    }

    function keepSoon() {
      touched = true;
      window.clearTimeout(timer);
      timer = window.setTimeout(() => keep().catch(cannotKeep), KEEP_AFTER_MS);
    }

    function begin() {
      form.reset();
      form.dataset.clean = "yes";
      freshen();
      photos.set([]);
      key = store.newKey();
      touched = false;
      form.querySelectorAll("[data-listed]").forEach((list) => list.dispatchEvent(new Event("listed:reset")));
    }

    function resume(kept) {
      key = kept.key;
      fill(kept.fields);
      photos.set(kept.photos);
      touched = true;
      const fold = form.querySelector("details");
      if (fold) fold.open = true;
    }

    function told() {
      const words = Array.from(form.querySelectorAll("[data-tell]"), function (each) {
        if (each.tagName === "SELECT") return each.value ? each.selectedOptions[0].textContent.trim() : "";
        return each.value.replace("T", " ");
      });
      return words.filter(Boolean).join(" · ");
    }

    // What the form itself can see is wrong; the rest the server says later.
    function wrong() {
      const list = Array.from(form.querySelectorAll("[data-listed][data-required]")).find(
        (each) => !each.querySelector("select").value && !each.querySelector("input[type=text]").value.trim(),
      );
      if (list) return [list.querySelector("select"), "请选择" + list.dataset.asked + "，名单里没有的写姓名。"];
      const some = "some" in form.dataset && !parts().some((each) => ["radio", "checkbox"].includes(each.type) && each.checked);
      return some ? [form, "请至少选一个人。"] : null;
    }

    async function save() {
      await photos.settled();
      if (saving || !form.reportValidity()) return;
      const found = wrong();
      if (found) {
        box.say(found[1]);
        if (found[0].focus) found[0].focus();
        return;
      }
      saving = true;
      window.clearTimeout(timer);
      form.querySelectorAll("[data-now]").forEach((each) => (each.value = each.value || nowHere()));
      const item = {
        key,
        user: me,
        kind,
        state: "waiting",
        at: Date.now(),
        page: window.location.pathname,
        slip: form.dataset.slip,
        title: form.dataset.title,
        told: "",
        of: told(),
        fields: fields(),
        photos: photos.all(),
      };
      if (!(await store.pass())) await run.refreshPass();
      await store.enqueue(item, draftId);
      begin();
      box.say("已记下：" + [item.title, item.of].filter(Boolean).join(" · ") + "。");
      form.closest("section, .panel").scrollIntoView({ block: "start" });
      await box.draw();
      run.pump();
    }

    function cannotKeep() {
      box.say("现在不能存在本机，请联网后保存；不要关闭本页。");
    }

    form.noValidate = true;
    form.classList.add("is-scripted");
    form.addEventListener("input", (event) => event.target.type !== "file" && keepSoon());
    window.addEventListener("pagehide", () => keep().catch(function () {}));
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      event.stopImmediatePropagation();
      save()
        .catch(async function () {
          const pass = await store.pass();
          box.say(pass ? "本机存不下了，没有保存；请先删去照片或腾出空间再试。" : "离线使用的时间已过，没有保存；请联网登录后再保存，不要关闭本页。");
        })
        .finally(() => (saving = false));
    });
    freshen();
    return { form, draftId, resume };
  }

  // A short list from which one chooses, narrowed by what is typed above it.
  function narrow(list) {
    const select = list.querySelector("select");
    const filter = list.querySelector("[data-filter]");
    const options = Array.from(select.options);
    function show() {
      const words = filter.value.trim().toLowerCase();
      const chosen = select.value;
      select.replaceChildren(...options.filter((each) => !each.value || each.textContent.toLowerCase().includes(words)));
      select.value = options.some((each) => each.value === chosen) ? chosen : "";
      const found = Array.from(select.options).filter((each) => each.value);
      if (words && found.length === 1) select.value = found[0].value;
      list.querySelector("[data-found]").textContent = words ? "名单中有 " + found.length + " 人" : "";
    }
    filter.closest("[hidden]")?.removeAttribute("hidden");
    filter.addEventListener("input", show);
    list.addEventListener("listed:reset", function () {
      filter.value = "";
      show();
    });
  }

  // An entry that is to be put right comes back into its form, where none is being typed.
  async function takeUp(asked, forms) {
    const rows = asked ? await store.heads() : [];
    const row = rows.find((each) => each.key === asked && each.user === me && each.state !== "sent");
    const item = row && (await store.openEntry(row));
    const entry = item && forms.find(({ form }) => form.dataset.offline === item.kind && form.dataset.slip === item.slip);
    if (!entry) return;
    if (await store.draft(entry.draftId).catch(() => null)) {
      box.say("请先保存或放弃正在填写的内容，再改正那一条。");
      return;
    }
    const draft = { id: entry.draftId, user: me, key: item.key, fields: item.fields, photos: item.photos, at: Date.now() };
    await store.reopen(item.key, draft);
    entry.resume(draft);
    if (item.reason) box.say("请改正：" + item.reason);
    await box.draw();
    entry.form.scrollIntoView({ block: "start" });
  }

  async function start() {
    me = await run.ready;
    const forms = Array.from(document.querySelectorAll("form[data-offline]"), Entry);
    document.querySelectorAll("[data-listed]").forEach(narrow);
    for (const entry of forms) {
      const kept = await store.draft(entry.draftId).catch(() => null);
      if (kept) entry.resume(kept);
    }
    document.addEventListener("offline:correct", function (event) {
      event.preventDefault();
      takeUp(event.detail, forms);
    });
    await takeUp(new URLSearchParams(window.location.search).get("correct"), forms);
    if (window.location.search) window.history.replaceState(null, "", window.location.pathname);
  }
  start().catch(function () {}); // nothing can be kept here: plain forms
})();
