// Who else has this draft open, and in which part: said before two people type over each other.
window.ReportPresence = (function () {
  "use strict";
  const EVERY_MS = 20000;
  const MOVED_MS = 400; // resting this long in a part counts as being there

  function attach(form, { bar, parts, partNow, version, arrived }) {
    const url = form.dataset.presenceUrl;
    let timer = 0;
    let asked = 0;

    function body(more) {
      const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
      return new URLSearchParams({ csrfmiddlewaretoken: token, ...more });
    }

    function show(people) {
      const told = people.map((each) => each.name + " 正在编辑" + (each.heading ? "“" + each.heading + "”" : ""));
      const words = told.join("；");
      if (bar.textContent !== words) bar.textContent = words; // read aloud only when it changes
      bar.hidden = !words;
      parts.forEach(function (box) {
        const here = people.filter((each) => each.part && each.part === box.dataset.box);
        const mark = box.querySelector("[data-here]");
        box.classList.toggle("is-taken", here.length > 0);
        mark.hidden = !here.length;
        mark.textContent = here.length ? here.map((each) => each.name).join("、") + " 正在编辑这部分" : "";
      });
    }

    async function ping() {
      window.clearTimeout(timer);
      if (document.hidden) return; // asleep: stale after a minute, awake again at once
      asked += 1;
      const mine = asked;
      try {
        const response = await fetch(url, { method: "POST", body: body({ part: partNow(), version: version() }) });
        if (!response.ok) throw new Error(response.status);
        const answer = await response.json();
        if (mine !== asked) return;
        show(answer.people);
        if (answer.words) arrived(answer);
      } catch (error) {
        // the saving itself says that the network is gone
      } finally {
        if (mine === asked) timer = window.setTimeout(ping, EVERY_MS);
      }
    }

    function soon() {
      window.clearTimeout(timer);
      timer = window.setTimeout(ping, MOVED_MS);
    }

    form.addEventListener("focusin", soon);
    document.addEventListener("visibilitychange", () => document.hidden || ping());
    window.addEventListener("pagehide", () => navigator.sendBeacon(url, body({ leave: "yes" })));
    ping();
    return { ping };
  }

  return { attach };
})();
