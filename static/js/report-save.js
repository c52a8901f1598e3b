// Saving by itself: two seconds after the last key, and when a part is left. What could not be sent stays
// in this tab (also over a reload) and is sent again; nobody's words are ever overwritten.
window.ReportSave = (function () {
  "use strict";
  const REST_MS = 2000;
  const RETRIES_MS = [5000, 10000, 20000, 30000];

  // The tab's own store: it ends with the tab, so that no words stay behind on a shared computer.
  function Backup(key) {
    return {
      read() {
        try {
          return JSON.parse(window.sessionStorage.getItem(key));
        } catch (error) {
          return null;
        }
      },
      write(kept) {
        try {
          window.sessionStorage.setItem(key, JSON.stringify(kept));
        } catch (error) {
          // full or forbidden: the words are still in the page
        }
      },
      drop() {
        try {
          window.sessionStorage.removeItem(key);
        } catch (error) {
          // as above
        }
      },
    };
  }

  function attach(form, fields, { status, say, saved }) {
    const version = form.elements.namedItem("version");
    const backup = Backup("draft:" + form.dataset.user + ":" + form.dataset.pk);
    const words = () => Object.fromEntries(Array.from(fields, ([name, field]) => [name, field.get()]));
    let sent = words(); // as this page last sent or got them
    let base = { ...sent }; // the same, as the server keeps them (it trims)
    let timer = 0;
    let last = ""; // when it was saved
    let failures = 0;
    let running = null;
    const merging = ReportMerge.attach(fields, { changed: () => soon(0), say });

    function isDirty() {
      return Array.from(fields).some(([name, field]) => merging.isOpen(name) || field.get() !== sent[name]);
    }

    // Something to send: of a part in question nothing is sent before the answer.
    function hasNews() {
      return Array.from(fields).some(([name, field]) => !merging.isOpen(name) && field.get() !== sent[name]);
    }

    function isBusy() {
      return Array.from(fields.values()).some((field) => field.isComposing());
    }

    function soon(wait) {
      window.clearTimeout(timer);
      timer = window.setTimeout(run, wait);
    }

    function touched() {
      if (!isDirty()) return;
      delete form.dataset.clean;
      form.dataset.touched = "yes";
      backup.write({ words: words(), sent, base, version: version.value });
      status("typing", "正在编辑…");
      soon(REST_MS);
    }

    function settled(at = last) {
      failures = 0;
      last = at;
      if (merging.count) {
        status("asking", "有 " + merging.count + " 处两人都改了，请选择");
      } else if (isDirty()) {
        soon(REST_MS);
      } else {
        backup.drop();
        form.dataset.clean = "yes";
        status("saved", at ? "已自动保存 " + at : "没有未保存的改动");
      }
    }

    // Sends what is here; `action` may mend a finding on the way. True once it is kept.
    async function send(action) {
      const mine = words();
      const data = new FormData(form);
      data.set("action", action);
      fields.forEach((field, name) => {
        if (merging.isOpen(name)) data.set(name, merging.unsettled(name));
      });
      status("saving", "正在保存…");
      const response = await fetch(form.action, { method: "POST", body: data, headers: { Accept: "application/json" } });
      if (!(response.headers.get("Content-Type") || "").startsWith("application/json")) {
        if (response.redirected || response.status === 403) {
          await renew();
          throw new Error("signed out");
        }
        throw new Error("no answer");
      }
      const answer = await response.json();
      if (answer.errors || answer.denied) return refused(answer);
      if (!response.ok && response.status !== 409) throw new Error("no answer");
      answered(answer, mine);
      if (response.status === 409) soon(0);
      else {
        settled(answer.saved_at);
        saved(answer);
      }
      return response.ok;
    }

    // The words of the server, be it what it kept of ours or what somebody else saved.
    function answered(answer, mine) {
      version.value = answer.version;
      if (answer.conflict) {
        merging.merge(sent, base, answer.words);
        sent = { ...answer.words };
      } else if (answer.mended) {
        fields.forEach(function (field, name) {
          const isStill = field.get() === mine[name] && !ReportMerge.same(mine[name], answer.words[name]);
          if (isStill && !merging.isOpen(name)) field.receive(answer.words[name], true);
        });
        sent = { ...answer.words };
      } else {
        fields.forEach((field, name) => {
          sent[name] = merging.isOpen(name) ? answer.words[name] : mine[name];
        });
      }
      base = { ...answer.words };
    }

    // Who signed in again in another window has a new token there.
    async function renew() {
      const response = await fetch(window.location.href);
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const fresh = page.querySelector("form[data-editor][data-user='" + form.dataset.user + "'] [name=csrfmiddlewaretoken]");
      if (fresh) form.querySelector("[name=csrfmiddlewaretoken]").value = fresh.value;
    }

    function refused(answer) {
      if (answer.denied) {
        status("refused", "没有保存：" + answer.denied);
        return false;
      }
      const [name] = Object.keys(answer.errors);
      const label = fields.has(name) ? "“" + fields.get(name).label + "”" : "";
      status("refused", "没有保存：" + label + answer.errors[name][0]);
      return false;
    }

    async function run(action = "autosave") {
      if (running) return running.then(() => isDirty() && soon(REST_MS));
      if (isBusy()) return soon(500);
      window.clearTimeout(timer);
      if (!hasNews() && action === "autosave") {
        settled();
        return true;
      }
      running = send(action).catch(function (error) {
        const wait = RETRIES_MS[Math.min(failures, RETRIES_MS.length - 1)];
        failures += 1;
        const why = error.message === "signed out" ? "登录已过期，请在新窗口登录" : "网络不通";
        status("offline", why + "；文字留在本页，稍后自动再存");
        soon(wait);
        return false;
      });
      try {
        return await running;
      } finally {
        running = null;
      }
    }

    // Words that a reload found in the tab's store.
    function restore() {
      const kept = backup.read();
      if (!kept) return;
      if (form.hasAttribute("data-refused")) return backup.drop(); // the page shows what was typed itself
      const server = { ...base };
      fields.forEach(function (field, name) {
        const words = kept.words[name];
        if (words === undefined || words === kept.sent[name] || ReportMerge.same(words, server[name])) return;
        field.receive(words);
      });
      merging.merge({ ...server, ...kept.sent }, { ...server, ...kept.base }, server);
      if (isDirty()) {
        say("上次没有存上的文字已找回。");
        soon(0);
      } else backup.drop();
    }

    form.addEventListener("input", touched);
    form.addEventListener("focusout", () => isDirty() && soon(0));
    window.addEventListener("online", () => failures && soon(0));
    // A form that is sent as a whole waits for the save under way, or it would meet its own version.
    form.addEventListener(
      "submit",
      function (event) {
        window.clearTimeout(timer);
        if (!running) return;
        event.preventDefault();
        event.stopImmediatePropagation();
        const button = event.submitter;
        running.then(() => form.requestSubmit(button));
      },
      true,
    );
    window.addEventListener("pageshow", (event) => event.persisted && window.location.reload());

    return {
      restore,
      run,
      isDirty,
      isRunning: () => Boolean(running),
      get version() {
        return Number(version.value);
      },
      // Somebody saved while nothing was typed here.
      arrived(answer) {
        if (running || isBusy() || answer.version <= Number(version.value)) return;
        answered({ ...answer, conflict: true }, words());
        if (isDirty()) touched();
        else settled();
        saved(answer);
      },
    };
  }

  return { attach };
})();
