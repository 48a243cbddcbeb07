// Makes the grid of numbers behave like a spreadsheet: arrow keys, Enter, a pasted block, undo; every cell is saved when it is
// left, and the chart and its sentence follow each keystroke. Without this script the form below is saved by its button.
(() => {
  const PAUSE = 150; // milliseconds after a keystroke before the server is asked
  const narrow = window.matchMedia("(max-width: 40.0525em)");

  function start(form) {
    if (form.dataset.started) return;
    form.dataset.started = "yes";
    const home = form.dataset.grid;
    const said = form.querySelector("[data-grid-said]");
    const undone = [];
    let timer = 0;
    let asked = 0;
    let later = 0;
    let saving = Promise.resolve();

    const cells = () => [...form.querySelectorAll("input[name^='points/']:not([type=hidden])")];
    const rowOf = (cell) => cell.name.split("/").slice(0, 2).join("/");
    const columnOf = (cell) => cell.name.split("/")[2];
    const named = (name) => form.elements.namedItem(name);

    function body(rows) {
      const sent = new FormData();
      sent.set("csrf_token", form.elements.csrf_token.value);
      for (const row of rows) {
        for (const field of form.querySelectorAll(`input[name^='${row}/']`)) sent.set(field.name, field.value);
      }
      return new URLSearchParams(sent);
    }

    async function ask(path, rows) {
      const address = `${home}/${path}?palette=${form.dataset.palette}&shape=${narrow.matches ? "narrow" : "wide"}`;
      const answer = await fetch(address, { method: "POST", body: body(rows), headers: { accept: "application/json" }, redirect: "error" });
      if (!(answer.headers.get("content-type") || "").startsWith("application/json")) throw new Error(String(answer.status));
      return answer.json();
    }

    // The sentence and the drawing as the server worked them out: one verdict, whoever shows it.
    function show(answer, kept) {
      const read = (text) => new DOMParser().parseFromString(text, "text/html").body;
      const verdict = document.getElementById("verdict");
      const words = read(answer.verdict);
      if (verdict && verdict.textContent.trim() !== words.textContent.trim()) verdict.replaceChildren(...words.childNodes);
      const drawn = read(answer.drawing).querySelector("svg");
      const place = document.querySelector("#chart [data-figure-url], #chart .qi-chart__drawing");
      if (!drawn || !place) return;
      place.dataset.turn = Number(place.dataset.turn ?? 0) + 1; // a live chart that is on its way comes too late
      const still = place.querySelector(".qi-chart__still");
      still.querySelector(narrow.matches ? ".qi-chart__narrow" : ".qi-chart__wide").replaceChildren(drawn);
      still.hidden = false;
      const live = place.querySelector("[data-live]");
      if (live) {
        live.replaceChildren();
        live.hidden = true;
        delete place.dataset.live;
        place.dispatchEvent(new CustomEvent("qi:still", { bubbles: true }));
        if (kept) document.dispatchEvent(new CustomEvent("qi:redraw"));
      }
    }

    // The table and what has happened here follow a moment after a number was saved.
    function follow() {
      clearTimeout(later);
      later = setTimeout(async () => {
        const answer = await fetch(location.href, { headers: { accept: "text/html" } }).catch(() => null);
        if (!answer?.ok) return;
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        for (const part of ["#chart-table tbody", "#chart .qi-chart__foot", "[data-follows]"]) {
          const now = document.querySelector(part);
          const next = page.querySelector(part);
          if (now && next) now.replaceWith(next);
          else if (now || next) return; // the first number brings the chart: that needs the whole page
        }
      }, 600);
    }

    function mark(cell, words, choices = []) {
      const id = `${cell.id}-error`;
      document.getElementById(id)?.remove();
      document.getElementById(`${id}-choices`)?.remove();
      cell.classList.toggle("nhsuk-input--error", Boolean(words));
      if (!words) {
        cell.removeAttribute("aria-describedby");
        cell.removeAttribute("aria-invalid");
        return;
      }
      const message = document.createElement("span");
      message.id = id;
      message.className = "nhsuk-error-message qi-grid__mistake";
      message.textContent = words;
      cell.before(message);
      cell.setAttribute("aria-describedby", id);
      cell.setAttribute("aria-invalid", "true");
      if (!choices.length) return;
      const group = document.createElement("span");
      group.id = `${id}-choices`;
      for (const [label, choose] of choices) {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "qi-link-button qi-grid__choice";
        button.textContent = label;
        button.addEventListener("click", choose);
        group.append(button);
      }
      cell.after(group);
    }

    function place(answer, rows) {
      for (const row of rows) {
        const kept = answer.rows?.[row];
        if (!kept) continue;
        for (const [field, text] of Object.entries(kept.cells)) {
          const cell = named(`${row}/${field}`);
          if (!cell) continue;
          const touched = cell === document.activeElement && cell.value !== cell.dataset.kept;
          if (!answer.saved) continue;
          if (!touched) cell.value = text;
          if (cell !== document.activeElement || !touched) cell.dataset.entered = cell.value;
          cell.dataset.kept = text;
          mark(cell, "");
        }
        if (answer.saved) {
          named(`${row}/version`).value = kept.version;
          named(`${row}/was`).value = kept.was;
        }
      }
      for (const one of answer.mistakes ?? []) {
        const cell = named(one.at) ?? named(one.at.replace(/\/(value|numerator|denominator|note)$/, "/value"));
        if (!cell || cell.type === "hidden") continue;
        const row = rowOf(cell);
        const theirs = answer.rows?.[row];
        const clash = theirs && String(theirs.version) !== named(`${row}/version`).value;
        mark(cell, one.message, clash ? choices(cell, row, theirs) : []);
      }
    }

    // Two people changed one cell: both values stand there, and the one who is here decides.
    function choices(cell, row, theirs) {
      const other = theirs.cells[columnOf(cell)] || "no number";
      const settle = (text) => {
        named(`${row}/version`).value = theirs.version;
        named(`${row}/was`).value = theirs.was;
        cell.dataset.kept = theirs.cells[columnOf(cell)];
        cell.value = text;
        mark(cell, "");
        if (text !== theirs.cells[columnOf(cell)]) save([row]);
        cell.focus();
      };
      const mine = cell.value;
      return [
        [`Take ${other}`, () => settle(theirs.cells[columnOf(cell)])],
        [`Keep ${mine || "no number"}`, () => settle(mine)],
      ];
    }

    function save(rows) {
      clearTimeout(timer);
      asked += 1;
      saving = saving.then(async () => {
        try {
          const answer = await ask("cells", rows);
          place(answer, rows);
          show(answer, Boolean(answer.saved));
          if (answer.saved) {
            form.querySelector("#saved").textContent = answer.saved;
            follow();
          }
          said.textContent = answer.saved ? "" : answer.words;
        } catch {
          said.textContent = "This could not be saved just now; what you typed still stands here. Check the connection, or sign in again in another tab, then press “Save numbers”.";
        }
      });
      return saving;
    }

    function preview(row) {
      clearTimeout(timer);
      const mine = (asked += 1);
      timer = setTimeout(async () => {
        try {
          const answer = await ask("typed", [row]);
          if (mine !== asked) return; // something newer was typed or saved
          for (const cell of cells().filter((one) => rowOf(one) === row)) {
            const wrong = answer.mistakes.find((one) => one.at === cell.name);
            if (!wrong || cell === document.activeElement) mark(cell, "");
          }
          show(answer, false);
        } catch { /* the next keystroke asks again */ }
      }, PAUSE);
    }

    function change(cell, text) {
      if (cell.value === text) return;
      cell.value = text;
      cell.dataset.entered = text;
    }

    function move(cell, down, across) {
      const all = cells();
      const rows = [...new Set(all.map(rowOf))];
      const columns = [...new Set(all.map(columnOf))];
      const row = rows[rows.indexOf(rowOf(cell)) + down];
      const column = columns[columns.indexOf(columnOf(cell)) + across];
      const next = row && column && named(`${row}/${column}`);
      if (!next) return false;
      next.focus();
      next.select();
      return true;
    }

    function undo() {
      const last = undone.pop();
      if (!last) {
        said.textContent = "There is nothing left to undo here. Earlier numbers stand in the history.";
        return;
      }
      for (const [name, text] of last) change(named(name), text);
      save([...new Set(last.map(([name]) => name.split("/").slice(0, 2).join("/")))]);
      named(last[0][0]).focus();
      said.textContent = "Undone.";
    }

    // A block goes into the cells below and to the right, as in a spreadsheet; rows that carry their dates are brought in as a file would be.
    function paste(cell, text) {
      const block = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n").map((line) => line.split("\t"));
      if (block.length === 1 && block[0].length === 1) return false;
      const all = cells();
      const rows = [...new Set(all.map(rowOf))];
      const columns = [...new Set(all.map(columnOf))];
      const top = rows.indexOf(rowOf(cell));
      const left = columns.indexOf(columnOf(cell));
      const dated = block.some((line) => /[a-z]|\d[/-]\d/i.test(line[0]));
      if (dated || top + block.length > rows.length || left + Math.max(...block.map((line) => line.length)) > columns.length) {
        const bring = document.createElement("form");
        bring.method = "post";
        bring.action = `${home}/import`;
        bring.enctype = "multipart/form-data";
        bring.hidden = true;
        for (const [name, value] of [["csrf_token", form.elements.csrf_token.value], ["pasted", text]]) {
          const field = document.createElement("textarea");
          field.name = name;
          field.value = value;
          bring.append(field);
        }
        document.body.append(bring);
        bring.submit();
        return true;
      }
      const before = [];
      const touched = new Set();
      block.forEach((line, down) => line.forEach((piece, across) => {
        const target = named(`${rows[top + down]}/${columns[left + across]}`);
        if (!target || target.value === piece.trim()) return;
        before.push([target.name, target.value]);
        change(target, piece.trim());
        touched.add(rows[top + down]);
      }));
      if (before.length) undone.push(before);
      save([...touched]);
      said.textContent = `${before.length} cells pasted. Undo with Ctrl+Z.`;
      return true;
    }

    for (const cell of cells()) cell.dataset.kept = cell.value;

    form.addEventListener("focusin", (event) => {
      if (event.target.name?.startsWith("points/")) event.target.dataset.entered = event.target.value;
    });
    form.addEventListener("input", (event) => {
      const cell = event.target;
      if (cell.name?.startsWith("points/")) preview(rowOf(cell));
    });
    form.addEventListener("change", (event) => {
      const cell = event.target;
      if (!cell.name?.startsWith("points/") || cell.value === cell.dataset.kept) return;
      undone.push([[cell.name, cell.dataset.entered ?? cell.dataset.kept]]);
      // A numerator waits for its denominator: half a pair is no number yet.
      const pair = ["numerator", "denominator"].map((one) => named(`${rowOf(cell)}/${one}`));
      if (pair.every(Boolean) && pair.filter((one) => one.value.trim()).length === 1 && columnOf(cell) !== "note") return;
      save([rowOf(cell)]);
    });
    form.addEventListener("paste", (event) => {
      const cell = event.target;
      if (cell.name?.startsWith("points/") && paste(cell, event.clipboardData.getData("text/plain"))) event.preventDefault();
    });
    form.addEventListener("keydown", (event) => {
      const cell = event.target;
      if (!cell.name?.startsWith("points/")) return;
      const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !event.shiftKey && cell.value === (cell.dataset.entered ?? "")) {
        event.preventDefault();
        undo();
      } else if (plain && event.key === "Enter") {
        event.preventDefault();
        move(cell, event.shiftKey ? -1 : 1, 0) || cell.dispatchEvent(new Event("change", { bubbles: true }));
      } else if (plain && event.key === "ArrowDown") {
        move(cell, 1, 0) && event.preventDefault();
      } else if (plain && event.key === "ArrowUp") {
        move(cell, -1, 0) && event.preventDefault();
      } else if (plain && event.key === "ArrowLeft" && cell.selectionStart === 0 && (cell.selectionEnd === 0 || cell.selectionEnd === cell.value.length)) {
        move(cell, 0, -1) && event.preventDefault();
      } else if (plain && event.key === "ArrowRight" && cell.selectionEnd === cell.value.length && (cell.selectionStart === cell.value.length || cell.selectionStart === 0)) {
        move(cell, 0, 1) && event.preventDefault();
      } else if (plain && event.key === "Escape" && cell.value !== cell.dataset.kept) {
        cell.value = cell.dataset.kept;
        preview(rowOf(cell));
      }
    });
  }

  function watch(root) {
    for (const form of root.querySelectorAll("form[data-grid]")) start(form);
  }

  watch(document);
  // htmx brings a new form when the button was used.
  document.addEventListener("htmx:load", (event) => watch(event.detail.elt.parentElement ?? document));
})();
