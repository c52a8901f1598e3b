// What a phone keeps while it has no network: findings that wait to be sent, and half a form.
// IndexedDB, because photos are too large for anything else. Its promises fail where a browser has
// none (some private windows); the pages are plain forms then.
window.FieldStore = (function () {
  "use strict";
  const NAME = "field";

  const opened = new Promise(function (done, failed) {
    const request = window.indexedDB ? window.indexedDB.open(NAME, 1) : null;
    if (!request) {
      failed(new Error("no IndexedDB"));
      return;
    }
    request.onupgradeneeded = function () {
      request.result.createObjectStore("queue", { keyPath: "key" });
      request.result.createObjectStore("drafts", { keyPath: "id" });
    };
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
  opened.catch(function () {}); // whoever needs it asks again

  // One transaction over both stores: what `work` asks for happens whole or not at all.
  async function within(mode, work) {
    const database = await opened;
    return new Promise(function (done, failed) {
      const transaction = database.transaction(["queue", "drafts"], mode);
      const asked = work(transaction.objectStore("queue"), transaction.objectStore("drafts"));
      transaction.oncomplete = () => done(asked && asked.result);
      transaction.onabort = () => failed(transaction.error);
    });
  }

  function newKey() {
    if (window.crypto.randomUUID) return window.crypto.randomUUID(); // only over HTTPS and at home
    const bytes = window.crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const text = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return text.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }

  return {
    opened,
    newKey,
    queue: async function () {
      const items = await within("readonly", (queue) => queue.getAll());
      return items.sort((a, b) => a.at - b.at);
    },
    put: (item) => within("readwrite", (queue) => queue.put(item)),
    remove: (key) => within("readwrite", (queue) => queue.delete(key)),
    draft: (id) => within("readonly", (queue, drafts) => drafts.get(id)),
    keepDraft: (draft) => within("readwrite", (queue, drafts) => drafts.put(draft)),
    // Away with all drafts that `isOver` says are over.
    sweepDrafts: (isOver) =>
      within("readwrite", function (queue, drafts) {
        const asked = drafts.getAll();
        asked.onsuccess = () => asked.result.filter(isOver).forEach((draft) => drafts.delete(draft.id));
      }),
    dropDraft: (id) => within("readwrite", (queue, drafts) => drafts.delete(id)),
    // A saved form joins the queue; a queued one is taken up again.
    enqueue: (item, draft) =>
      within("readwrite", function (queue, drafts) {
        drafts.delete(draft);
        return queue.put(item);
      }),
    reopen: (key, draft) =>
      within("readwrite", function (queue, drafts) {
        queue.delete(key);
        return drafts.put(draft);
      }),
  };
})();
