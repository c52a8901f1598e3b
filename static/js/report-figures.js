// What may stand in braces: figures with their values, tables and standing phrases. Read from the list
// that the page brings along, which is itself the panel where scripts do not run.
window.ReportFigures = (function () {
  "use strict";
  const all = []; // {kind, name, code, domain, measure, definition, basis, url, pinyin, initials, forms}
  const byToken = new Map();

  function add(entry) {
    all.push(entry);
    learn(entry);
  }

  // Its forms: with and without measure, of the period before.
  function learn(entry) {
    entry.forms.forEach(function (form) {
      const known = byToken.get(form.token);
      form.told = form.told || (known ? known.told : "");
      byToken.set(form.token, { entry, name: entry.name, told: form.told });
    });
  }

  // Values of the tokens in the text, as they were counted last.
  function tell(values) {
    Object.entries(values).forEach(function ([token, told]) {
      const name = token.slice(1, -1);
      const known = byToken.get(token);
      const base = known || byToken.get("{" + name.split(/[#@]/)[0] + "}");
      const entry = base ? base.entry : null;
      byToken.set(token, { entry, name: entry ? entry.name : name, told });
      const form = entry && entry.forms.find((each) => each.token === token);
      if (form) form.told = told;
    });
  }

  // 2: begins with it, 1: has it somewhere, 0: not found. Each word of the question must be found.
  function rank(entry, words) {
    let best = 2;
    for (const word of words) {
      const name = entry.name.toLowerCase();
      if (name.startsWith(word) || (entry.initials || "").startsWith(word)) continue;
      const within = name + " " + (entry.initials || "") + " " + (entry.code || "");
      const full = word.length > 2 && (entry.pinyin || "").includes(word);
      if (!within.includes(word) && !full) return 0;
      best = 1;
    }
    return best;
  }

  // Those that match, in the order of the outline, those whose name begins with the words first.
  function search(question, keep) {
    const words = question.toLowerCase().split(/\s+/).filter(Boolean);
    const found = all.filter(keep || Boolean).map((entry) => [rank(entry, words), entry]);
    return [2, 1].flatMap((wanted) => found.filter(([got]) => got === wanted).map(([, entry]) => entry));
  }

  return {
    add,
    learn,
    tell,
    search,
    about: (token) => byToken.get(token),
    domains: () => [...new Set(all.map((entry) => entry.domain).filter(Boolean))],
  };
})();
