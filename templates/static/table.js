// Tables that say `data-sorts` get headings that sort and a button that copies. Without scripts they are plain tables.
// Clicks are heard at the document, so that what htmx brings in, or back from its history, answers too.
(() => {
  const WORDS = { ascending: "smallest first", descending: "largest first" };
  const ARROWS = { none: "↕", ascending: "↑", descending: "↓" };
  const FORMULA = /^[=+\-@\t\r]/;

  const isNumber = (heading) => heading.classList.contains("nhsuk-table__header--numeric");

  // What a cell says to those who see it: a missing value says nothing.
  function said(cell) {
    const copy = cell.cloneNode(true);
    for (const hidden of copy.querySelectorAll(".nhsuk-u-visually-hidden")) hidden.remove();
    return copy.textContent.trim();
  }

  function number(text) {
    const plain = text.replace(/\u2212/g, "-").replace(/[,%\s]/g, "");
    return plain === "" ? NaN : Number.parseFloat(plain);
  }

  const named = (heading) => heading.dataset.name || heading.textContent.trim();

  function tell(region, words) {
    region.previousElementSibling.querySelector("[role=status]").textContent = words;
  }

  function show(heading, order) {
    heading.setAttribute("aria-sort", order);
    heading.querySelector(".qi-sort__arrow").textContent = ARROWS[order];
  }

  // First press: smallest first; second: largest first; third: as it was.
  function sort(button) {
    const heading = button.closest("th");
    const table = button.closest("table");
    const region = table.closest("[data-sorts]");
    const was = heading.getAttribute("aria-sort");
    const order = was === "ascending" ? "descending" : was === "descending" ? "none" : "ascending";
    for (const other of heading.parentElement.cells) show(other, other === heading ? order : "none");
    const place = heading.cellIndex;
    const asGiven = (row) => Number(row.dataset.row);
    let of = (row) => said(row.cells[place]);
    if (isNumber(heading)) of = (row) => number(said(row.cells[place]));
    else if (place === 0 && region.dataset.sorts === "order") of = asGiven;
    const rows = [...table.tBodies[0].rows].map((row) => ({ row, key: of(row), at: asGiven(row) }));
    const missing = (key) => key === "" || Number.isNaN(key);
    const sign = order === "descending" ? -1 : 1;
    rows.sort((a, b) => {
      if (order === "none") return a.at - b.at;
      // What is missing stands at the end, whichever way is asked for; equals stay as they were.
      if (missing(a.key) || missing(b.key)) return missing(a.key) - missing(b.key) || a.at - b.at;
      const apart = typeof a.key === "number" ? a.key - b.key : a.key.localeCompare(b.key, "en-GB", { numeric: true });
      return sign * apart || a.at - b.at;
    });
    table.tBodies[0].append(...rows.map((one) => one.row));
    const words = isNumber(heading) ? WORDS[order] : order === "ascending" ? "first to last" : "last to first";
    tell(region, order === "none" ? "Back in its first order." : `Sorted by ${named(heading)}, ${words}.`);
  }

  const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

  // Numbers as a spreadsheet reads them; words that it would run are made plain.
  function cells(table) {
    const headings = [...table.tHead.rows[0].cells];
    const body = [...table.tBodies[0].rows].map((row) =>
      [...row.cells].map((cell, place) => {
        const text = said(cell).replace(/\s+/g, " ");
        if (isNumber(headings[place])) return text.replace(/\u2212/g, "-").replace(/,/g, "");
        return FORMULA.test(text) ? `'${text}` : text;
      }));
    return [headings.map(named), ...body];
  }

  async function put(plain, html) {
    if (navigator.clipboard && window.ClipboardItem) {
      const kinds = { "text/plain": plain, "text/html": html };
      const made = Object.entries(kinds).map(([kind, text]) => [kind, new Blob([text], { type: kind })]);
      return navigator.clipboard.write([new ClipboardItem(Object.fromEntries(made))]);
    }
    // An address without https has no clipboard of its own; the older way still works there.
    let done = false;
    const fill = (event) => {
      event.clipboardData.setData("text/plain", plain);
      event.clipboardData.setData("text/html", html);
      event.preventDefault();
      done = true;
    };
    document.addEventListener("copy", fill, { once: true });
    document.execCommand("copy");
    document.removeEventListener("copy", fill);
    if (!done) throw new Error("the browser did not copy");
  }

  async function copy(button) {
    const region = button.parentElement.nextElementSibling;
    const rows = cells(region.querySelector("table"));
    const plain = rows.map((row) => row.join("\t")).join("\n");
    const line = (row, tag) => `<tr>${row.map((text) => `<${tag}>${escaped(text)}</${tag}>`).join("")}</tr>`;
    const html = `<table>${rows.map((row, place) => line(row, place ? "td" : "th")).join("")}</table>`;
    try {
      await put(plain, html);
      tell(region, `Copied, ${rows.length - 1} ${rows.length === 2 ? "row" : "rows"}.`);
    } catch (error) {
      tell(region, "The browser did not let this page copy. Select the table and copy it with the keyboard.");
    }
  }

  function make(tag, kind, words) {
    const made = document.createElement(tag);
    made.className = kind;
    made.textContent = words;
    return made;
  }

  function prepare(region) {
    const table = region.querySelector("table");
    region.dataset.ready = "yes";
    [...table.tBodies[0].rows].forEach((row, place) => { row.dataset.row = place; });
    for (const heading of table.tHead.rows[0].cells) {
      heading.dataset.name = heading.textContent.trim();
      const button = make("button", "qi-sort", "");
      button.type = "button";
      const words = heading.dataset.name.split(" ");
      const arrow = make("span", "qi-sort__arrow", "");
      arrow.setAttribute("aria-hidden", "true");
      // The arrow never stands on a line of its own.
      const last = make("span", "qi-sort__last", "");
      last.append(make("span", "qi-sort__name", words.pop()), arrow);
      if (words.length) button.append(make("span", "qi-sort__name", `${words.join(" ")} `));
      button.append(last);
      heading.replaceChildren(button);
      show(heading, "none");
    }
    const tools = make("div", "qi-table__tools", "");
    const button = make("button", "nhsuk-button nhsuk-button--secondary nhsuk-button--small qi-copy", "Copy table");
    button.type = "button";
    const status = make("span", "qi-table__status", "");
    status.setAttribute("role", "status");
    tools.append(button, status);
    region.before(tools);
  }

  const watch = (root) => root.querySelectorAll("[data-sorts]:not([data-ready])").forEach(prepare);

  document.addEventListener("click", (event) => {
    const button = event.target.closest(".qi-sort, .qi-copy");
    if (button) (button.matches(".qi-sort") ? sort : copy)(button);
  });
  document.addEventListener("htmx:load", (event) => watch(event.detail.elt));
  watch(document);
})();
