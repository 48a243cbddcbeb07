// Buttons that show a part of a live chart in time. The wheel and a finger always move the page: nothing on the chart itself zooms.
(() => {
  const FEWEST = 6;
  const BUTTONS = [["closer", "Closer"], ["wider", "Wider"], ["earlier", "Earlier"], ["later", "Later"], ["whole", "Whole chart"]];

  function prepare(place, doc) {
    const named = (name) => doc.get_model_by_name(name);
    const range = named("x_range"), axis = named("below"), ticker = named("below_ticks"), names = named("right");
    const points = named("points").data;
    const whole = [range.start, range.end];
    const first = { ticks: ticker.ticks, words: axis.major_label_overrides, ink: names.major_label_text_color };
    const xs = [...points.x];
    const reach = whole[1] - whole[0];
    const least = Math.min(reach, (reach / Math.max(xs.length, 1)) * FEWEST);
    if (xs.length <= FEWEST) return;

    const tools = document.createElement("div");
    tools.className = "qi-zoom";
    tools.setAttribute("role", "group");
    tools.setAttribute("aria-label", "Part of the chart that is shown");
    for (const [does, words] of BUTTONS) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "qi-zoom__button";
      button.dataset.zoom = does;
      button.textContent = words;
      tools.append(button);
    }
    const status = document.createElement("span");
    status.className = "qi-zoom__status";
    status.setAttribute("role", "status");
    tools.append(status);

    const isWhole = () => range.end - range.start >= reach * 0.999;
    const wanted = {
      closer: ([a, b]) => { const half = Math.max((b - a) / 2, least) / 2; return [(a + b) / 2 - half, (a + b) / 2 + half]; },
      wider: ([a, b]) => [(a + b) / 2 - (b - a), (a + b) / 2 + (b - a)],
      earlier: ([a, b]) => [a - (b - a) / 2, b - (b - a) / 2],
      later: ([a, b]) => [a + (b - a) / 2, b + (b - a) / 2],
      whole: () => whole,
    };

    function inside([a, b]) {
      const wide = Math.min(b - a, reach);
      const from = Math.min(Math.max(a, whole[0]), whole[1] - wide);
      return [from, from + wide];
    }

    function off() {
      const [a, b] = [range.start, range.end], near = reach * 0.001;
      const state = {
        closer: b - a <= least * 1.001, wider: isWhole(), whole: isWhole(),
        earlier: a <= whole[0] + near, later: b >= whole[1] - near,
      };
      // A button that is off keeps the keyboard's place.
      for (const button of tools.children) {
        if (button.dataset.zoom) button.setAttribute("aria-disabled", String(state[button.dataset.zoom]));
      }
      return state;
    }

    function show([from, to]) {
      range.setv({ start: from, end: to });
      const state = off();
      const shown = xs.map((x, row) => [x, points.period[row]]).filter(([x]) => x >= from && x <= to);
      if (isWhole()) {
        axis.major_label_overrides = first.words;
        ticker.ticks = first.ticks;
        status.textContent = "The whole chart.";
      } else {
        const step = Math.max(1, Math.ceil(shown.length / first.ticks.length));
        const ticks = shown.filter((_, at) => at % step === 0);
        axis.major_label_overrides = new Map(ticks.map(([x, period]) => [x, String(period).replace(/ (\d{4})$/, "\n$1")]));
        ticker.ticks = ticks.map(([x]) => x);
        status.textContent = shown.length ? `${shown[0][1]} to ${shown[shown.length - 1][1]}.` : "No points here.";
      }
      // The names at the right belong to the last point: they go when it goes.
      names.major_label_text_color = state.later ? first.ink : null;
    }

    tools.addEventListener("click", (event) => {
      const button = event.target.closest("[data-zoom]");
      if (button && button.getAttribute("aria-disabled") !== "true") {
        show(inside(wanted[button.dataset.zoom]([range.start, range.end])));
      }
    });
    off();
    place.after(tools);
  }

  document.addEventListener("qi:live", (event) => prepare(event.target, event.detail.doc));
  document.addEventListener("qi:still", (event) => {
    if (event.target.nextElementSibling?.matches(".qi-zoom")) event.target.nextElementSibling.remove();
  });
})();
