// Puts the live chart in place of the still one once it is in view, drawn and only then. Any failure leaves the still one.
(() => {
  const narrow = window.matchMedia("(max-width: 40.0525em)");

  // BokehJS makes its canvas a stop of the tab key, inside shadow roots.
  function passOver(root) {
    for (const element of root.querySelectorAll("*")) {
      if (element.hasAttribute("tabindex")) element.setAttribute("tabindex", "-1");
      if (element.shadowRoot) passOver(element.shadowRoot);
    }
  }

  // A finger that taps tells BokehJS of no movement, and of leaving: the place tapped is told as the pointer's, until a tap elsewhere.
  let tapped = null;
  function tell(kind, target, { clientX, clientY }) {
    // Without `view` the page's scrolling would not count in `pageX`.
    const more = { pointerId: 1, pointerType: "mouse", isPrimary: true, bubbles: true, composed: true, view: window };
    target.dispatchEvent(new PointerEvent(kind, { clientX, clientY, ...more }));
  }
  document.addEventListener("click", (event) => {
    if (event.pointerType === "mouse" || event.pointerType === "") return;
    const [target] = event.composedPath();
    if (tapped && tapped !== target) tell("pointerout", tapped, event);
    tapped = event.target.closest?.("[data-live]") ? target : null;
    if (tapped) tell("pointermove", tapped, event);
  });

  async function embed(place) {
    const slot = place.querySelector("[data-live]");
    const still = place.querySelector(".qi-chart__still");
    const turn = place.dataset.turn;
    const address = new URL(place.dataset.figureUrl, location.href);
    if (narrow.matches) address.searchParams.set("shape", "narrow");
    try {
      const answer = await fetch(address, { headers: { accept: "application/json" } });
      if (!answer.ok) return;
      const item = await answer.json();
      if (place.dataset.turn !== turn) return; // a newer number was typed meanwhile
      slot.hidden = false;
      slot.style.visibility = "hidden";
      slot.style.position = "absolute";
      slot.style.width = `${place.clientWidth}px`;
      const views = await window.Bokeh.embed.embed_item(item, slot);
      if (!views || slot.childElementCount === 0) throw new Error("nothing was drawn");
      slot.removeAttribute("style");
      if (place.dataset.turn !== turn) {
        slot.replaceChildren();
        slot.hidden = true;
        return;
      }
      // A canvas has nothing to read and nothing to press: it keeps the words of the drawing it replaces.
      passOver(slot);
      slot.setAttribute("role", "img");
      slot.setAttribute("aria-label", still.querySelector("svg").getAttribute("aria-label"));
      still.hidden = true;
      place.dataset.live = "yes";
      const [view] = views.roots;
      place.dispatchEvent(new CustomEvent("qi:live", { bubbles: true, detail: { doc: view.model.document } }));
    } catch (error) {
      slot.replaceChildren();
      slot.hidden = true;
      if (slot.isConnected) console.warn("The live chart could not be drawn; the still one stays.", error);
    }
  }

  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      seen.unobserve(entry.target);
      embed(entry.target);
    }
  }, { rootMargin: "200px" });

  function watch(root) {
    if (!window.Bokeh) return;
    for (const place of root.querySelectorAll("[data-figure-url]:not([data-live])")) seen.observe(place);
  }

  // A phone that is turned wants the other shape: the still one stands in until the live one is drawn anew.
  narrow.addEventListener("change", () => {
    for (const place of document.querySelectorAll("[data-figure-url][data-live]")) {
      const slot = place.querySelector("[data-live]");
      slot.replaceChildren();
      slot.hidden = true;
      place.querySelector(".qi-chart__still").hidden = false;
      delete place.dataset.live;
      place.dispatchEvent(new CustomEvent("qi:still", { bubbles: true }));
    }
    watch(document);
  });

  // A number was saved in the grid: the drawing is new already, the live chart follows.
  document.addEventListener("qi:redraw", () => watch(document));

  watch(document);
  // A fragment that htmx brought in may hold a chart.
  document.addEventListener("htmx:load", (event) => watch(event.detail.elt));
})();
