// Copy, cut, paste and drop: words come in plain; chips stay chips from one part or draft to another,
// and leave for other programs as the values that the page shows.
window.ReportClipboard = (function () {
  "use strict";
  const OWN = "application/x-report-text";

  function told(text) {
    let shown = "";
    let end = 0;
    ReportChips.tokensIn(text).forEach(function (found) {
      const about = ReportFigures.about(found.token);
      shown += text.slice(end, found.start) + (about.told || found.token);
      end = found.end;
    });
    return shown + text.slice(end);
  }

  function words(data) {
    return data.getData(OWN) || data.getData("text/plain");
  }

  function attach(surface) {
    const root = surface.root;

    function take(event) {
      const { start, end } = surface.selection;
      event.preventDefault();
      if (start === end) return null;
      const text = surface.text.slice(start, end);
      event.clipboardData.setData(OWN, text);
      event.clipboardData.setData("text/plain", told(text));
      return [start, end];
    }

    root.addEventListener("copy", take);
    root.addEventListener("cut", function (event) {
      const taken = take(event);
      if (taken) surface.replace(...taken, "");
    });
    root.addEventListener("paste", function (event) {
      event.preventDefault();
      surface.insert(words(event.clipboardData));
    });
    root.addEventListener("dragstart", (event) => event.preventDefault());
    root.addEventListener("drop", function (event) {
      event.preventDefault();
      const dropped = words(event.dataTransfer);
      if (!dropped) return; // a file, a picture
      const place = document.caretPositionFromPoint
        ? document.caretPositionFromPoint(event.clientX, event.clientY)
        : null;
      const offset = place && ReportChips.offsetOf(root, place.offsetNode, place.offset);
      surface.focus();
      if (offset !== null) surface.select(offset);
      surface.insert(dropped);
    });
  }

  return { attach, told };
})();
