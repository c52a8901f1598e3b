// One part as a surface to write in. The hidden textarea holds the text, as the form posts it; the
// surface shows it with chips. All edits but those of an input method are made on the text itself, so
// that a browser's own ideas of markup never come in.
window.ReportSurface = (function () {
  "use strict";
  const { STOP, tokensIn, read, show, offsetOf, pointAt } = ReportChips;
  const segmenter = window.Intl && Intl.Segmenter ? new Intl.Segmenter("zh", { granularity: "grapheme" }) : null;

  const UNDER_THE_BARS = 140; // px that the bars above and below may cover
  const BELOW = 90;

  function plain(words) {
    return words.replace(/\r\n?/g, "\n").replaceAll(STOP, "");
  }

  function characters(words) {
    return segmenter ? Array.from(segmenter.segment(words), (each) => each.segment) : Array.from(words);
  }

  class Surface {
    constructor(textarea) {
      this.textarea = textarea;
      this.key = textarea.dataset.part;
      this.composing = false;
      this.text = plain(textarea.value);
      this.root = this._build();
      show(this.root, this.text);
      this.last = { start: this.text.length, end: this.text.length }; // where the caret was last
      this.history = new ReportUndo({ text: this.text, ...this.last });
      this._listen();
    }

    _build() {
      const root = document.createElement("div");
      const label = document.querySelector('label[for="' + this.textarea.id + '"]');
      root.className = "surface";
      root.contentEditable = "true";
      root.spellcheck = false;
      root.lang = "zh-CN";
      root.setAttribute("role", "textbox");
      root.setAttribute("aria-multiline", "true");
      root.setAttribute("aria-labelledby", label.id);
      if (this.textarea.getAttribute("aria-describedby")) {
        root.setAttribute("aria-describedby", this.textarea.getAttribute("aria-describedby"));
      }
      this.heading = label.textContent.trim();
      label.removeAttribute("for");
      label.addEventListener("click", () => root.focus());
      root.dataset.part = this.key; // remarks find their words here
      root.id = this.textarea.id; // the summary of errors leads here
      this.textarea.removeAttribute("data-part");
      this.textarea.removeAttribute("id");
      this.textarea.hidden = true;
      this.textarea.after(root);
      return root;
    }

    // --- selection ------------------------------------------------------------------------------------
    // {start, end, back}: offsets in the text; the last one while the focus is elsewhere.
    get selection() {
      const range = document.getSelection();
      if (!range.rangeCount || !this.root.contains(range.anchorNode) || !this.root.contains(range.focusNode)) {
        return this.last;
      }
      const anchor = offsetOf(this.root, range.anchorNode, range.anchorOffset);
      const focus = offsetOf(this.root, range.focusNode, range.focusOffset);
      this.last = { start: Math.min(anchor, focus), end: Math.max(anchor, focus), back: focus < anchor };
      return this.last;
    }

    select(start, end = start, back = false) {
      this.last = { start, end, back };
      const [from, to] = back ? [end, start] : [start, end];
      document.getSelection().setBaseAndExtent(...pointAt(this.root, from), ...pointAt(this.root, to));
    }

    focus() {
      const { start, end, back } = this.last;
      this.root.focus({ preventScroll: true });
      this.select(start, end, back);
      this.reveal();
    }

    // Where the caret is on the screen.
    get place() {
      const selection = document.getSelection();
      const range = selection.rangeCount ? selection.getRangeAt(0) : null;
      const box = range && range.getBoundingClientRect();
      if (box && (box.width || box.height)) return box;
      const node = range && this.root.contains(range.startContainer) ? range.startContainer : this.root;
      return (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).getBoundingClientRect();
    }

    reveal() {
      const { top, bottom } = this.place;
      if (top < UNDER_THE_BARS) window.scrollBy(0, top - UNDER_THE_BARS);
      else if (bottom > window.innerHeight - BELOW) window.scrollBy(0, bottom - window.innerHeight + BELOW);
    }

    // The place one character or chip before or after.
    before(offset) {
      const chip = tokensIn(this.text).find((found) => found.start < offset && offset <= found.end);
      if (chip) return chip.start;
      const words = characters(this.text.slice(Math.max(0, offset - 64), offset));
      return offset - (words.length ? words[words.length - 1].length : 0);
    }

    after(offset) {
      const chip = tokensIn(this.text).find((found) => found.start <= offset && offset < found.end);
      if (chip) return chip.end;
      const words = characters(this.text.slice(offset, offset + 64));
      return offset + (words.length ? words[0].length : 0);
    }

    // --- edits ----------------------------------------------------------------------------------------
    replace(start, end, words, kind = "") {
      const fresh = plain(words);
      if (start === end && !fresh) return;
      const caret = start + fresh.length;
      this._become(this.text.slice(0, start) + fresh + this.text.slice(end), caret, caret, kind);
    }

    insert(words, kind = "") {
      const { start, end } = this.selection;
      this.replace(start, end, words, kind);
    }

    // A table stands alone in its line.
    insertLine(words) {
      const { start, end } = this.selection;
      const opens = start > 0 && this.text[start - 1] !== "\n" ? "\n" : "";
      const closes = this.text[end] === "\n" ? "" : "\n";
      this.replace(start, end, opens + words + closes);
    }

    _become(text, start, end, kind) {
      this.text = text;
      this.history.push({ text, start, end }, kind);
      show(this.root, text);
      this.select(start, end);
      this.reveal();
      this._tell();
    }

    // Somebody else's words: the caret stays near, and undo does not take them away.
    receive(text) {
      if (text === this.text) return;
      const { start, end } = this.selection;
      const here = document.activeElement === this.root;
      this.text = text;
      show(this.root, text);
      const last = { start: Math.min(start, text.length), end: Math.min(end, text.length) };
      this.last = last;
      this.history.reset({ text, ...last });
      if (here) this.select(last.start, last.end);
      this._tell();
    }

    step(state) {
      if (!state) return;
      this.text = state.text;
      show(this.root, this.text);
      this.select(state.start, state.end);
      this._tell();
    }

    undo() {
      this.step(this.history.undo());
    }

    redo() {
      this.step(this.history.redo());
    }

    // Values may have changed, and names become known; nothing of the text does.
    refresh() {
      if (this.composing) return;
      const here = document.activeElement === this.root;
      const { start, end, back } = this.selection;
      show(this.root, this.text);
      this.root.querySelectorAll("[data-token]").forEach(ReportChips.dress);
      if (here) this.select(start, end, back);
    }

    _tell() {
      this.textarea.value = this.text;
      this.textarea.dispatchEvent(new Event("input", { bubbles: true }));
    }

    // --- what a browser did by itself: an input method, a keyboard of a phone ---------------------------
    _readBack() {
      const text = plain(read(this.root));
      const { start, end } = this.selection;
      const same = text === this.text;
      this.text = text;
      show(this.root, text);
      this.select(Math.min(start, text.length), Math.min(end, text.length));
      if (same) return;
      this.history.push({ text, start, end }, "type");
      this._tell();
    }

    _listen() {
      const root = this.root;
      root.addEventListener("compositionstart", () => {
        this.composing = true;
      });
      root.addEventListener("compositionend", () => {
        this.composing = false;
        this._readBack();
      });
      root.addEventListener("beforeinput", (event) => this._beforeInput(event));
      document.addEventListener("selectionchange", () => this.composing || this.selection); // keeps `last`
      root.addEventListener("input", (event) => {
        event.stopPropagation(); // the textarea says it once the text is read
        if (!this.composing && !event.isComposing) this._readBack();
      });
    }

    _beforeInput(event) {
      const type = event.inputType;
      if (this.composing || event.isComposing || !event.cancelable || type === "insertCompositionText") return;
      event.preventDefault();
      const { start, end } = this.selection;
      if (type === "historyUndo") this.undo();
      else if (type === "historyRedo") this.redo();
      else if (type === "insertParagraph" || type === "insertLineBreak") this.replace(start, end, "\n");
      else if (type === "insertText") this.replace(start, end, event.data || "", "type");
      else if (type === "insertReplacementText") this._overTarget(event, wordsOf(event));
      else if (type.startsWith("delete") && type !== "deleteByDrag") this._delete(event, start, end);
    }

    _delete(event, start, end) {
      const type = event.inputType;
      if (start < end) this.replace(start, end, "");
      else if (type === "deleteContentForward") this.replace(start, this.after(start), "", "delete");
      else if (type === "deleteContentBackward" || type === "deleteContent") {
        this.replace(this.before(start), start, "", "delete");
      } else this._overTarget(event, "");
    }

    _overTarget(event, words) {
      const [range] = event.getTargetRanges();
      if (!range) return;
      const from = offsetOf(this.root, range.startContainer, range.startOffset);
      const to = offsetOf(this.root, range.endContainer, range.endOffset);
      if (from !== null && to !== null) this.replace(from, to, words);
    }
  }

  function wordsOf(event) {
    return event.data || (event.dataTransfer && event.dataTransfer.getData("text/plain")) || "";
  }

  return Surface;
})();
