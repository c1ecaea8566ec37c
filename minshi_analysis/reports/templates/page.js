"use strict";
(() => {
  const words = JSON.parse(document.body.dataset.words);
  const say = (name, values) => words[name].replace(/\{(\w+)\}/g, (_, key) => values[key]);
  const LISTED = 60;  // places: whoever sees more goes on typing
  const ROWS = 6;  // a shorter table is seen at a glance

  // A number as a report prints it (608,488.49, 7,500 个以上, 79.7%, at least 5), else null.
  const number = (text) => {
    const found = text.replace(/,(?=\d{3})/g, "").match(/-?\d+(?:\.\d+)?/);
    return found ? Number(found[0]) : null;
  };
  const key = (row, column, numeric) => {
    const text = row.cells[column] ? row.cells[column].textContent.trim() : "";
    if (text === "" || text === "—") return null;
    return numeric ? number(text) : text;
  };
  const compare = (a, b) => typeof a === "number" ? a - b : a.localeCompare(b, "zh-Hans", {numeric: true});

  const sortable = (table, rows) => {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.title = say("sort", {column: head.textContent.trim()});
      button.addEventListener("click", () => {
        const up = head.getAttribute("aria-sort") !== "ascending";
        for (const each of heads) each.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        // Numbers are compared as such, also in a column of rates that holds some words.
        const told = rows.map(row => row.cells[column].textContent.trim()).filter(text => text && text !== "—");
        const begun = told.filter(text => /^[-+≥≤]?\d[\d,.]*\D*$/.test(text)).length;
        const numeric = head.classList.contains("n") || begun > told.length / 2;
        const keyed = rows.map((row, place) => [key(row, column, numeric), place, row]);
        keyed.sort(([a, i], [b, j]) =>  // what is not known stands last, either way
          (a === null) - (b === null) || (a === null ? 0 : (up ? 1 : -1) * compare(a, b)) || i - j);
        table.tBodies[0].append(...keyed.map(([, , row]) => row));
      });
    });
  };

  const filterable = (table, rows, box) => {
    const bar = document.createElement("p"), field = document.createElement("input");
    const told = document.createElement("span");
    bar.className = "filter";
    field.type = "search";
    field.placeholder = words.filter;
    field.setAttribute("aria-label", words.filter);
    told.setAttribute("role", "status");
    bar.append(field, told);
    box.before(bar);
    const texts = rows.map(row => row.textContent.toLowerCase());
    field.addEventListener("input", () => {
      const wanted = field.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      rows.forEach((row, i) => {
        row.hidden = !wanted.every(word => texts[i].includes(word));
        shown += !row.hidden;
      });
      told.textContent = !wanted.length ? "" : shown ? say("shown", {shown, all: rows.length}) : words.none_shown;
    });
  };

  for (const box of document.querySelectorAll("figure.table:not(.plain) .scroll")) {
    const table = box.querySelector("table");
    const rows = table && table.tHead && table.tBodies.length === 1 ? [...table.tBodies[0].rows] : [];
    if (rows.length < 2 || rows.some(row => [...row.cells].some(cell => cell.rowSpan > 1))) continue;
    sortable(table, rows);
    if (rows.length >= ROWS) filterable(table, rows, box);
  }
  // The index: places are found by name, reading and initials.
  const field = document.getElementById("find");
  const wantedOf = () => field.value.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (found, wanted) =>
    wanted.every(word => found.some(name => name.startsWith(word) || name.includes(word) && /[^a-z]/.test(word)));
  const names = document.getElementById("names");
  if (names) {  // an index of several pages: a list of links to the rows of those
    const places = JSON.parse(names.textContent), list = document.getElementById("places");
    const listed = places.map(([name, above, read, code]) => [...read.split(" "), code, name, above]);
    field.closest("[hidden]").hidden = false;
    field.addEventListener("input", () => {
      const wanted = wantedOf(), found = wanted.length ? places.filter((_, i) => fits(listed[i], wanted)) : [];
      const links = found.slice(0, LISTED).map(([name, above, , code, page]) => {
        const item = document.createElement("li"), link = document.createElement("a"), over = document.createElement("small");
        link.setAttribute("href", code ? `${page}#r${code}` : page);
        link.textContent = name;
        over.textContent = above;
        item.append(link, " ", over);
        return item;
      });
      list.replaceChildren(...links);
      list.hidden = !links.length;
      document.getElementById("found").textContent =
        !wanted.length ? "" : found.length ? say("shown", {shown: links.length, all: found.length}) : words.none_shown;
    });
  } else if (field) {
    const places = [...document.querySelectorAll("[data-search]")];
    const rows = places.filter(each => each.matches("tr"));
    field.closest("[hidden]").hidden = false;
    field.addEventListener("input", () => {
      const wanted = wantedOf();
      for (const each of places) each.hidden = !fits(each.dataset.search.toLowerCase().split(" "), wanted);
      const shown = rows.filter(row => !row.hidden).length;
      document.getElementById("found").textContent =
        !wanted.length ? "" : shown ? say("shown", {shown, all: rows.length}) : words.none_shown;
    });
  }
  // Boxes that scroll can be reached with the keyboard, also those of tables that are not ours.
  for (const box of document.querySelectorAll(".output_html, .scroll")) {
    if (box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  }
  // A row or place that a link leads to may be filtered away, or in a part that is closed.
  const reveal = () => {
    const to = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!to) return;
    const part = to.closest("details");
    if (part) part.open = true;
    to.hidden = false;
    to.scrollIntoView({block: "center"});
  };
  addEventListener("hashchange", reveal);
  reveal();
})();
