// The one quiet line of the page that says whether everything is saved.

import { h } from "./dom.js";
import { clock } from "./words.js";

// Shorter saves say nothing: a line that flickers with every pause in typing disturbs,
// most of all when it is read aloud.
const QUIET_MS = 1200;

const signInAddress = (base) => {
  const path = window.location.pathname + window.location.search + window.location.hash;
  return `${base}login?next=${encodeURIComponent(path)}`;
};

function content(lesson) {
  switch (lesson.condition) {
    case "saved":
      return [`Saved ${clock(lesson.savedAt)}`];
    case "saving":
      return ["Saving…"];
    case "waiting":
      return ["Not sent yet. We keep trying; you can go on writing."];
    case "unreached":
      return ["The course cannot be reached just now. We keep trying."];
    case "unsaved":
      return ["Not saved. A note on this page says why."];
    case "conflict":
      return ["You also wrote in another window or on another device. Choose on this page which version to go on with."];
    case "refused":
      return [lesson.refusal];
    case "signed-out":
      return [
        "You have been signed out. ",
        h("a", { href: signInAddress(lesson.base) }, "Sign in again in this tab"),
        "; what you wrote is kept on this device.",
      ];
    case "other-person":
      return [
        "Somebody else has signed in on this device. ",
        h("a", { href: window.location.href }, "Load the page again"),
        " to go on as that person; what was written here stays with the first one.",
      ];
    default:
      return [];
  }
}

/** The corner of a page that gives no place: JupyterLab, where several lessons may be open. */
function floating() {
  return (
    document.querySelector(".hvq-floating") ?? document.body.appendChild(h("div", { class: "hvq-floating" }))
  );
}

class StatusLine {
  constructor(lesson) {
    this.lesson = lesson;
    this.timer = null;
    this.line = h("p", { class: "hvq-status-line", role: "status", "aria-live": "polite" });
    this.news = h("p", { class: "hvq-unseen", role: "status", "aria-live": "polite" });
    this.node = document.querySelector("[data-hv-status]") ?? floating().appendChild(h("div"));
    this.node.classList.add("hvq-status");
    this.node.append(this.line, this.news);
    lesson.addEventListener("change", () => this.#changed());
    lesson.addEventListener("news", ({ detail }) => {
      this.news.textContent = detail;
    });
    this.#changed();
  }

  #changed() {
    const { condition } = this.lesson;
    this.node.dataset.condition = condition;
    if (condition !== "saving") {
      clearTimeout(this.timer);
      this.timer = null;
      this.#show();
    } else if (this.timer === null) {
      this.timer = setTimeout(() => this.#show(), QUIET_MS);
    }
  }

  #show() {
    const nodes = content(this.lesson);
    const text = nodes.map((node) => (typeof node === "string" ? node : node.textContent)).join("");
    this.node.dataset.shown = this.lesson.condition;
    if (this.line.textContent !== text) this.line.replaceChildren(...nodes);
  }
}

const lines = new WeakMap();

/** Show the line of a lesson, once a page. */
export function showStatus(lesson) {
  if (!lines.has(lesson)) lines.set(lesson, new StatusLine(lesson));
}
