// Sends the findings that wait on this phone, each once, whatever becomes of the network: every one has
// a key that the server answers alike, so one whose answer was lost is simply sent again.
// Sent only in the name of who typed it. What the server refuses stays, with its reason.
window.FieldQueue = (function () {
  "use strict";
  const store = window.FieldStore;
  const box = document.getElementById("field-queue");
  const live = document.querySelector("[data-field-live]");
  const FIRST_WAIT_MS = 2000;
  const LONGEST_WAIT_MS = 60000;
  const PATIENCE_MS = 60000;
  const LONGEST_DRAFT_MS = 14 * 24 * 3600 * 1000;
  const STATES = { waiting: "待发送", sent: "等待确认", refused: "没有接受" };
  const me = box.dataset.user;
  const heard = { stored: [], correct: [] };
  let busy = false;
  let again = false;
  let wait = FIRST_WAIT_MS;
  let timer = 0;

  // Why sending stops for now; `later` says that trying again by itself may help.
  class Stopped extends Error {
    constructor(text, later, signIn) {
      super(text);
      Object.assign(this, { later, signIn });
    }
  }
  const OFFLINE = "没有网络，已存在本机，联网后自动发送。";
  const NO_ANSWER = "没有收到答复，已存在本机，稍后自动再发。";
  const SIGNED_OUT = "登录已过期，已存在本机；重新登录后自动发送。";
  const SOMEBODY_ELSE = "现在登录的是另一个账号，这些记录须由登记的人登录后发送。";
  const NO_RIGHT = "您的账号现在不能登记检查，已存在本机；请联系管理员。";

  const mine = (item) => item.user === me;

  function say(text) {
    live.textContent = text;
  }

  // --- sending ----------------------------------------------------------------------------------

  async function ask(url, options) {
    const patience = new AbortController();
    const bell = window.setTimeout(() => patience.abort(), PATIENCE_MS);
    const headers = { Accept: "application/json" };
    try {
      const answer = await fetch(url, { ...options, headers, redirect: "manual", signal: patience.signal });
      if (answer.type === "opaqueredirect") return { status: 302, told: null };
      const isJson = (answer.headers.get("Content-Type") || "").startsWith("application/json");
      return { status: answer.status, told: isJson ? await answer.json() : null };
    } catch {
      throw new Stopped(navigator.onLine ? NO_ANSWER : OFFLINE, true);
    } finally {
      window.clearTimeout(bell);
    }
  }

  // A fresh token, if this phone is still signed in as the one who typed.
  async function token() {
    const { status, told } = await ask(box.dataset.who);
    if (status === 302) throw new Stopped(SIGNED_OUT, false, true);
    if (status === 403) throw new Stopped(NO_RIGHT, false);
    if (!told) throw new Stopped(NO_ANSWER, true);
    if (String(told.user) !== me) throw new Stopped(SOMEBODY_ELSE, false, true);
    return told.token;
  }

  function bodyOf(item, csrf) {
    const body = new FormData();
    for (const [name, value] of Object.entries(item.fields)) body.append(name, value);
    body.append("key", item.key);
    body.append("_key", item.key);
    body.append("user", item.user);
    body.append("csrfmiddlewaretoken", csrf);
    item.photos.forEach((photo, number) => body.append("photos", photo, "photo" + number + ".jpg"));
    return body;
  }

  async function send(item, csrf) {
    // Until an answer comes nobody knows whether it arrived: it can be neither changed nor dropped.
    item.state = "sent";
    await store.put(item);
    const { status, told } = await ask(item.url, { method: "POST", body: bodyOf(item, csrf) });
    if (told && told.stored) {
      await store.remove(item.key);
      heard.stored.forEach((listener) => listener(item, told));
      return;
    }
    const notThere = status === 302 || status === 403 || (told && told.other);
    if (status < 500 && !notThere) {
      item.state = "refused";
      item.reason = (told && told.reason) || refusals[status] || refusals[0];
      await store.put(item);
      say("有一条没有被接受：" + item.reason);
      return;
    }
    if (notThere) {
      item.state = "waiting";
      await store.put(item);
    }
    if (status === 302) throw new Stopped(SIGNED_OUT, false, true);
    if (told && told.other) throw new Stopped(SOMEBODY_ELSE, false, true);
    throw new Stopped((told && told.reason) || NO_ANSWER, true);
  }
  const refusals = {
    0: "服务器没有接受这条记录，请核对后重新保存。",
    404: "这次检查已被删除，或不在您的工作范围内。",
    413: "照片太大，请重新拍照。",
  };

  async function pump() {
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    window.clearTimeout(timer);
    let trouble = null;
    try {
      const items = (await store.queue()).filter((item) => mine(item) && item.state !== "refused");
      if (items.length) {
        if (!navigator.onLine) throw new Stopped(OFFLINE, true);
        const csrf = await token();
        for (const item of items) await send(item, csrf);
        wait = FIRST_WAIT_MS;
        say("已送达。");
      }
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
      trouble = error;
      say(error.message);
      if (error.later) {
        timer = window.setTimeout(pump, wait);
        wait = Math.min(wait * 2, LONGEST_WAIT_MS);
      }
    } finally {
      busy = false;
      await draw(trouble);
    }
    if (again) {
      again = false;
      pump();
    }
  }

  // --- showing ----------------------------------------------------------------------------------

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
  function dropButton(item) {
    const made = button("丢弃", async function () {
      if (!made.dataset.sure) {
        made.dataset.sure = "yes";
        made.textContent = "再按一次，丢弃";
        return;
      }
      await store.remove(item.key);
      say("已丢弃一条。");
      draw(null);
    });
    return made;
  }

  function lineOf(item) {
    const line = document.createElement("li");
    const what = part("div", "", "field-what");
    what.append(part("strong", item.title), part("span", item.told, "nums"));
    what.append(part("span", STATES[item.state], item.state === "refused" ? "tag tag-bad" : "tag tag-warn"));
    line.append(what, part("div", item.of + (item.photos.length ? " · 照片 " + item.photos.length : ""), "field-more"));
    if (item.reason && item.state === "refused") line.append(part("p", item.reason, "field-why"));
    if (item.state === "sent") return line;
    const acts = part("div", "", "field-acts");
    if (heard.correct.some((listener) => listener(item, true))) {
      acts.append(button("改正", () => heard.correct.forEach((listener) => listener(item, false))));
    }
    acts.append(dropButton(item));
    line.append(acts);
    return line;
  }

  async function draw(trouble) {
    const all = await store.queue();
    const own = all.filter(mine);
    box.hidden = !all.length;
    box.querySelector("[data-count]").textContent = own.length;
    box.querySelector("[data-list]").replaceChildren(...own.map(lineOf));
    const note = box.querySelector("[data-trouble]");
    note.replaceChildren();
    if (trouble && own.length) {
      note.append(part("p", trouble.message));
      if (trouble.signIn) {
        const link = part("a", "去登录", "btn btn-primary field-tap");
        link.href = box.dataset.login + "?next=" + encodeURIComponent(window.location.pathname);
        note.append(link);
      }
    }
    if (all.length > own.length) {
      note.append(part("p", "本机还有 " + (all.length - own.length) + " 条由其他账号登记，须本人登录后发送。"));
    }
    note.hidden = !note.children.length;
  }

  // What was begun stays no longer than its inspection, nor than a fortnight, whoever began it. The
  // first page tells what still runs.
  function sweep() {
    const running = live.dataset.running === undefined ? null : live.dataset.running.split(" ");
    const oldest = Date.now() - LONGEST_DRAFT_MS;
    store.sweepDrafts(function (draft) {
      const [user, inspection] = draft.id.split(":");
      const isOver = running && user === me && !running.includes(inspection);
      return isOver || !(draft.at > oldest);
    });
  }

  store.opened.then(
    function () {
      sweep();
      window.addEventListener("online", pump);
      window.addEventListener("pageshow", (event) => event.persisted && pump());
      box.querySelector("[data-send]").addEventListener("click", pump);
      pump();
    },
    function () {},
  );

  return {
    me,
    say,
    pump,
    draw: () => draw(null),
    // `listener(item, told)`: it is stored, and `told.found` is the list as it is now.
    onStored: (listener) => heard.stored.push(listener),
    // `listener(item, asking)`: take it up again; asked first whether that can be done here.
    onCorrect: (listener) => heard.correct.push(listener),
  };
})();
