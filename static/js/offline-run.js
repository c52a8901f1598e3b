// On every page: sends what waits when a page opens, when the network comes back and when one looks at
// the page again, and after 2, 4, … 60 seconds where that may help; Background Sync does it with no page
// open where the browser has it. Says in the head of the page how much waits.
self.OfflineRun = (function () {
  "use strict";
  const store = self.OfflineStore;
  const FIRST_WAIT_MS = 2000;
  const LONGEST_WAIT_MS = 60000;
  const hint = document.getElementById("offline-hint");
  const heard = { stored: [], settled: [], told: [] };
  let me = hint ? hint.dataset.user : "";
  let busy = false;
  let again = false;
  let wait = FIRST_WAIT_MS;
  let timer = 0;
  let lastTrouble = null;
  let elsewhere = null; // what stopped whoever sent last: this page, another tab or the service worker

  // Without network nobody is signed in: whose pass this phone holds.
  const ready = store.opened.then(async function () {
    const held = await store.pass();
    if (!me && held) me = held.user;
    if (held && held.user !== me) await store.forget(); // somebody else signed in here
    return me;
  });
  ready.catch(function () {});

  // Sent from here, from another tab or by the service worker.
  function hear(news) {
    if (news.stored) {
      lastTrouble = null;
      say("已送达。");
      heard.stored.forEach((listener) => listener(news.stored));
    } else if (news.refused) say("有一条没有被接受：" + news.refused);
    else {
      elsewhere = news.stopped || null;
      if (busy) return;
      lastTrouble = elsewhere;
      if (lastTrouble) say(lastTrouble.message);
      redraw();
    }
  }

  const say = (text) => heard.told.forEach((listener) => listener(text));
  const settled = (trouble) => Promise.all(heard.settled.map((listener) => listener(trouble)));

  async function redraw() {
    await settled(lastTrouble);
    if (!hint) return;
    const count = (await store.heads()).filter((row) => row.user === me).length;
    hint.hidden = !count;
    hint.querySelector("[data-count]").textContent = count;
  }

  async function pump() {
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    window.clearTimeout(timer);
    let trouble = null;
    try {
      await ready;
      const done = await self.OfflineSend.run(me);
      trouble = done ? done.stopped : elsewhere; // null: another one is at it, or nothing waits
      if (trouble) {
        say(trouble.message);
        if (done && trouble.later) {
          timer = window.setTimeout(pump, wait);
          wait = Math.min(wait * 2, LONGEST_WAIT_MS);
          askToBeWoken();
        }
      } else if (done) wait = FIRST_WAIT_MS;
    } finally {
      busy = false;
      lastTrouble = trouble || null;
      await redraw();
    }
    if (again) {
      again = false;
      pump();
    }
  }

  // The browser itself wakes the service worker when there is network, with no page open.
  async function askToBeWoken() {
    try {
      const worker = await navigator.serviceWorker.ready;
      await worker.sync.register("offline-send");
    } catch {
      // this browser has none: the next page that opens sends
    }
  }

  // A pass before something is typed; null without network or sign-in: then the one held must do.
  async function refreshPass() {
    try {
      await self.OfflineSend.passFor(me);
    } catch (error) {
      if (!(error instanceof self.OfflineSend.Stopped)) throw error;
      if (error.signIn) await store.forget();
    }
    return store.pass();
  }

  ready.then(function () {
    window.addEventListener("online", pump);
    window.addEventListener("pageshow", (event) => event.persisted && pump());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && pump());
    self.OfflineSend.hear(hear);
    pump();
  }, function () {});

  document.addEventListener("submit", function (event) {
    if (event.target.matches("[data-sign-out]")) store.forget().catch(function () {});
  });

  return {
    ready, // the account by whose name things are kept here
    say,
    pump,
    refreshPass,
    // `listener({kind, about, told})`: one is stored, and what the server told along.
    onStored: (listener) => heard.stored.push(listener),
    // `listener(trouble)`: sending came to an end; what waits may have changed.
    onSettled: (listener) => heard.settled.push(listener),
    // `listener(text)`: something to be read out.
    onTold: (listener) => heard.told.push(listener),
  };
})();
