// The hand-in panel at the end of a lesson.

import { h, uid } from "./dom.js";
import { clock } from "./words.js";

const STATES = {
  "not-started": "Not started",
  draft: "Started, not checked yet",
  waiting: "Waiting to be sent",
  checked: "Checked",
  changed: "Checked; changed since, not checked again",
};

/** The panel: every question with its state, the button, and what became of the hand-in. */
export class HandInPanel {
  constructor(el, { question }, lesson) {
    Object.assign(this, { lesson, questions: question.questions ?? [], listening: new AbortController() });
    const titleId = uid("hvq-hand-in");
    this.list = h("ol", { class: "hvq-overview" });
    this.note = h("p", { class: "hvq-hint" });
    this.problem = h("p", { class: "hvq-problem", id: uid("hvq-problem"), role: "alert", hidden: true });
    this.warning = h("p", { class: "hvq-look", role: "alert" });
    this.outcome = h("p", { class: "hvq-outcome", role: "status" });
    this.button = h(
      "button",
      {
        type: "button",
        class: "hvq-button hvq-primary",
        "aria-describedby": this.problem.id,
        on: { click: () => this.#press() },
      },
      "Hand in the lesson",
    );
    this.section = h(
      "section",
      { class: "hvq-question hvq-hand-in", id: "hand-in", tabindex: -1, "aria-labelledby": titleId },
      h("p", { class: "hvq-kicker" }, "Hand in"),
      h("h3", { class: "hvq-prompt", id: titleId }, "Hand in this lesson"),
      this.note,
      this.list,
      this.outcome,
      this.warning,
      this.problem,
      h("div", { class: "hvq-actions" }, this.button),
    );
    el.append(this.section);
    lesson.addEventListener("change", () => this.draw(), { signal: this.listening.signal });
    this.draw();
  }

  destroy() {
    this.listening.abort();
    this.section.remove();
  }

  draw() {
    const { handIn, shelf } = this.lesson;
    this.note.textContent = "Your latest checked response to each question goes to your trainer.";
    const drawn = this.questions.map(({ id }) => this.lesson.record(id).progress).join();
    if (shelf && drawn !== this.drawn) {
      this.drawn = drawn;
      this.list.replaceChildren(...this.questions.map((question) => this.#line(question)));
    }
    this.#drawOutcome(handIn);
    this.button.textContent = handIn.submission ? "Hand in the lesson again" : "Hand in the lesson";
    this.button.hidden =
      Boolean(handIn.submission) && !handIn.hasChanged && handIn.submission.state !== "failed";
    if (handIn.isPending) this.button.setAttribute("aria-disabled", "true");
    else this.button.removeAttribute("aria-disabled");
    this.section.dataset.state = handIn.isPending ? "waiting" : (handIn.submission?.state ?? "open");
    this.problem.hidden = !handIn.problem;
    if (this.problem.textContent !== handIn.problem) this.problem.textContent = handIn.problem;
  }

  #line({ id, prompt }) {
    const state = this.lesson.record(id).progress;
    const number = this.lesson.numberOf(id);
    return h(
      "li",
      { "data-state": state },
      h("a", { href: `#q-${id}` }, h("span", { class: "hvq-clamped" }, number > 0 && `${number}. `, prompt)),
      " ",
      h("span", { class: "hvq-state" }, STATES[state]),
    );
  }

  #drawOutcome({ submission, isPending, hasChanged, resultUrl }) {
    const parts = [];
    if (isPending) {
      parts.push(
        this.lesson.connection.isOpen
          ? "Handing in…"
          : "Not handed in yet: the course cannot be reached. We keep trying; you need not press again.",
      );
    } else if (submission) {
      parts.push(
        `Handed in ${clock(submission.submitted_at)}. `,
        h("a", { href: resultUrl }, "See your result"),
      );
      if (submission.state === "failed")
        parts.push(" The points could not be worked out. Your work is kept; hand it in once more.");
      else if (hasChanged)
        parts.push(" You have had something checked since then. Hand in again so that it counts.");
    }
    const text = parts.map((part) => part.textContent ?? part).join("");
    if (this.outcome.textContent !== text) this.outcome.replaceChildren(...parts);
  }

  #press() {
    if (this.lesson.handIn.isPending) return;
    const progress = ({ id }) => this.lesson.record(id).progress;
    const newer = this.questions.filter((question) => progress(question) === "changed");
    // What was never checked cannot be handed in, however often the button is pressed.
    const isWhole = this.questions.every((question) => !["not-started", "draft"].includes(progress(question)));
    if (newer.length > 0 && isWhole && !this.isWarned) {
      this.isWarned = true;
      const numbers = newer.map(({ id }) => this.lesson.numberOf(id)).join(", ");
      this.warning.textContent =
        `You have written more since your last check (question ${numbers}). ` +
        "Check it first so that it counts, or press the button again to hand in what is checked.";
      return;
    }
    this.isWarned = false;
    this.warning.textContent = "";
    this.lesson.handIn.press();
  }
}
