// Remarks beside the text: selected words become the quote of a new one, and each remark shows its
// place. Without this the part is chosen and the words are typed. A text is any element with
// data-part; a figure in it has data-token, the name that stands for it in the stored text.
(function () {
  "use strict";
  const LONGEST = 400;
  let button = null;

  function box() {
    return document.querySelector("[data-remarks]");
  }

  function form() {
    return document.querySelector("#remark-new form");
  }

  // --- the text as it is stored: [{node, start, text, whole}] with figures as one piece ---------------
  function pieces(part) {
    const found = [];
    let start = 0;
    const walker = document.createTreeWalker(part, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, {
      acceptNode: function (node) {
        if (node.nodeType === Node.TEXT_NODE) {
          return node.parentElement.closest("[data-token]") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT;
        }
        return node.matches("[data-token]") ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_SKIP;
      },
    });
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const whole = node.nodeType === Node.ELEMENT_NODE;
      const text = whole ? node.dataset.token : node.data;
      found.push({ node: node, start: start, text: text, whole: whole });
      start += text.length;
    }
    return found;
  }

  // The range of the words in a part, or null where they are not found.
  function rangeOf(part, words) {
    const found = pieces(part);
    const from = found.map(function (piece) { return piece.text; }).join("").indexOf(words);
    if (from < 0) return null;
    const range = document.createRange();
    found.forEach(function (piece) {
      const end = piece.start + piece.text.length;
      if (piece.start <= from && from < end) {
        if (piece.whole) range.setStartBefore(piece.node);
        else range.setStart(piece.node, from - piece.start);
      }
      if (piece.start < from + words.length && from + words.length <= end) {
        if (piece.whole) range.setEndAfter(piece.node);
        else range.setEnd(piece.node, from + words.length - piece.start);
      }
    });
    return range;
  }

  function places() {
    if (!box()) return [];
    return Array.from(document.querySelectorAll(".remark[data-quote]"))
      .filter(function (remark) { return remark.dataset.quote && !remark.classList.contains("is-settled"); })
      .map(function (remark) {
        const part = document.querySelector('[data-part="' + CSS.escape(remark.dataset.about) + '"]');
        return { remark: remark, range: part && !part.matches("textarea") ? rangeOf(part, remark.dataset.quote) : null };
      })
      .filter(function (place) { return place.range; });
  }

  function mark() {
    if (!window.Highlight || !CSS.highlights) return;
    const ranges = places().map(function (place) { return place.range; });
    CSS.highlights.set("remarked", new Highlight(...ranges));
  }

  // --- selected words -------------------------------------------------------------------------------
  function selected() {
    const area = document.activeElement;
    if (area && area.matches("textarea[data-part]")) {
      const words = area.value.slice(area.selectionStart, area.selectionEnd);
      return { part: area.dataset.part, words: words, at: area.getBoundingClientRect() };
    }
    const selection = document.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const begin = range.startContainer;
    const element = begin.nodeType === Node.TEXT_NODE ? begin.parentElement : begin;
    const part = element && element.closest("[data-part]");
    if (!part) return null;
    const paragraph = element.closest("p, h2, h3, div");
    if (element.closest("table, .sheet-heading")) return { part: part.dataset.part, words: "", at: range.getBoundingClientRect() };
    const words = pieces(paragraph).filter(function (piece) { return range.intersectsNode(piece.node); }).map(function (piece) {
      if (piece.whole) return piece.text;
      const from = piece.node === range.startContainer ? range.startOffset : 0;
      const to = piece.node === range.endContainer ? range.endOffset : piece.text.length;
      return piece.text.slice(from, to);
    }).join("");
    return { part: part.dataset.part, words: words, at: range.getBoundingClientRect() };
  }

  function forget() {
    if (button) button.remove();
    button = null;
  }

  function offer() {
    forget();
    const chosen = form() && selected();
    if (!chosen || !chosen.words.trim()) return;
    button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-sm btn-primary remark-button";
    button.textContent = "批注";
    button.style.left = Math.max(8, Math.min(chosen.at.left + window.scrollX, document.documentElement.clientWidth - 80)) + "px";
    button.style.top = chosen.at.bottom + window.scrollY + 6 + "px";
    button.addEventListener("mousedown", function (event) { event.preventDefault(); });
    button.addEventListener("click", function () {
      write(chosen);
      forget();
    });
    document.body.append(button);
  }

  function write(chosen) {
    const fields = form().elements;
    fields.section.value = chosen.part;
    fields.quote.value = chosen.words.split("\n")[0].trim().slice(0, LONGEST);
    const pane = form().closest("[role=tabpanel][hidden]");
    if (pane) document.getElementById(pane.getAttribute("aria-labelledby")).click();
    document.getElementById("remark-new").open = true;
    fields.text.focus();
  }

  document.addEventListener("mouseup", function (event) {
    if (!event.target.closest(".remark-button")) window.setTimeout(offer, 0);
  });
  document.addEventListener("keyup", function (event) {
    if (event.shiftKey || event.key === "Shift") offer();
  });

  // --- from the remark to its words, and back ---------------------------------------------------------
  document.addEventListener("click", function (event) {
    const link = event.target.closest(".remark-go");
    if (link) {
      const own = link.closest(".remark");
      const place = places().find(function (each) { return each.remark === own; });
      if (!place) return;
      event.preventDefault();
      const at = place.range.startContainer;
      (at.nodeType === Node.TEXT_NODE ? at.parentElement : at).scrollIntoView({ block: "center" });
      const selection = document.getSelection();
      selection.removeAllRanges();
      selection.addRange(place.range);
      return;
    }
    if (!event.target.closest("[data-part]")) return;
    document.querySelectorAll(".remark.is-here").forEach(function (remark) { remark.classList.remove("is-here"); });
    places().forEach(function (place) {
      const inside = Array.from(place.range.getClientRects()).some(function (at) {
        return at.left <= event.clientX && event.clientX <= at.right && at.top <= event.clientY && event.clientY <= at.bottom;
      });
      if (!inside) return;
      place.remark.classList.add("is-here");
      place.remark.scrollIntoView({ block: "nearest" });
    });
  });

  document.addEventListener("htmx:afterSettle", mark);
  mark();
})();
