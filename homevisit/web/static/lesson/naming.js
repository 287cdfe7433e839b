// Asks once, before a check, about pieces of a text that may tell who a family is.

import { ApiError } from "./api.js";
import { focusOn, h } from "./dom.js";
import { namingHints } from "./privacy.js";

const MOST = 6;
const ADVICE = "A role will do: “the mother”, “a two-year-old”.";
const WRITTEN = "textarea, input:not([type=radio], [type=checkbox])";

const textsIn = (value) =>
  typeof value === "object" && value ? Object.values(value).flatMap(textsIn) : [String(value ?? "")];

function listed(pieces) {
  const named = pieces.slice(0, MOST).map(({ text, kind }) => (kind ? `“${text}” (${kind})` : `“${text}”`));
  const more = pieces.length - named.length;
  return `${named.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

/** The notice of one question: `node` stands above its buttons; `goOn` is called when the learner finds all fine. */
export class NamingNotice {
  constructor(record, body, goOn) {
    Object.assign(this, { record, body, goOn, pieces: [] });
    this.said = h("p", { role: "status" });
    this.choices = h("div", { class: "hvq-choices" });
    this.node = h("div", { class: "hvq-naming-notice" }, this.said, this.choices);
    body.addEventListener("input", () => this.#forgetChanged());
  }

  get #fields() {
    return [...this.body.querySelectorAll(WRITTEN)];
  }

  get #accepted() {
    return (this.record.lesson.acceptedPieces ??= new Set());
  }

  /** Look at a response; true, and the notice is shown, when the learner has not yet been asked about all of it. */
  async stops(response) {
    // Pressing the button again below the notice says that all in it is fine.
    for (const { text } of this.pieces) this.#accepted.add(text);
    if (!this.#fields.some((field) => field.value.trim())) return false;
    const before = textsIn(this.record.attempts.map((attempt) => attempt.response)).join("\n");
    const found = (await this.#found(response)).filter(
      ({ text }) => !this.#accepted.has(text) && !before.includes(text),
    );
    this.#show(found);
    return found.length > 0;
  }

  hide() {
    this.#show([]);
  }

  focus() {
    focusOn(this.choices.firstChild);
  }

  async #found(response) {
    const { lesson, questionId } = this.record;
    if (lesson.mayTry) {
      try {
        return (await lesson.api.privacy(questionId, response)).findings;
      } catch (error) {
        // Whatever is in the way, the commit goes on and says it; only the closer look is missed.
        if (!(error instanceof ApiError)) throw error;
      }
    }
    return namingHints(textsIn(response).join("\n")).map((text) => ({ text, kind: "" }));
  }

  #show(pieces) {
    this.pieces = pieces;
    this.said.textContent =
      pieces.length > 0 ? `Could somebody be recognized by this? ${listed(pieces)}. ${ADVICE}` : "";
    const button = (caption, click) =>
      h("button", { type: "button", class: "hvq-button", on: { click } }, caption);
    this.choices.replaceChildren(
      ...(pieces.length > 0
        ? [
            button("Change my text", () => this.#change()),
            button("It is fine, go on", () => this.goOn()),
          ]
        : []),
    );
    this.node.classList.toggle("hvq-shown", pieces.length > 0);
  }

  #fieldOf(text) {
    return this.#fields.find((field) => field.value.includes(text)) ?? this.#fields[0];
  }

  #change() {
    const [{ text }] = this.pieces;
    const field = this.#fieldOf(text);
    const start = field.value.indexOf(text);
    this.hide();
    field.focus();
    if (start >= 0) field.setSelectionRange?.(start, start + text.length);
  }

  /** A notice about words that are gone says nothing any more. */
  #forgetChanged() {
    const isThere = ({ text }) => this.#fields.some((field) => field.value.includes(text));
    if (this.pieces.length > 0 && !this.pieces.some(isThere)) this.hide();
  }
}
