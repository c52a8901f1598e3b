// The text of a part ⇄ what is shown of it: one <p> for each line, each known {name} an atomic chip with
// its live value, everything else plain text. The text is the truth; the nodes are made from it.
window.ReportChips = (function () {
  "use strict";
  const TOKEN = /\{([^{}\n]{1,80})\}/g; // as reports/tokens.py
  const TABLE = "表：";
  // A caret cannot stand between two chips, or between a chip and the edge of its line, unless a text is
  // there. The server takes this character out of every text, so it is never part of one.
  const STOP = "\u200b";
  const BLOCKS = new Set(["P", "DIV", "LI", "UL", "OL", "BLOCKQUOTE", "PRE", "H1", "H2", "H3", "TABLE", "TR"]);

  // Known names in the order of their places; anything else in braces is text.
  function tokensIn(text) {
    const found = [];
    for (const match of text.matchAll(TOKEN)) {
      if (ReportFigures.about(match[0])) {
        found.push({ start: match.index, end: match.index + match[0].length, token: match[0] });
      }
    }
    return found;
  }

  function isChip(node) {
    return node.nodeType === Node.ELEMENT_NODE && node.dataset.token !== undefined;
  }

  function chipOf(node) {
    const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
    return element && element.closest("[data-token]");
  }

  function makeChip(token) {
    const chip = document.createElement("span");
    chip.contentEditable = "false";
    chip.dataset.token = token;
    dress(chip);
    return chip;
  }

  // Values change while the text does not: the words of a chip are put on anew.
  function dress(chip) {
    const about = ReportFigures.about(chip.dataset.token);
    const isTable = chip.dataset.token.startsWith("{" + TABLE);
    const told = isTable ? about.name : about.told || about.name;
    if (chip.textContent !== told) chip.textContent = told;
    chip.className = "text-chip" + (isTable ? " is-table" : about.told ? "" : " is-pending");
    chip.setAttribute("role", "img"); // read as one word, with its name
    chip.setAttribute("aria-label", isTable ? "表格 " + about.name : about.name + (about.told ? " " + about.told : ""));
  }

  function makeLine(line) {
    const p = document.createElement("p");
    const tokens = tokensIn(line);
    let end = 0;
    let last = null; // the chip before
    tokens.forEach(function (found) {
      if (found.start > end) p.append(line.slice(end, found.start));
      else p.append(STOP);
      last = makeChip(found.token);
      p.append(last);
      end = found.end;
    });
    if (end < line.length) p.append(line.slice(end));
    else p.append(last ? STOP : document.createElement("br"));
    if (tokens.length === 1 && tokens[0].token === line.trim() && line.trim().startsWith("{" + TABLE)) {
      p.className = "table-line";
    }
    return p;
  }

  // Whatever a browser or an input method left in the surface, as text.
  function read(root) {
    const lines = [];
    let line = null;
    function end() {
      if (line !== null) lines.push(line);
      line = null;
    }
    (function walk(node) {
      node.childNodes.forEach(function (child) {
        if (child.nodeType === Node.TEXT_NODE) {
          const words = child.data.replaceAll(STOP, "");
          if (words) line = (line || "") + words;
          else if (child.data) line = line || "";
        } else if (isChip(child)) {
          line = (line || "") + child.dataset.token;
        } else if (child.nodeName === "BR") {
          const holdsOpen = line !== null && !child.nextSibling; // keeps the line from closing up
          if (!holdsOpen) line = line || "";
          if (!holdsOpen) end();
        } else if (BLOCKS.has(child.nodeName)) {
          end();
          const before = lines.length;
          walk(child);
          end();
          if (lines.length === before) lines.push("");
        } else {
          walk(child);
        }
      });
    })(root);
    end();
    return lines.join("\n");
  }

  // Make the surface show the text, keeping the lines that show it already.
  function show(root, text) {
    const lines = text.split("\n").map(makeLine);
    const shown = Array.from(root.childNodes);
    let first = 0;
    while (first < lines.length && first < shown.length && shown[first].isEqualNode(lines[first])) first += 1;
    let left = lines.length;
    let had = shown.length;
    while (left > first && had > first && shown[had - 1].isEqualNode(lines[left - 1])) {
      left -= 1;
      had -= 1;
    }
    shown.slice(first, had).forEach((node) => node.remove());
    const next = root.childNodes[first] || null;
    lines.slice(first, left).forEach((line) => root.insertBefore(line, next));
  }

  // --- places: offsets in the text ⇄ points in the nodes ---------------------------------------------
  function offsetOf(root, node, offset) {
    if (node === root) {
      if (offset >= root.childNodes.length) return read(root).length;
      return offsetOf(root, root.childNodes[offset], 0);
    }
    if (!root.contains(node)) return null;
    const range = document.createRange();
    range.selectNodeContents(root);
    range.setEnd(node, offset);
    const before = document.createElement("div");
    before.append(range.cloneContents());
    return read(before).length;
  }

  function pointAt(root, offset) {
    let left = offset;
    for (const p of root.childNodes) {
      const length = read({ childNodes: [p] }).length;
      if (left <= length) return pointIn(p, left);
      left -= length + 1;
    }
    const last = root.lastChild;
    return last ? [last, last.childNodes.length] : [root, 0];
  }

  function pointIn(p, offset) {
    let left = offset;
    const children = Array.from(p.childNodes);
    for (let index = 0; index < children.length; index += 1) {
      const child = children[index];
      if (isChip(child)) {
        if (left < child.dataset.token.length) return [p, index];
        left -= child.dataset.token.length;
      } else if (child.nodeType === Node.TEXT_NODE) {
        const words = child.data === STOP ? 0 : child.data.length;
        const isLast = left < words || (left === words && (words > 0 || left === 0));
        if (isLast) return [child, child.data === STOP ? 1 : left];
        left -= words;
      } else {
        return [p, index];
      }
    }
    return [p, children.length];
  }

  return { STOP, tokensIn, isChip, chipOf, dress, read, show, offsetOf, pointAt };
})();
