// Copies of drafts that wait in this browser: AES-GCM by a key that is only ever in memory, in IndexedDB
// by user and form. Without WebCrypto (plain HTTP beyond this machine) or IndexedDB nothing is kept.
window.DraftCopies = (function () {
  "use strict";
  const NAME = "entry-drafts";
  const KEPT_MS = 30 * 24 * 60 * 60 * 1000;
  const subtle = window.crypto && window.crypto.subtle;
  let database = null;

  function open() {
    database ??= new Promise(function (done, failed) {
      if (!window.indexedDB) return failed(new Error("no IndexedDB"));
      const request = window.indexedDB.open(NAME, 1);
      request.onupgradeneeded = () => request.result.createObjectStore("copies", { keyPath: "id" });
      request.onsuccess = () => done(request.result);
      request.onerror = () => failed(request.error);
    });
    return database;
  }

  async function within(mode, work) {
    const opened = await open();
    return new Promise(function (done, failed) {
      const transaction = opened.transaction("copies", mode);
      const asked = work(transaction.objectStore("copies"));
      transaction.oncomplete = () => done(asked && asked.result);
      transaction.onabort = transaction.onerror = () => failed(transaction.error);
    });
  }

  const idOf = (session, place) => session.user + ":" + place;
  const bytes = (text) => new TextEncoder().encode(text);

  return {
    // The key as something that seals and opens and cannot be read out; null where that is impossible.
    opened: async function (key) {
      if (!subtle) return null;
      const raw = Uint8Array.from(atob(key), (character) => character.charCodeAt(0));
      return subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
    },

    // Whether a sealed copy of the form's fields is kept.
    put: async function (session, form, fields) {
      if (!session.key) return false;
      const id = idOf(session, form.dataset.draftPlace);
      const iv = window.crypto.getRandomValues(new Uint8Array(12));
      const told = bytes(JSON.stringify({ url: form.dataset.draft, fields }));
      try {
        const sealed = await subtle.encrypt({ name: "AES-GCM", iv, additionalData: bytes(id) }, session.key, told);
        await within("readwrite", (store) => store.put({ id, iv, sealed, at: Date.now() }));
        return true;
      } catch {
        return false;
      }
    },

    // Whether something of this user waits, known without opening it.
    any: async function (user) {
      try {
        const keys = await within("readonly", (store) => store.getAllKeys());
        return keys.some((id) => id.startsWith(user + ":"));
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
          } else if (copy.id.startsWith(session.user + ":")) {
            const about = { name: "AES-GCM", iv: copy.iv, additionalData: bytes(copy.id) };
            const told = JSON.parse(new TextDecoder().decode(await subtle.decrypt(about, session.key, copy.sealed)));
            found.push({ ...told, at: copy.at, place: copy.id.slice(session.user.length + 1) });
          }
        }
      } catch {
        // A copy that no key opens any more is left to its age.
      }
      return found;
    },

    remove: async function (session, place) {
      try {
        await within("readwrite", (store) => store.delete(idOf(session, place)));
      } catch {
        // nothing was kept
      }
    },
  };
})();
