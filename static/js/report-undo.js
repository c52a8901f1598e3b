// Undo and redo of one part: whole texts with their selections; typing in one go is one step.
window.ReportUndo = (function () {
  "use strict";
  const ONE_GO_MS = 1000;
  const MOST = 200;

  return class {
    constructor(state) {
      this.reset(state);
    }

    // The text is somebody else's now: what was undone before it would take their words away.
    reset(state) {
      this.states = [state];
      this.at = 0;
      this.kind = "";
      this.since = 0;
    }

    // `kind` of what was done: "type" and "delete" join what was done just before.
    push(state, kind) {
      const joins = kind && kind === this.kind && Date.now() - this.since < ONE_GO_MS && this.at > 0;
      this.states.length = this.at + 1;
      if (joins) this.states[this.at] = state;
      else this.states.push(state);
      if (this.states.length > MOST) this.states.shift();
      this.at = this.states.length - 1;
      this.kind = kind;
      this.since = Date.now();
    }

    undo() {
      return this._go(-1);
    }

    redo() {
      return this._go(1);
    }

    _go(step) {
      const state = this.states[this.at + step];
      if (!state) return null;
      this.at += step;
      this.kind = "";
      return state;
    }
  };
})();
