// The list of what waits on this phone: why, and what one can do about it. In every page of the phone.
self.OfflineBox = (function () {
  "use strict";
  const store = self.OfflineStore;
  const run = self.OfflineRun;
  const box = document.getElementById("offline-box");
  const live = document.querySelector("[data-offline-live]");
  const LONGEST_DRAFT_MS = 14 * 24 * 3600 * 1000;
  const STATES = { waiting: "待发送", sent: "等待确认", refused: "没有接受" };
  let lastTrouble = null;
  let me = "";

  function say(text) {
    live.textContent = text;
  }

  function part(tag, text, className) {
    const made = document.createElement(tag);
    made.textContent = text;
    if (className) made.className = className;
    return made;
  }

  function button(text, act) {
    const made = part("button", text, "btn field-tap");
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  }

  // Twice, because nothing brings it back.
  function dropButton(row) {
    const made = button("丢弃", async function () {
      if (!made.dataset.sure) {
        made.dataset.sure = "yes";
        made.textContent = "再按一次，丢弃";
        return;
      }
      await store.remove(row.key);
      say("已丢弃一条。");
      draw();
    });
    return made;
  }

  function correctLink(row) {
    const link = part("a", "改正", "btn field-tap");
    link.href = row.page + "?correct=" + row.key;
    // On its own page without leaving it: the server may not show that page any more.
    link.addEventListener("click", function (event) {
      if (row.page !== window.location.pathname) return;
      const asked = new CustomEvent("offline:correct", { detail: row.key, cancelable: true });
      if (!document.dispatchEvent(asked)) event.preventDefault();
    });
    return link;
  }

  function sealedLine(row) {
    const line = document.createElement("li");
    const what = part("div", "", "field-what");
    what.append(part("strong", "一条登记"), part("span", STATES[row.state], "tag tag-warn"));
    line.append(what, part("div", "登录后才能看到内容。", "field-more"));
    return line;
  }

  function lineOf(item) {
    const line = document.createElement("li");
    const what = part("div", "", "field-what");
    what.append(part("strong", item.title), part("span", item.told, "nums"));
    what.append(part("span", STATES[item.state], item.state === "refused" ? "tag tag-bad" : "tag tag-warn"));
    const more = [item.of, new Date(item.at).toLocaleString("zh-CN", { dateStyle: "short", timeStyle: "short" })];
    if (item.photos.length) more.push("照片 " + item.photos.length);
    line.append(what, part("div", more.filter(Boolean).join(" · "), "field-more"));
    if (item.reason && item.state === "refused") line.append(part("p", item.reason, "field-why"));
    if (item.state === "sent") return line;
    const acts = part("div", "", "field-acts");
    acts.append(correctLink(item), dropButton(item));
    line.append(acts);
    return line;
  }

  const opened = (row) => store.openEntry(row).then(lineOf, () => sealedLine(row));

  function trouble(own) {
    const told = [];
    if (lastTrouble && own) {
      told.push(part("p", lastTrouble.message));
      if (lastTrouble.signIn) {
        const link = part("a", "去登录", "btn btn-primary field-tap");
        link.href = box.dataset.login + "?next=" + encodeURIComponent(window.location.pathname);
        told.push(link);
      }
    }
    return told;
  }

  async function draw() {
    const rows = await store.heads();
    const own = rows.filter((row) => row.user === me);
    const lines = await Promise.all(own.map(opened));
    box.hidden = !rows.length;
    box.querySelector("[data-count]").textContent = own.length;
    box.querySelector("[data-list]").replaceChildren(...lines);
    const note = box.querySelector("[data-trouble]");
    const told = trouble(own.length);
    if (rows.length > own.length) {
      told.push(part("p", "本机还有 " + (rows.length - own.length) + " 条由其他账号登记，须本人登录后发送。"));
    }
    note.replaceChildren(...told);
    note.hidden = !told.length;
    await drawTimes();
  }

  function clock(moment) {
    return new Date(moment).toLocaleString("zh-CN", { dateStyle: "short", timeStyle: "short" });
  }

  // When something was sent last, and until when this phone may be used without network.
  async function drawTimes() {
    const place = document.querySelector("[data-offline-times]");
    if (!place) return;
    const sent = await store.note("sent " + me);
    const pass = await store.pass();
    const told = [sent ? "上次送达：" + clock(sent) : "本机还没有送过登记"];
    told.push(pass ? "没有网络时可用到 " + clock(pass.until) : "现在没有离线通行，请联网登录");
    place.replaceChildren(...told.map((text) => part("li", text)));
  }

  // What was begun stays no longer than what it is about, nor than a fortnight, whoever began it. Only a
  // page that names what still runs knows the former.
  function sweep() {
    const running = live.dataset.running === undefined ? null : live.dataset.running.split(" ");
    const oldest = Date.now() - LONGEST_DRAFT_MS;
    return store.sweepDrafts(function (draft) {
      const [user, about, which] = draft.id.split(":");
      const isOver = running && user === me && about === "finding" && !running.includes(which);
      return isOver || !(draft.at > oldest);
    });
  }

  run.onTold(say);
  run.onSettled(function (trouble) {
    lastTrouble = trouble;
    return draw();
  });
  run.ready.then(
    function (user) {
      me = user;
      box.querySelector("[data-send]").addEventListener("click", run.pump);
      sweep();
      draw();
    },
    function () {
      // Neither sealed storage nor a service worker: plain forms, and the page says so.
      const warning = document.querySelector("[data-offline-none]");
      if (warning) warning.hidden = false;
    },
  );

  return { say, draw };
})();
