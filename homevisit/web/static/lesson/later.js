// A question whose script comes in tools.js: fetched once a page, asked for again where it did not come.

import { h } from "./dom.js";

const NEAR = "1200px 0px";
const COMING = "Fetching this part of the lesson…";
let fetched = null;
let tries = 0;

function styled() {
  const address = new URL("tools.css", import.meta.url).href;
  const link = h("link", { rel: "stylesheet", href: address });
  return new Promise((resolve, reject) => {
    link.addEventListener("load", resolve);
    link.addEventListener("error", reject);
    document.head.append(link);
  });
}

function fetchTools() {
  // A browser may keep a failed import for good under its address.
  const address = new URL(tries === 0 ? "tools.js" : `tools.js?try=${tries}`, import.meta.url).href;
  tries += 1;
  fetched ??= Promise.all([import(address), styled()]).catch((error) => {
    fetched = null;
    throw error;
  });
  return fetched;
}

/**
 * Shows `draw(kind)` in `el` as soon as the module of the type `name` is there; a patient one fetches it only when it
 * comes near the part of the page that is seen.
 */
export class LaterView {
  constructor(el, name, draw, { isPatient = false, id = null } = {}) {
    Object.assign(this, { el, name, draw, drawn: null, isGone: false });
    this.note = h("p", { class: "hvq-nothing", role: "status", id });
    el.append(this.note);
    this.again = () => this.#fetch();
    this.watching = null;
    if (!isPatient) this.#fetch();
    else this.#await();
  }

  // Nobody pays for a clip who does not come near it.
  #await() {
    this.note.dataset.later = this.name;
    this.watching = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && this.#near(), {
      rootMargin: NEAR,
    });
    this.note.textContent = COMING;
    this.watching.observe(this.note);
  }

  #near() {
    this.watching.disconnect();
    this.#fetch();
  }

  destroy() {
    this.isGone = true;
    this.watching?.disconnect();
    window.removeEventListener("online", this.again);
    this.note.remove();
    this.drawn?.destroy();
  }

  async #fetch() {
    window.removeEventListener("online", this.again);
    this.note.replaceChildren(COMING);
    try {
      const [{ kinds }] = await fetchTools();
      if (this.isGone) return;
      this.note.remove();
      this.drawn = this.draw(kinds[this.name]);
    } catch {
      const button = h("button", { type: "button", class: "hvq-button", on: { click: this.again } }, "Try again");
      this.note.replaceChildren("This part of the lesson could not be fetched. What you wrote is kept. ", button);
      window.addEventListener("online", this.again);
    }
  }
}
