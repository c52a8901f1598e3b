// What a phone keeps while it has no network, all of it sealed: entries that wait to be sent, half-typed
// forms, and the pages of the phone with their lists of people (ADR 41). IndexedDB, AES-GCM.
// Open lie only heads: key, account, kind, state, moment. The key that seals comes from the server at
// sign-in, cannot be taken out of the browser, and is thrown away when the pass ends or somebody signs
// out; whoever signs in again gets it again. The service worker runs this file too.
self.OfflineStore = (function () {
  "use strict";
  const NAME = "offline";
  const STORES = ["passes", "queue", "drafts", "pages", "notes"];
  const IV_BYTES = 12;
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();

  // Secure contexts alone have both: over plain HTTP the pages are plain forms.
  const opened = new Promise(function (done, failed) {
    const request = self.indexedDB && self.crypto && self.crypto.subtle ? self.indexedDB.open(NAME, 1) : null;
    if (!request) {
      failed(new Error("nothing can be kept sealed here"));
      return;
    }
    request.onupgradeneeded = function () {
      request.result.createObjectStore("passes", { keyPath: "user" });
      request.result.createObjectStore("queue", { keyPath: "key" });
      request.result.createObjectStore("drafts", { keyPath: "id" });
      request.result.createObjectStore("pages", { keyPath: "id" });
      request.result.createObjectStore("notes", { keyPath: "id" });
    };
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
  opened.catch(function () {}); // whoever needs it asks again

  // One transaction over all stores: what `work` asks for happens whole or not at all.
  async function within(mode, work) {
    const database = await opened;
    return new Promise(function (done, failed) {
      const transaction = database.transaction(STORES, mode);
      const stores = Object.fromEntries(STORES.map((name) => [name, transaction.objectStore(name)]));
      const asked = work(stores);
      transaction.oncomplete = () => done(asked && asked.result);
      transaction.onabort = () => failed(transaction.error);
    });
  }
  const read = (work) => within("readonly", work);
  const write = (work) => within("readwrite", work);

  function newKey() {
    return self.crypto.randomUUID();
  }

  async function note(id) {
    const found = await read((stores) => stores.notes.get(id));
    return found ? found.value : undefined;
  }
  const setNote = (id, value) => write((stores) => stores.notes.put({ id, value }));

  // This browser's own name, which the key of an account follows from.
  async function device() {
    const known = await note("device");
    if (known) return known;
    const made = newKey();
    await setNote("device", made);
    return made;
  }

  // --- passes -----------------------------------------------------------------------------------

  async function setPass(told) {
    const bytes = Uint8Array.from(atob(told.key), (letter) => letter.charCodeAt(0));
    const key = await self.crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
    const now = Date.now();
    const pass = { user: String(told.user), name: told.name, key, granted: now, until: now + told.seconds * 1000 };
    await write(function (stores) {
      stores.passes.clear(); // one person at a time
      return stores.passes.put(pass);
    });
    return pass;
  }

  // The pass that is in force; one that ended is thrown away, also where the clock was put back.
  async function pass() {
    const [found] = await read((stores) => stores.passes.getAll());
    if (!found) return null;
    const now = Date.now();
    if (now < found.until && now > found.granted - 60000) return found;
    await forget();
    return null;
  }

  // Signed out: the key goes, and with it all that it opens; what waits stays sealed until its own
  // person signs in again.
  const forget = () =>
    write(function (stores) {
      stores.passes.clear();
      stores.pages.clear();
    });

  async function keyOf(user) {
    const found = await pass();
    if (!found || found.user !== user) throw new Error("no pass");
    return found.key;
  }

  // --- sealing ----------------------------------------------------------------------------------

  // `bound` is authenticated along: a sealed part put in another one's place does not open.
  async function seal(user, bound, value, blobs) {
    const key = await keyOf(user);
    const parts = await Promise.all((blobs || []).map((blob) => blob.arrayBuffer()));
    const sizes = parts.map((part) => part.byteLength);
    const head = encoder.encode(JSON.stringify({ value, sizes }));
    const whole = new Uint8Array(4 + head.length + sizes.reduce((sum, size) => sum + size, 0));
    new DataView(whole.buffer).setUint32(0, head.length);
    whole.set(head, 4);
    let at = 4 + head.length;
    parts.forEach(function (part) {
      whole.set(new Uint8Array(part), at);
      at += part.byteLength;
    });
    const iv = self.crypto.getRandomValues(new Uint8Array(IV_BYTES));
    const how = { name: "AES-GCM", iv, additionalData: encoder.encode(user + "|" + bound) };
    return { iv, bytes: await self.crypto.subtle.encrypt(how, key, whole) };
  }

  async function unseal(user, bound, sealed) {
    const key = await keyOf(user);
    const how = { name: "AES-GCM", iv: sealed.iv, additionalData: encoder.encode(user + "|" + bound) };
    const whole = await self.crypto.subtle.decrypt(how, key, sealed.bytes);
    const length = new DataView(whole).getUint32(0);
    const { value, sizes } = JSON.parse(decoder.decode(new Uint8Array(whole, 4, length)));
    let at = 4 + length;
    const blobs = sizes.map(function (size) {
      at += size;
      return new Blob([new Uint8Array(whole, at - size, size)], { type: "image/jpeg" });
    });
    return { value, blobs };
  }

  // --- entries ----------------------------------------------------------------------------------

  // An entry: head {key, user, kind, state, at, page} in the open; the rest, its photos and why it was
  // refused are sealed.
  async function sealedEntry(item) {
    const { key, user, kind, state, at, page, photos, ...rest } = item;
    return { key, user, kind, state, at, page, sealed: await seal(user, "entry " + key, rest, photos) };
  }

  async function openEntry(row) {
    const { value, blobs } = await unseal(row.user, "entry " + row.key, row.sealed);
    const { key, user, kind, state, at, page } = row;
    return { ...value, key, user, kind, state, at, page, photos: blobs };
  }

  async function heads() {
    const rows = await read((stores) => stores.queue.getAll());
    return rows.sort((a, b) => a.at - b.at);
  }

  async function put(item) {
    const row = await sealedEntry(item);
    await write((stores) => stores.queue.put(row));
  }

  // The state alone, of a row that need not be opened for that; undefined where it is no longer there.
  const setState = (key, state) =>
    write(function (stores) {
      const asked = stores.queue.get(key);
      asked.onsuccess = () => asked.result && stores.queue.put({ ...asked.result, state });
      return asked;
    });

  async function sealedDraft(draft) {
    const { id, user, at, photos, ...rest } = draft;
    return { id, user, at, sealed: await seal(user, "draft " + id, rest, photos) };
  }

  async function openDraft(id) {
    const row = await read((stores) => stores.drafts.get(id));
    if (!row) return null;
    const { value, blobs } = await unseal(row.user, "draft " + id, row.sealed);
    return { ...value, id, user: row.user, at: row.at, photos: blobs };
  }

  // --- pages ------------------------------------------------------------------------------------

  const pageId = (user, path) => user + " " + path;

  async function keepPage(user, path, page) {
    const id = pageId(user, path);
    const row = { id, user, path, at: Date.now(), sealed: await seal(user, "page " + id, page) };
    await write((stores) => stores.pages.put(row));
  }

  async function openPage(user, path) {
    const id = pageId(user, path);
    const row = await read((stores) => stores.pages.get(id));
    return row ? (await unseal(user, "page " + id, row.sealed)).value : null;
  }

  return {
    opened,
    newKey,
    device,
    note,
    setNote,
    setPass,
    pass,
    forget,
    heads,
    openEntry,
    put,
    setState,
    remove: (key) => write((stores) => stores.queue.delete(key)),
    draft: openDraft,
    keepDraft: async function (draft) {
      const row = await sealedDraft(draft);
      await write((stores) => stores.drafts.put(row));
    },
    dropDraft: (id) => write((stores) => stores.drafts.delete(id)),
    // Away with all drafts that `isOver` says are over.
    sweepDrafts: (isOver) =>
      write(function (stores) {
        const asked = stores.drafts.getAll();
        asked.onsuccess = () => asked.result.filter(isOver).forEach((draft) => stores.drafts.delete(draft.id));
      }),
    // A saved form joins the queue, and a queued one is taken up again: in the form or in the queue,
    // never in neither.
    enqueue: async function (item, draft) {
      const row = await sealedEntry(item);
      await write(function (stores) {
        stores.drafts.delete(draft);
        return stores.queue.put(row);
      });
    },
    reopen: async function (key, draft) {
      const row = await sealedDraft(draft);
      await write(function (stores) {
        stores.queue.delete(key);
        return stores.drafts.put(row);
      });
    },
    keepPage,
    openPage,
    pages: (user) =>
      read((stores) => stores.pages.getAll()).then((rows) => rows.filter((row) => row.user === user)),
    dropPage: (user, path) => write((stores) => stores.pages.delete(pageId(user, path))),
  };
})();
