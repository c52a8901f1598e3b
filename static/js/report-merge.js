// Somebody else saved meanwhile: by part, what only they changed is taken over, what only this page
// changed is kept, and where both changed one is asked. Until the answer their words stay what is saved
// and one's own stay in the surface, so that nothing is lost.
window.ReportMerge = (function () {
  "use strict";

  // The server trims and settles characters: such a difference is none.
  function same(one, other) {
    const kept = (words) => words.normalize("NFC").replaceAll("\t", " ").trim();
    return kept(one) === kept(other);
  }

  // `fields`: name → {get, receive, box, label}. Asked again while a question is open, it stays open.
  function attach(fields, { changed, say }) {
    const open = new Map(); // name → their words, not chosen yet

    function ask(name, theirs) {
      const field = fields.get(name);
      const known = open.get(name);
      open.set(name, theirs);
      if (known === theirs) return;
      field.box.querySelectorAll(".choice").forEach((each) => each.remove());
      const choice = document.getElementById("choice-template").content.firstElementChild.cloneNode(true);
      choice.querySelector("[data-label]").textContent = field.label;
      choice.querySelector("[data-mine]").textContent = ReportClipboard.told(field.get()) || "（空）";
      choice.querySelector("[data-theirs]").textContent = ReportClipboard.told(theirs) || "（空）";
      choice.addEventListener("click", function (event) {
        const button = event.target.closest("[data-take]");
        if (button) settle(name, button.dataset.take, choice);
      });
      field.box.prepend(choice);
      choice.scrollIntoView({ block: "center" });
    }

    function settle(name, take, choice) {
      const field = fields.get(name);
      const theirs = open.get(name);
      const mine = field.get();
      open.delete(name);
      choice.remove();
      if (take === "theirs") field.receive(theirs);
      else if (take === "both") field.receive(theirs + "\n" + mine);
      changed();
    }

    return {
      // `sent` and `base`: what this page and the server had when both were the same.
      merge(sent, base, theirs) {
        const taken = [];
        const asked = [];
        fields.forEach(function (field, name) {
          if (!(name in theirs)) return;
          const mine = field.get();
          if (same(mine, theirs[name])) return;
          const isMine = mine !== sent[name];
          const isTheirs = !same(theirs[name], base[name]);
          if (isTheirs && !isMine && !open.has(name)) {
            field.receive(theirs[name]);
            taken.push(field.label);
          } else if (isTheirs || open.has(name)) {
            ask(name, theirs[name]);
            asked.push(field.label);
          }
        });
        if (asked.length) say("“" + asked.join("”“") + "”两人都改了，请选用哪一份。");
        else if (taken.length) say("“" + taken.join("”“") + "”已换成同事刚保存的文字。");
      },
      isOpen: (name) => open.has(name),
      get count() {
        return open.size;
      },
      // What is sent of a part that is not chosen yet: the words that are saved already.
      unsettled: (name) => open.get(name),
    };
  }

  return { attach, same };
})();
