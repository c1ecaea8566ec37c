"use strict";
(() => {
  const told = document.getElementById("told"), help = document.getElementById("help");
  const marks = [...document.querySelectorAll("article mark")];
  const unsure = marks.filter(m => m.classList.contains("doubted") || m.classList.contains("unread"));
  const rows = [...document.querySelectorAll("tr[data-row]")];
  let at = -1;
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
    if (!unsure.length) return;
    at = at < 0 ? (by > 0 ? 0 : unsure.length - 1) : (at + by + unsure.length) % unsure.length;
    show(unsure[at]);
    told.textContent = `${at + 1}/${unsure.length} ${unsure[at].title}`;
  };
  const ask = () => { help.hidden = !help.hidden; };
  for (const mark of marks) {
    mark.addEventListener("mouseenter", () => tell(mark));
    mark.addEventListener("focus", () => { tell(mark); if (unsure.includes(mark)) at = unsure.indexOf(mark); });
    mark.addEventListener("click", () => {
      const row = rows.find(each => each.dataset.row === mark.dataset.row);
      if (row) { row.closest("details").open = true; row.scrollIntoView({block: "nearest"}); }
    });
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const to = link && document.getElementById(link.getAttribute("href").slice(1));
    if (to) { event.preventDefault(); show(to); }
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "n") step(1);
    else if (event.key === "p") step(-1);
    else if (event.key === "?") ask();
    else if (event.key === "Escape") help.hidden = true;
  });
  document.getElementById("next").addEventListener("click", () => step(1));
  document.getElementById("previous").addEventListener("click", () => step(-1));
  document.getElementById("ask").addEventListener("click", ask);
})();
