// Who may read a text: chosen below it, kept like a draft until the server has it.

import { ApiError } from "./api.js";
import { h, uid } from "./dom.js";

// Arrow keys pass through the choices in between; only the one that they stop at is sent.
const PAUSE_MS = 700;
const PLACE = "#sharing:";
const ALONE = "trainer";
const CHOICES = {
  [ALONE]: ["my trainer", "Nobody else, unless you choose so here."],
  supervisor: ["my supervisor too", "From the moment you check it. You can take it back here."],
  group: ["my group, without my name", "From the moment you check it. You can take it back here."],
};

/** The choices of one lesson: by question `{readers, mark, problem, isUnsent}`. */
export class Sharing {
  constructor(lesson) {
    Object.assign(this, { lesson, chosen: new Map(), isBusy: false, timer: null });
  }

  get isPending() {
    return [...this.chosen.values()].some(({ isUnsent }) => isUnsent);
  }

  load({ sharing = {} }) {
    for (const [questionId, choice] of Object.entries(sharing)) {
      const kept = this.lesson.shelf.read(PLACE + questionId);
      this.chosen.set(questionId, { ...choice, ...kept, isUnsent: Boolean(kept) });
    }
  }

  /** Let these read a text; taking it back is sent at once. */
  choose(questionId, readers) {
    const { mark } = this.chosen.get(questionId);
    this.chosen.set(questionId, { readers, mark, isUnsent: true });
    this.lesson.shelf.write(PLACE + questionId, { readers, mark });
    this.lesson.changed();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.work(), readers === ALONE ? 0 : PAUSE_MS);
  }

  async work() {
    if (this.isBusy || !this.lesson.mayTry) return;
    this.isBusy = true;
    try {
      for (const [questionId, choice] of this.chosen) if (choice.isUnsent) await this.#send(questionId, choice);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.lesson.connection.failed(error);
    } finally {
      this.isBusy = false;
      this.lesson.changed();
    }
    if (this.isPending && this.lesson.mayTry) this.timer = setTimeout(() => this.work(), PAUSE_MS);
  }

  async #send(questionId, choice) {
    const { readers, mark } = choice;
    let taken;
    try {
      taken = (await this.lesson.api.share(questionId, { readers, base: mark })).sharing;
      this.lesson.savedAt = new Date().toISOString();
    } catch (error) {
      if (!["conflict", "refused"].includes(error.kind)) throw error;
      taken = { readers: ALONE, mark, ...error.body.sharing, problem: error.message };
    }
    this.lesson.connection.worked();
    const now = this.chosen.get(questionId);
    const isLast = now === choice;
    this.chosen.set(questionId, isLast ? taken : { ...now, mark: taken.mark });
    if (isLast) this.lesson.shelf.forget(PLACE + questionId);
  }
}

/** The choice below a text; null where nobody but the learner reads it. */
export function sharingChoice(lesson, questionId, signal) {
  const { sharing } = lesson;
  if (!sharing.chosen.has(questionId)) return null;
  const id = uid("hvq-sharing");
  const note = h("span", { class: "hvq-hint", id: `${id}-note`, "aria-live": "polite" });
  const choose = () => sharing.choose(questionId, select.value);
  const options = Object.entries(CHOICES).map(([value, [text]]) => h("option", { value }, text));
  const select = h("select", { id, "aria-describedby": note.id, on: { change: choose } }, options);
  const show = () => {
    const { readers, problem } = sharing.chosen.get(questionId);
    const text = problem ?? CHOICES[readers][1];
    if (select.value !== readers) select.value = readers;
    if (note.textContent !== text) note.textContent = text;
  };
  lesson.addEventListener("change", show, { signal });
  show();
  return h("p", { class: "hvq-sharing" }, h("label", { for: id }, "Who may read this:"), select, note);
}
