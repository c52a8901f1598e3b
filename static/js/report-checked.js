// What the checker says of the saved words, and the values that the records give now: fetched after each
// save, put in place part by part, the words in question marked in the text.
window.ReportChecked = (function () {
  "use strict";
  const WAIT_MS = 800;

  function attach(form, { surfaces, told }) {
    let timer = 0;
    let asked = 0;

    // Half a reason that somebody is typing stays; it is looked at again after the next save.
    function isInUse(element) {
      return (
        element.contains(document.activeElement) ||
        Array.from(element.querySelectorAll("textarea")).some((area) => area.value !== area.defaultValue)
      );
    }

    function swap(page) {
      page.querySelectorAll("[data-swap]").forEach(function (fresh) {
        const old = document.getElementById(fresh.id);
        if (!old || isInUse(old) || old.isEqualNode(fresh)) return;
        old.replaceWith(document.importNode(fresh, true));
      });
    }

    // Words in question, by part and kind of finding; browsers without highlights show the list alone.
    function mark() {
      if (!window.CSS || !CSS.highlights) return;
      for (const kind of ["error", "warning"]) {
        const ranges = [];
        surfaces.forEach(function (surface) {
          if (surface.composing) return;
          const list = document.getElementById("findings-" + surface.key);
          list.querySelectorAll(".finding-" + kind + "[data-words]").forEach(function (finding) {
            const words = finding.dataset.words;
            const start = nearest(surface.text, words, Number(finding.dataset.start));
            if (!words || start < 0) return;
            const range = document.createRange();
            range.setStart(...ReportChips.pointAt(surface.root, start));
            range.setEnd(...ReportChips.pointAt(surface.root, start + words.length));
            ranges.push(range);
          });
        });
        CSS.highlights.set("finding-" + kind, new Highlight(...ranges));
      }
    }

    // The text may have moved on since it was checked.
    function nearest(text, words, start) {
      if (text.startsWith(words, start)) return start;
      const before = text.lastIndexOf(words, start);
      const after = text.indexOf(words, start);
      if (before < 0 || after < 0) return Math.max(before, after);
      return start - before < after - start ? before : after;
    }

    async function look() {
      asked += 1;
      const mine = asked;
      try {
        const response = await fetch(form.dataset.checkedUrl);
        if (!response.ok || response.redirected) return;
        const page = new DOMParser().parseFromString(await response.text(), "text/html");
        if (mine !== asked) return;
        swap(page);
        told(JSON.parse(page.getElementById("told-values").textContent));
        mark();
      } catch (error) {
        // looked at again after the next save
      }
    }

    return {
      mark,
      soon() {
        window.clearTimeout(timer);
        timer = window.setTimeout(look, WAIT_MS);
      },
    };
  }

  return { attach };
})();
