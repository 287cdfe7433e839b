// Places of a learner's text that a trainer comments on: marked in the text and listed below it.

import { h } from "./dom.js";

/** Where `words` stand in `text`; the first place not in `taken`, or null. White space may differ. */
function placeOf(words, text, taken) {
  const pattern = words.trim().replace(/[.*+?^${}()|[\]\\]/gu, "\\$&").replace(/\s+/gu, "\\s+");
  if (!pattern) return null;
  for (const found of text.matchAll(new RegExp(pattern, "giu"))) {
    const start = found.index;
    const end = start + found[0].length;
    if (!taken.some((place) => place.start < end && start < place.end)) return { start, end };
  }
  return null;
}

// The server counts characters, the browser halves of some of them.
const toServer = (text, index) => [...text.slice(0, index)].length;
const toBrowser = (text, index) => [...text].slice(0, index).join("").length;

export class Highlights {
  constructor(root, { text, highlights }, onChange) {
    Object.assign(this, { root, text, onChange });
    this.place = root.querySelector("[data-desk-text]");
    this.below = root.querySelector("[data-desk-highlights]");
    this.phrase = root.querySelector("#phrase");
    this.comment = root.querySelector("#phrase-comment");
    this.problem = root.querySelector("[data-phrase-problem]");
    this.take(highlights);
    root.querySelector("[data-phrase-add]")?.addEventListener("click", () => this.#add());
    this.place.addEventListener("mouseup", () => this.#fromSelection());
    this.place.addEventListener("touchend", () => setTimeout(() => this.#fromSelection(), 300));
  }

  /** Show these places, given as the server counts. */
  take(highlights) {
    this.marks = highlights.map((mark) => ({
      ...mark,
      start: toBrowser(this.text, mark.start),
      end: toBrowser(this.text, mark.end),
    }));
    this.#draw();
  }

  /** The places as the server counts. */
  get list() {
    return this.marks.map(({ start, end, comment }) => ({
      start: toServer(this.text, start),
      end: toServer(this.text, end),
      comment,
    }));
  }

  #fromSelection() {
    const words = window.getSelection()?.toString().trim();
    if (!words || !this.phrase) return;
    this.root.querySelector("[data-desk-phrase]").open = true;
    this.phrase.value = words;
  }

  #add() {
    const place = placeOf(this.phrase.value, this.text, this.marks);
    this.problem.hidden = Boolean(place);
    if (!place) {
      this.problem.textContent = this.phrase.value.trim()
        ? "These words do not stand in the text, or are marked already. Copy them from the text."
        : "Write the words first that your comment is about.";
      this.phrase.focus();
      return;
    }
    this.marks.push({ ...place, comment: this.comment.value.trim() });
    this.marks.sort((a, b) => a.start - b.start);
    this.phrase.value = "";
    this.comment.value = "";
    this.#draw();
    this.onChange();
    this.phrase.focus();
  }

  #remove(mark) {
    this.marks = this.marks.filter((one) => one !== mark);
    this.#draw();
    this.onChange();
    this.phrase?.focus();
  }

  #draw() {
    const pieces = [];
    let at = 0;
    this.marks.forEach(({ start, end }, index) => {
      const number = h("sup", {}, `${index + 1}`);
      pieces.push(this.text.slice(at, start), h("mark", {}, this.text.slice(start, end), number));
      at = end;
    });
    this.place.replaceChildren(...pieces, this.text.slice(at));
    const line = (mark) =>
      h(
        "li",
        {},
        h("q", { dir: "auto" }, this.text.slice(mark.start, mark.end)),
        mark.comment && h("p", { dir: "auto" }, mark.comment),
        this.phrase &&
          h(
            "button",
            {
              type: "button",
              class: "hv-plain",
              "aria-label": `Remove the comment on “${this.text.slice(mark.start, mark.end).slice(0, 60)}”`,
              on: { click: () => this.#remove(mark) },
            },
            "Remove",
          ),
      );
    this.below.replaceChildren(
      ...(this.marks.length > 0 ? [h("ol", { class: "hv-marks" }, this.marks.map(line))] : []),
    );
  }
}
