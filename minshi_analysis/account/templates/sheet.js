"use strict";
(() => {
  const by = (id) => document.getElementById(id);
  const told = by("told"), help = by("help"), fix = by("fix"), entries = by("entries");
  const marks = [...document.querySelectorAll("article mark")];
  const unsure = marks.filter(m => m.classList.contains("doubted") || m.classList.contains("unread"));
  const rows = [...document.querySelectorAll("tr[data-row]")];
  let at = -1, chosen = null;
  const light = (row) => {
    for (const each of document.querySelectorAll(".lit")) each.classList.remove("lit");
    if (!row) return;
    for (const each of [...rows, ...marks]) if (each.dataset.row === row) each.classList.add("lit");
  };
  const tell = (mark) => {
    told.textContent = mark.title;
    light(mark.dataset.row);
  };
  const show = (mark) => {
    mark.scrollIntoView({block: "center"});
    mark.focus({preventScroll: true});
  };
  const step = (by) => {
    if (!unsure.length) { told.textContent = told.dataset.none; return; }
    at = at < 0 ? (by > 0 ? 0 : unsure.length - 1) : (at + by + unsure.length) % unsure.length;
    show(unsure[at]);
    told.textContent = `${at + 1}/${unsure.length} ${unsure[at].title}`;
  };
  const ask = () => { help.hidden = !help.hidden; };
  // A correction as data/corrections has it; JSON's texts are texts of TOML too.
  const inside = (text) => JSON.stringify(text).slice(1, -1);
  const correct = () => {
    if (!chosen) { told.textContent = told.dataset.choose; return; }
    const block = chosen.closest("[data-ref], [data-where], [data-mended]"), said = block.dataset;
    if ("mended" in said) { told.textContent = told.dataset.already; return; }
    const printed = said.printed || block.textContent, range = document.createRange();
    range.setStart(block, 0);
    range.setEndBefore(chosen);
    const place = said.ref ? `ref = "${inside(said.ref)}"` : `where = "${inside(said.where)}"`;
    const entry = `[[correction]]\n${place}\nprinted = "${inside(printed)}"\n`;
    if (!entries.value) entries.value = `# data/corrections/${document.body.dataset.doc}.toml\n`;
    fix.hidden = false;
    entries.focus();
    if (entries.value.includes(entry)) return;
    entries.value += `\n${entry}corrected = "`;
    // the figure is selected, so that the right one can be typed over it
    const start = entries.value.length + inside(printed.slice(0, said.at || 0) + range.toString()).length;
    entries.value += `${inside(printed)}"\nreason = ""\n`;
    entries.setSelectionRange(start, start + inside(chosen.textContent).length);
    entries.scrollTop = entries.scrollHeight;
  };
  const shut = () => { help.hidden = fix.hidden = true; if (chosen) chosen.focus({preventScroll: true}); };
  const copy = () => {
    entries.select();
    if (document.execCommand("copy")) told.textContent = told.dataset.copied;
  };
  for (const mark of marks) {
    mark.addEventListener("mouseenter", () => tell(mark));
    mark.addEventListener("focus", () => {
      chosen = mark;
      tell(mark);
      if (unsure.includes(mark)) at = unsure.indexOf(mark);
    });
    mark.addEventListener("click", () => {
      const row = rows.find(each => each.dataset.row === mark.dataset.row);
      if (row) { row.closest("details").open = true; row.scrollIntoView({block: "nearest"}); }
    });
  }
  for (const sign of document.querySelectorAll("ins")) {
    for (const kind of ["mouseenter", "focus"]) sign.addEventListener(kind, () => { told.textContent = sign.title; });
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const to = link && by(link.getAttribute("href").slice(1));
    if (to) { event.preventDefault(); show(to); }
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") { shut(); return; }
    if (event.target === entries) return;
    if (event.key === "n") step(1);
    else if (event.key === "p") step(-1);
    else if (event.key === "?") ask();
    else if (event.key === "c") { event.preventDefault(); correct(); }
  });
  by("next").addEventListener("click", () => step(1));
  by("previous").addEventListener("click", () => step(-1));
  by("ask").addEventListener("click", ask);
  by("correct").addEventListener("click", correct);
  by("copy").addEventListener("click", copy);
  by("shut").addEventListener("click", shut);
})();
