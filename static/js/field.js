// One inspection on the phone: what is wrong → how many → photo → saved, and back at the items at once.
// All steps are in the page already, so they work without network; what is typed is kept in the
// phone at every touch (offline-store.js), and sent by offline-run.js. Without this script the same
// links and forms ask the server.
(function () {
  "use strict";
  const store = self.OfflineStore;
  const run = self.OfflineRun;
  const box = self.OfflineBox;
  const page = document.getElementById("field");
  const form = document.getElementById("finding");
  const found = document.getElementById("found");
  const MOST_RECENT = 4;
  const OLD_PHOTO_MS = 12 * 3600 * 1000;
  const inspection = page.dataset.inspection;
  let me = "";
  const draftId = () => [me, "finding", inspection].join(":");
  const located = () => "field-located-" + me;
  const KEPT = ["fault", "problem", "occurrences", "place", "grid", "point", "household", "description", "found_at", "latitude", "longitude"];
  const TICKED = ["is_serious", "located"];

  const field = (name) => form.elements.namedItem(name);
  let choice = null; // what the form is about: {fault, problem, title, of, points, measure, needsPhoto}
  let key = "";
  let saving = false;
  const photos = self.OfflinePhotos.of(form, {
    changed: () => keep(),
    say: box.say,
    word: () => (choice && choice.needsPhoto ? "拍照（须有照片）" : "拍照"),
    taken: function (file) {
      const age = Date.now() - file.lastModified;
      const taken = age >= 0 && age < OLD_PHOTO_MS ? file.lastModified : Date.now();
      if (!field("found_at").value) field("found_at").value = new Date(taken).toISOString();
    },
  });

  // --- steps ------------------------------------------------------------------------------------

  function show(part, item) {
    page.querySelectorAll("[data-part]").forEach(function (section) {
      section.hidden = section.dataset.part !== part || (part === "faults" && section.dataset.item !== item);
    });
    const heading = page.querySelector("[data-part]:not([hidden]) h2");
    heading.focus({ preventScroll: true });
    page.scrollIntoView({ block: "start" });
  }

  function choiceOf(link) {
    const said = link.dataset;
    return {
      fault: said.fault || "",
      problem: said.problem || "",
      title: said.title,
      of: said.of || "评分表以外",
      points: Number(said.points || 0),
      measure: said.measure,
      needsPhoto: "needsPhoto" in said,
    };
  }

  function tellPoints() {
    const many = Number(field("occurrences").value) || 0;
    const off = Math.round(many * choice.points * 10) / 10;
    form.querySelector("[data-points]").textContent = choice.points ? "扣 " + off + " 分" : "不扣分";
  }

  // The form for a choice, as it was left (`kept`), or fresh.
  function open(chosen, kept) {
    choice = chosen;
    form.reset();
    KEPT.forEach((name) => field(name) && (field(name).value = kept ? kept.fields[name] || "" : ""));
    TICKED.forEach((name) => (field(name).checked = Boolean(kept && kept.fields[name])));
    if (!kept) {
      field("occurrences").value = 1;
      field("located").checked = isLocated();
    }
    field("fault").value = choice.fault;
    field("problem").value = choice.problem;
    key = kept ? kept.key : store.newKey();
    photos.set(kept ? kept.photos : []);
    form.querySelector("[data-chosen]").textContent = choice.title;
    form.querySelector("label[for=" + field("occurrences").id + "]").textContent = choice.measure + "数";
    tellPoints();
    show("form");
    locate();
  }

  // --- what is typed ----------------------------------------------------------------------------

  function fields() {
    const told = {};
    KEPT.forEach((name) => field(name) && (told[name] = field(name).value));
    TICKED.forEach((name) => field(name).checked && (told[name] = "on"));
    return told;
  }

  function keep() {
    if (!choice) return Promise.resolve();
    const draft = { id: draftId(), user: me, key, choice, fields: fields(), photos: photos.all(), at: Date.now() };
    return store.keepDraft(draft).catch(() => box.say("现在不能存在本机，请联网后保存；不要关闭本页。"));
  }

  function giveUp() {
    choice = null;
    photos.set([]);
    store.dropDraft(draftId());
  }

  // --- place ------------------------------------------------------------------------------------

  function isLocated() {
    try {
      return localStorage.getItem(located()) === "yes";
    } catch {
      return false;
    }
  }

  function rememberLocated() {
    try {
      localStorage.setItem(located(), field("located").checked ? "yes" : "no");
    } catch {
      // it holds for this finding
    }
  }

  // Only with leave, and never waited for.
  function locate() {
    if (!field("located").checked || field("latitude").value || !navigator.geolocation) return;
    const asked = key;
    navigator.geolocation.getCurrentPosition(
      function (where) {
        if (key !== asked || !choice || !field("located").checked) return;
        field("latitude").value = where.coords.latitude.toFixed(5);
        field("longitude").value = where.coords.longitude.toFixed(5);
        keep();
      },
      () => box.say("没有取得位置，其他内容照常保存。"),
      { enableHighAccuracy: true, timeout: 15000, maximumAge: 30000 },
    );
  }

  // --- saving -----------------------------------------------------------------------------------

  function moveUp(saved) {
    const link = saved.fault && page.querySelector('a[data-fault="' + saved.fault + '"]');
    if (!link) return;
    const list = page.querySelector("[data-recent]");
    const same = list.querySelector('a[data-fault="' + saved.fault + '"]');
    const line = same ? same.closest("li") : document.createElement("li");
    if (!same) {
      line.append(link.cloneNode(true));
      const small = document.createElement("small");
      small.textContent = saved.of;
      line.querySelector("span").append(small);
    }
    list.prepend(line);
    Array.from(list.children).slice(MOST_RECENT).forEach((old) => old.remove());
    document.getElementById("recent").hidden = false;
  }

  async function save() {
    await photos.settled();
    const count = field("occurrences");
    if (!choice || saving || !count.reportValidity()) return;
    saving = true;
    if (!field("found_at").value) field("found_at").value = new Date().toISOString();
    const many = Number(count.value);
    const item = {
      key,
      user: me,
      kind: "finding",
      page: window.location.pathname,
      about: inspection,
      title: choice.title,
      of: page.dataset.title + " · " + choice.of,
      told: many + " " + choice.measure,
      choice,
      kept: fields(),
      fields: [...Object.entries(fields()), ["inspection", inspection]],
      photos: photos.all(),
      state: "waiting",
      at: Date.now(),
    };
    if (!(await store.pass())) await run.refreshPass();
    await store.enqueue(item, draftId());
    const saved = choice;
    choice = null;
    photos.set([]);
    saving = false;
    moveUp(saved);
    show("items");
    box.say("已记下“" + saved.title + "”" + item.told + "。");
    await box.draw();
    run.pump();
  }

  // --- wiring -----------------------------------------------------------------------------------

  function wire() {
    form.classList.add("is-scripted");
    page.addEventListener("click", function (event) {
      const link = event.target.closest("a[data-item], a[data-fault], a[data-problem], a[data-back]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      if ("back" in link.dataset) {
        giveUp();
        show("items");
      } else if (link.dataset.item) show("faults", link.dataset.item);
      else {
        open(choiceOf(link));
        keep();
      }
    });
    form.addEventListener("click", function (event) {
      const step = event.target.closest("[data-more]") ? 1 : event.target.closest("[data-less]") ? -1 : 0;
      if (!step) return;
      const count = field("occurrences");
      count.value = Math.min(999, Math.max(1, (Number(count.value) || 0) + step));
      tellPoints();
      keep();
    });
    form.addEventListener("input", function (event) {
      if (event.target.type === "file") return;
      if (event.target === field("located")) {
        rememberLocated();
        field("latitude").value = field("longitude").value = "";
        locate();
      }
      tellPoints();
      keep();
    });
    field("photos").addEventListener("change", locate);
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      event.stopImmediatePropagation();
      save().catch(async function () {
        saving = false;
        const pass = await store.pass();
        box.say(pass ? "本机存不下了，没有保存；请先删去照片或腾出空间再试。" : "离线使用的时间已过，没有保存；请联网登录后再保存，不要关闭本页。");
      });
    });
    run.onStored(function (news) {
      if (news.kind === "finding" && news.about === inspection) found.innerHTML = news.told.found;
    });
    document.addEventListener("offline:correct", async function (event) {
      event.preventDefault();
      const again = await takenUp(event.detail, choice);
      if (again) open(again.choice, again);
      box.draw();
    });
    // Before any other listener: these need the server, and the queue must have been sent.
    document.addEventListener(
      "submit",
      function (event) {
        if (!event.target.matches("[data-needs-network]")) return;
        const waits = document.querySelector("#offline-box [data-list]").children.length;
        if (!navigator.onLine) box.say("现在没有网络，请联网后再办。");
        else if ("handIn" in event.target.dataset && (waits || choice)) {
          box.say(waits ? "还有 " + waits + " 条没有发送，请发完再提交。" : "还有一个问题没有保存，请先保存或放弃。");
        } else return;
        event.preventDefault();
        event.stopImmediatePropagation();
      },
      true,
    );
  }

  // An entry that is to be put right, where none is being typed.
  async function takenUp(asked, kept) {
    const row = asked && (await store.heads()).find((each) => each.key === asked && each.user === me && each.state !== "sent");
    if (!row) return null;
    if (kept) {
      box.say("请先保存或放弃正在填写的问题，再改正那一条。");
      return null;
    }
    const item = await store.openEntry(row);
    const draft = { id: draftId(), user: me, key: item.key, choice: item.choice, fields: item.kept, photos: item.photos, at: Date.now() };
    await store.reopen(item.key, draft);
    window.history.replaceState(null, "", window.location.pathname);
    if (item.reason) box.say("请改正：" + item.reason);
    return draft;
  }

  async function start() {
    me = await run.ready;
    if (!(await store.pass())) await run.refreshPass();
    wire();
    const kept = await store.draft(draftId()).catch(() => null);
    const again = await takenUp(new URLSearchParams(window.location.search).get("correct"), kept);
    const link = page.querySelector("a[data-fault='" + field("fault").value + "'], a[data-problem='" + field("problem").value + "']");
    if (kept || again) open((kept || again).choice, kept || again);
    else if (page.dataset.step === "form" && link) open(choiceOf(link));
    box.draw();
  }
  start().catch(function () {}); // no store: plain forms
})();
