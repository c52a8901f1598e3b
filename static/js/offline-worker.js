// The service worker: keeps programs, styles and one page without data (self.SHELL, written by the
// server in front of this text), answers with that page where the network fails, and sends what waits
// when the browser wakes it. Pages of signed-in people it never keeps (ADR 41).
"use strict";
const CACHE = "shell-" + self.SHELL.version;
const ICONS = "icons";
const PATIENCE_MS = 8000;

self.addEventListener("install", function (event) {
  // Without cookies: nothing of anybody gets in.
  const wanted = [self.SHELL.shell, ...self.SHELL.assets];
  const asked = wanted.map((url) => new Request(url, { credentials: "omit", cache: "reload" }));
  event.waitUntil(
    caches
      .open(CACHE)
      .then((cache) => cache.addAll(asked))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", function (event) {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => ![CACHE, ICONS].includes(name)).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

function shell() {
  return caches.open(CACHE).then((cache) => cache.match(self.SHELL.shell));
}

// A page of the phone that hangs in a dead spot is as good as none.
async function page(request, path) {
  const isOurs = self.SHELL.slow.some((start) => path.startsWith(start));
  const patience = new AbortController();
  const bell = isOurs ? setTimeout(() => patience.abort(), PATIENCE_MS) : 0;
  try {
    return await fetch(request, isOurs ? { signal: patience.signal } : undefined);
  } catch (error) {
    const kept = await shell();
    if (kept) return kept;
    throw error;
  } finally {
    clearTimeout(bell);
  }
}

// The network first: a file may be another one under the same name where names carry no hash.
async function asset(request, path) {
  try {
    const answer = await fetch(request);
    if (answer.ok && path.includes("/icons/")) (await caches.open(ICONS)).put(request, answer.clone());
    return answer;
  } catch (error) {
    const kept = await caches.match(request, { ignoreVary: true });
    if (kept) return kept;
    throw error;
  }
}

self.addEventListener("fetch", function (event) {
  const request = event.request;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request, url.pathname));
  else if (url.pathname.startsWith("/static/")) event.respondWith(asset(request, url.pathname));
});

self.addEventListener("sync", function (event) {
  if (event.tag !== "offline-send") return;
  event.waitUntil(
    self.OfflineStore.pass().then(async function (pass) {
      if (!pass) return;
      const done = await self.OfflineSend.run(pass.user);
      // The browser tries again later.
      if (done && done.stopped && done.stopped.later) throw done.stopped;
    }),
  );
});
