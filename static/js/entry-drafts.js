// What is typed into a form is kept as a draft on the server two seconds after the last key. While nothing
// can be sent (no network, signed out) it waits in this browser, sealed by a key that the server gives to
// the signed-in user and that is never stored here: readable again only after the same user signs in
// (ADR 40). Before a form is sent it is asked whether it can arrive, so that nothing is lost on the way.
(function () {
  "use strict";
  const WAIT_MS = 2000;
  const AGAIN_MS = 15000;
  const SLOW_MS = 6000;
  const place = document.querySelector("[data-draft-session]");
  if (!place) return;
  const form = document.querySelector("form[data-draft]");
  const status = document.querySelector("[data-draft-status]");
  const trouble = document.querySelector("[data-draft-trouble]");
  let session = null; // {user, csrf, key: what DraftCopies.opened gave, or null}
  let timer = 0;
  let unsent = false; // typed since it was last kept on the server
  let running = null; // the question to the server that is under way
  let leaving = false;

  function say(text) {
    if (status) status.textContent = text;
  }

  function complain(text, { login = false } = {}) {
    if (!trouble) return;
    trouble.querySelector("[data-draft-words]").textContent = text;
    trouble.querySelector("[data-draft-login]").hidden = !login;
    trouble.hidden = !text;
  }

  // --- asking the server: {state: "ok", told} | "away" (no network) | "out" (signed out) | "slow" | "refused"

  async function ask(url, options) {
    const stop = new AbortController();
    const limit = window.setTimeout(() => stop.abort(), SLOW_MS);
    try {
      const response = await fetch(url, { redirect: "manual", signal: stop.signal, ...options });
      if (response.type === "opaqueredirect" || response.status === 403) return { state: "out" };
      const json = (response.headers.get("Content-Type") || "").includes("json");
      const told = json ? await response.json() : {};
      return { state: response.ok ? "ok" : "refused", told };
    } catch (error) {
      return { state: error.name === "AbortError" ? "slow" : "away" };
    } finally {
      window.clearTimeout(limit);
    }
  }

  // Who is signed in, a fresh token, and the key of the copies.
  async function enter() {
    const url = place.dataset.draftSession + "?browser=" + (await window.DraftCopies.browser());
    const answer = await ask(url, { headers: { Accept: "application/json" } });
    if (answer.state !== "ok") return answer.state;
    const { user, csrf, key } = answer.told;
    if (form && user !== form.dataset.user) return "other";
    session = { user, csrf, key: (session && session.key) || (await window.DraftCopies.opened(key)) };
    document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach(function (input) {
      input.value = csrf;
    });
    return "ok";
  }

  // --- what was typed --------------------------------------------------------------------------

  function typed() {
    return Array.from(new FormData(form)).filter(([, value]) => typeof value === "string");
  }

  function bodyOf(fields) {
    const body = new URLSearchParams();
    for (const [name, value] of fields) if (name !== "csrfmiddlewaretoken") body.append(name, value);
    return body;
  }

  function post(url, fields) {
    const headers = { "X-CSRFToken": session.csrf, "Content-Type": "application/x-www-form-urlencoded" };
    return ask(url, { method: "POST", headers, body: bodyOf(fields) });
  }

  const WORDS = {
    away: "网络不通：填写的内容",
    out: "登录已过期：填写的内容",
    other: "现在登录的是另一个账号：填写的内容只属于原来的账号，",
    slow: "服务没有及时答复：填写的内容",
    refused: "草稿没有存上：填写的内容",
  };

  async function wait(state) {
    const kept = session && (await window.DraftCopies.put(session, form, typed()));
    const where = kept ? "已加密留在这台电脑上，" : "只在这个页面里，请不要关闭；";
    const then = state === "out" || state === "other" ? "请重新登录后回到这里继续。" : "联网后会自动存上，再点保存。";
    complain(WORDS[state] + where + then, { login: state === "out" || state === "other" });
    say("");
    window.clearTimeout(timer);
    timer = window.setTimeout(keep, AGAIN_MS);
  }

  async function keepNow() {
    window.clearTimeout(timer);
    let state = session ? "ok" : await enter();
    let answer = { state };
    const fields = typed();
    unsent = false;
    if (state === "ok") answer = await post(form.dataset.draft, fields);
    if (answer.state === "out") {
      // Perhaps signed in again meanwhile, with another token.
      state = await enter();
      answer = state === "ok" ? await post(form.dataset.draft, fields) : { state };
    }
    if (answer.state !== "ok") {
      unsent = true;
      await wait(answer.state);
      return answer.state;
    }
    complain("");
    await window.DraftCopies.remove(session, form.dataset.draftPlace);
    if (answer.told.state === "kept") say("草稿已保存 " + answer.told.at);
    return "ok";
  }

  function keep() {
    if (leaving || !unsent) return running || Promise.resolve("ok");
    running = (running || Promise.resolve()).then(keepNow);
    running.finally(() => (running = null));
    return running;
  }

  if (form) {
    form.addEventListener("input", function () {
      unsent = true;
      window.clearTimeout(timer);
      timer = window.setTimeout(keep, WAIT_MS);
    });
    form.addEventListener("change", function () {
      if (!unsent) form.dispatchEvent(new Event("input"));
    });

    // First in line: other scripts mark the form as sent when this one lets it pass.
    let passing = false;
    let asking = false;
    document.addEventListener(
      "submit",
      async function (event) {
        if (event.target !== form || passing) return;
        event.preventDefault();
        event.stopImmediatePropagation();
        if (asking) return;
        asking = true;
        window.clearTimeout(timer);
        if (running) await running;
        const state = unsent ? await keep() : await enter();
        asking = false;
        if (state === "away" || state === "out" || state === "other") {
          if (!unsent) await wait(state);
          unsent = true;
          return;
        }
        passing = leaving = true;
        form.requestSubmit(event.submitter && event.submitter.isConnected ? event.submitter : undefined);
        passing = false;
      },
      true,
    );
    window.addEventListener("pageshow", () => (leaving = false));
    window.addEventListener("online", keep);
    window.addEventListener("focus", () => unsent && !running && trouble && !trouble.hidden && keep());
    trouble.querySelector("[data-draft-retry]").addEventListener("click", keep);
  }

  // --- copies that waited in this browser go to the server; the one of this form is offered ------

  function offer(at) {
    const box = document.querySelector("[data-draft-offer]");
    if (!box || form.dataset.touched) return;
    box.querySelector("[data-draft-when]").textContent = at;
    box.querySelectorAll("[data-draft-resumed]").forEach((part) => (part.hidden = true));
    for (const part of [box, ...box.querySelectorAll("[data-draft-found], [data-draft-resume]")]) part.hidden = false;
  }

  async function bringIn() {
    let moved = 0;
    for (const copy of await window.DraftCopies.all(session)) {
      const answer = await post(copy.url + "&at=" + copy.at, copy.fields);
      if (answer.state !== "ok") continue;
      await window.DraftCopies.remove(session, copy.place);
      if (answer.told.state !== "kept") continue;
      moved += 1;
      if (form && copy.place === form.dataset.draftPlace) offer(answer.told.at);
    }
    return moved;
  }

  // The list waits for what is brought in, so that no click leads to an older draft meanwhile.
  async function begin() {
    const isList = place.hasAttribute("data-draft-list");
    if (isList) place.inert = await window.DraftCopies.any();
    const moved = (await enter()) === "ok" ? await bringIn() : 0;
    if (moved && isList) window.location.reload();
    else place.inert = false;
  }

  begin();
})();
