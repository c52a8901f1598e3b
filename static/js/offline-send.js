// Sends what waits on this phone, each entry once, whatever becomes of the network: every one has a key
// that the server answers alike, so one whose answer was lost is simply sent again. Only in the name of
// who typed it; what the server refuses stays, with its reason. One sender at a time, whichever tab or
// the service worker it is (Web Locks); the server would store a second sending once anyway.
self.OfflineSend = (function () {
  "use strict";
  const store = self.OfflineStore;
  const LOCK = "offline-send";
  const PATIENCE_MS = 60000;
  const PASS = "/offline/pass/";
  const channel = self.BroadcastChannel ? new BroadcastChannel("offline") : null;
  const listeners = [];

  // What became of an entry concerns every open page, whoever of them, or the service worker, sent it.
  function tell(news) {
    listeners.forEach((listener) => listener(news));
    if (channel) channel.postMessage(news);
  }
  if (channel) channel.onmessage = (event) => listeners.forEach((listener) => listener(event.data));

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
  const NO_RIGHT = "您的账号现在不能登记，已存在本机；请联系管理员。";
  const UNREADABLE = "这条记录在本机打不开，没有发送。";
  const REFUSALS = {
    0: "服务器没有接受这条记录，请核对后重新保存。",
    404: "要登记的内容已被删除，或不在您的工作范围内。",
    413: "照片太大，请重新拍照。",
  };

  async function ask(url, options) {
    const patience = new AbortController();
    const bell = self.setTimeout(() => patience.abort(), PATIENCE_MS);
    const headers = { Accept: "application/json" };
    try {
      const answer = await fetch(url, { ...options, headers, redirect: "manual", cache: "no-store", signal: patience.signal });
      if (answer.type === "opaqueredirect") return { status: 302, told: null };
      const isJson = (answer.headers.get("Content-Type") || "").startsWith("application/json");
      return { status: answer.status, told: isJson ? await answer.json() : null };
    } catch {
      throw new Stopped(self.navigator.onLine ? NO_ANSWER : OFFLINE, true);
    } finally {
      self.clearTimeout(bell);
    }
  }

  // A pass for whoever is signed in, with a fresh token; refused unless that is `me`.
  async function passFor(me) {
    const { status, told } = await ask(PASS + "?device=" + (await store.device()));
    if (status === 302) throw new Stopped(SIGNED_OUT, false, true);
    if (status === 403) throw new Stopped(NO_RIGHT, false);
    if (!told) throw new Stopped(NO_ANSWER, true);
    if (me && String(told.user) !== me) throw new Stopped(SOMEBODY_ELSE, false, true);
    await store.setPass(told);
    return told;
  }

  function bodyOf(item, csrf) {
    const body = new FormData();
    for (const [name, value] of item.fields) body.append(name, value);
    body.append("key", item.key);
    body.append("user", item.user);
    body.append("typed_at", new Date(item.at).toISOString());
    body.append("csrfmiddlewaretoken", csrf);
    item.photos.forEach((photo, number) => body.append("photos", photo, "photo" + number + ".jpg"));
    return body;
  }

  // Gives whether it is stored.
  async function send(row, csrf) {
    let item;
    try {
      item = await store.openEntry(row);
    } catch {
      tell({ refused: UNREADABLE });
      return false;
    }
    // Until an answer comes nobody knows whether it arrived: it can be neither changed nor dropped.
    if (!(await store.setState(item.key, "sent"))) return false; // taken up again, or dropped, meanwhile
    const { status, told } = await ask("/offline/" + item.kind + "/", { method: "POST", body: bodyOf(item, csrf) });
    if (told && told.stored) {
      await store.remove(item.key);
      tell({ stored: { kind: item.kind, about: item.about, told } });
      return true;
    }
    const later = status >= 500 || status === 429;
    const notThere = status === 302 || (status === 403 && !told) || Boolean(told && told.other);
    if (!later && !notThere) {
      const reason = (told && told.reason) || REFUSALS[status] || REFUSALS[0];
      await store.put({ ...item, state: "refused", reason });
      tell({ refused: reason });
      return false;
    }
    if (notThere || (told && told.again)) await store.setState(item.key, "waiting");
    if (status === 302) throw new Stopped(SIGNED_OUT, false, true);
    if (told && told.other) throw new Stopped(SOMEBODY_ELSE, false, true);
    throw new Stopped((told && told.reason) || NO_ANSWER, true);
  }

  async function mine(me) {
    return (await store.heads()).filter((row) => row.user === me && row.state !== "refused");
  }

  async function all(me) {
    if (!self.navigator.onLine) throw new Stopped(OFFLINE, true);
    const { token } = await passFor(me);
    const tried = new Set();
    let stored = 0;
    // Anew after each: what is saved meanwhile goes along.
    for (;;) {
      const row = (await mine(me)).find((each) => !tried.has(each.key));
      if (!row) break;
      tried.add(row.key);
      if (await send(row, token)) stored += 1;
    }
    if (stored) await store.setNote("sent " + me, Date.now());
    return stored;
  }

  // Everything of this person that waits. Gives null when nothing waited or another tab is at it, else
  // {stored: how many} or {stopped: Stopped}.
  async function run(me) {
    if (!(await mine(me)).length) return null;
    const alone = function (work) {
      if (!self.navigator.locks) return work();
      return self.navigator.locks.request(LOCK, { ifAvailable: true }, (lock) => (lock ? work() : null));
    };
    return alone(async function () {
      let stopped = null;
      try {
        return { stored: await all(me) };
      } catch (error) {
        if (!(error instanceof Stopped)) throw error;
        stopped = error;
        return { stopped };
      } finally {
        tell({ settled: true, stopped: stopped && { message: stopped.message, later: stopped.later, signIn: stopped.signIn } });
      }
    });
  }

  // `hear(listener)`: of {stored: {kind, about, told}}, {refused: reason} and {settled: true, stopped}, where
  // `stopped` is why sending ended early ({message, later, signIn}), or null.
  return { run, passFor, Stopped, hear: (listener) => listeners.push(listener) };
})();
