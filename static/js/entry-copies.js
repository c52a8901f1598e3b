// Copies of drafts that wait in this browser: AES-GCM in IndexedDB, under names that tell neither user nor
// form. The keys follow from one that the server gives to this user in this browser; they are only ever in
// memory. Without WebCrypto (plain HTTP beyond this machine) or IndexedDB nothing is kept.
window.DraftCopies = (function () {
  "use strict";
  const NAME = "draft-copies";
  const KEPT_MS = 30 * 24 * 60 * 60 * 1000;
  const subtle = window.crypto && window.crypto.subtle;
  let database = null;

  function open() {
    database ??= new Promise(function (done, failed) {
      if (!window.indexedDB) return failed(new Error("no IndexedDB"));
      const request = window.indexedDB.open(NAME, 1);
      request.onupgradeneeded = function () {
        request.result.createObjectStore("copies", { keyPath: "id" });
        request.result.createObjectStore("notes");
      };
      request.onsuccess = () => done(request.result);
      request.onerror = () => failed(request.error);
    });
    return database;
  }

  async function within(mode, work, store = "copies") {
    const opened = await open();
    return new Promise(function (done, failed) {
      const transaction = opened.transaction(store, mode);
      const asked = work(transaction.objectStore(store));
      transaction.oncomplete = () => done(asked && asked.result);
      transaction.onabort = transaction.onerror = () => failed(transaction.error);
    });
  }

  const bytes = (text) => new TextEncoder().encode(text);

  // What a copy is called: 64 hex digits that only this user's key in this browser leads to.
  async function idOf(session, place) {
    const mark = new Uint8Array(await subtle.sign("HMAC", session.key.naming, bytes(place)));
    return Array.from(mark, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  return {
    // This browser's own name, which the keys follow from: random, made once; "" where nothing is kept.
    browser: async function () {
      if (!subtle) return "";
      const made = window.crypto.randomUUID();
      try {
        const known = await within(
          "readwrite",
          function (notes) {
            const asked = notes.get("browser");
            asked.onsuccess = () => asked.result || notes.put(made, "browser");
            return asked;
          },
          "notes",
        );
        return known || made;
      } catch {
        return "";
      }
    },

    // {sealing, naming}: two keys of the server's one, which cannot be read out; null where that is impossible.
    opened: async function (key) {
      if (!subtle || !key) return null;
      const raw = Uint8Array.from(atob(key), (character) => character.charCodeAt(0));
      const root = await subtle.importKey("raw", raw, "HKDF", false, ["deriveKey"]);
      const made = function (info, kind, uses) {
        const how = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: bytes(info) };
        return subtle.deriveKey(how, root, kind, false, uses);
      };
      return {
        sealing: await made("sealing", { name: "AES-GCM", length: 256 }, ["encrypt", "decrypt"]),
        naming: await made("naming", { name: "HMAC", hash: "SHA-256", length: 256 }, ["sign"]),
      };
    },

    // Whether a sealed copy of the form's fields is kept.
    put: async function (session, form, fields) {
      if (!session.key) return false;
      const place = form.dataset.draftPlace;
      const iv = window.crypto.getRandomValues(new Uint8Array(12));
      const told = bytes(JSON.stringify({ place, url: form.dataset.draft, fields }));
      try {
        const id = await idOf(session, place);
        const how = { name: "AES-GCM", iv, additionalData: bytes(id) };
        const sealed = await subtle.encrypt(how, session.key.sealing, told);
        await within("readwrite", (store) => store.put({ id, iv, sealed, at: Date.now() }));
        return true;
      } catch {
        return false;
      }
    },

    // Whether something waits, whosever it is, known without opening it.
    any: async function () {
      try {
        return (await within("readonly", (store) => store.count())) > 0;
      } catch {
        return false;
      }
    },

    // Those of this user, opened; what is too old goes, whosever it is.
    all: async function (session) {
      if (!session.key) return [];
      const found = [];
      try {
        for (const copy of await within("readonly", (store) => store.getAll())) {
          if (Date.now() - copy.at > KEPT_MS) {
            await within("readwrite", (store) => store.delete(copy.id));
            continue;
          }
          const how = { name: "AES-GCM", iv: copy.iv, additionalData: bytes(copy.id) };
          try {
            const told = await subtle.decrypt(how, session.key.sealing, copy.sealed);
            found.push({ ...JSON.parse(new TextDecoder().decode(told)), at: copy.at });
          } catch {
            // Another user's, or one that no key opens any more: left to its age.
          }
        }
      } catch {
        // nothing can be kept here
      }
      return found;
    },

    remove: async function (session, place) {
      if (!session.key) return;
      try {
        const id = await idOf(session, place);
        await within("readwrite", (store) => store.delete(id));
      } catch {
        // nothing was kept
      }
    },
  };
})();
