// The frame around every type of question: form, check, feedback, revision, earlier tries.

import { conflictChoice, setAsideNote } from "./conflict.js";
import { focusOn, h, uid } from "./dom.js";
import { earlierTry } from "./earlier.js";
import { feedback } from "./feedback.js";
import { NamingNotice } from "./naming.js";
import { ProblemNote } from "./problem.js";
import { ReturnedNote } from "./returned.js";
import { sceneAgain } from "./scene.js";
import { sharingChoice } from "./sharing.js";
import { same } from "./values.js";
import { nthTry } from "./words.js";

const LONG_PROMPT = 120;
const STATES = {
  "not-started": "",
  draft: "",
  waiting: "Not sent yet",
  checked: "Checked",
  changed: "Not checked since you changed it",
};

/** One question on the page; `kind` is the module of its type. */
export class QuestionView {
  constructor(el, { question_id: questionId, question }, lesson, kind) {
    Object.assign(this, {
      question,
      lesson,
      kind,
      record: lesson.record(questionId),
      form: null,
      drawnBody: "",
    });
    this.view = (response) => kind.view(question, response, lesson);
    const anchor = `q-${questionId}`;
    this.id = document.getElementById(anchor) ? uid(anchor) : anchor;
    this.listening = new AbortController();
    this.#build(el, questionId);
    this.#listen();
    this.draw();
  }

  destroy() {
    this.record.work();
    this.listening.abort();
    this.section.remove();
  }

  #build(el, questionId) {
    const { question, kind, id } = this;
    this.kicker = h("span", {}, kind.label);
    this.state = h("span", { class: "hvq-state" });
    const look = question.prompt.length > LONG_PROMPT ? "hvq-prompt hvq-long" : "hvq-prompt";
    this.title = h("h3", { class: look, id: `${id}-title` }, question.prompt);
    this.hint = question.hint && h("p", { class: "hvq-hint", id: `${id}-hint` }, question.hint);
    this.body = h(
      "div",
      { class: "hvq-body" },
      h("p", { class: "hvq-nothing" }, "Fetching what you wrote before…"),
    );
    this.returned = new ReturnedNote(this.record);
    this.actions = h("div", { class: "hvq-actions" });
    this.naming = new NamingNotice(this.record, this.body, () => this.#check());
    this.problem = new ProblemNote(`${id}-problem`, this.naming.node);
    this.feedback = h("div", { class: "hvq-feedback-place" });
    this.earlier = h("div", { class: "hvq-earlier" });
    const fieldset = h(
      "fieldset",
      { class: "hvq-fieldset", "aria-describedby": this.hint ? this.hint.id : null },
      h("legend", {}, this.title),
      this.hint,
      question.scene && sceneAgain(question.scene),
      this.returned.node,
      this.body,
      this.problem.node,
      this.naming.node,
      this.actions,
    );
    this.section = h(
      "section",
      {
        class: "hvq-question",
        id,
        tabindex: -1,
        "aria-labelledby": this.title.id,
        "data-question": questionId,
        "data-type": question.type,
      },
      h("p", { class: "hvq-kicker" }, this.kicker, this.state),
      fieldset,
      this.feedback,
      this.earlier,
    );
    el.append(this.section);
  }

  #listen() {
    const { signal } = this.listening;
    this.record.addEventListener("redraw", () => this.draw(), { signal });
    this.record.addEventListener(
      "problem",
      () => this.problem.show(this.record.problem, this.form, this.#holdsFocus()),
      { signal },
    );
    this.record.addEventListener("checked", () => this.#checked(), { signal });
    this.lesson.addEventListener("change", () => this.#drawState(), { signal });
    this.body.addEventListener("focusout", () => this.record.work(), { signal });
    this.lesson.ready.then(() => !signal.aborted && this.draw());
  }

  draw() {
    this.#drawState();
    if (!this.lesson.shelf) return;
    this.sharing ??= sharingChoice(this.lesson, this.record.questionId, this.listening.signal);
    if (this.sharing && !this.sharing.isConnected) this.body.after(this.sharing);
    const wanted = this.record.conflict ? "conflict" : this.record.mode;
    // A form that stands keeps its nodes, and with them the caret.
    if (wanted !== this.drawnBody || wanted === "checked") this.#drawBody(wanted);
    if (wanted !== "edit") this.naming.hide();
    this.#drawActions(wanted);
    this.#drawFeedback(wanted);
    this.#drawEarlier();
    this.problem.show(this.record.problem, this.form);
  }

  #drawBody(wanted) {
    const hadFocus = this.body.contains(document.activeElement);
    const { record, view } = this;
    this.drawnBody = wanted;
    this.form = null;
    if (wanted === "conflict") {
      this.body.replaceChildren(conflictChoice(record, view, `${this.id}-conflict`));
    } else if (wanted === "checked") {
      this.body.replaceChildren(
        h(
          "div",
          { class: "hvq-response" },
          h("p", { class: "hvq-caption" }, "Your response"),
          view(record.response),
        ),
      );
    } else {
      const { base } = this.lesson;
      const onInput = () => {
        this.problem.clear(this.body);
        record.edit(this.form.read());
      };
      this.form = this.kind.form(this.question, record.response, { onInput, labelledBy: this.title.id, base });
      this.body.replaceChildren(this.form.node);
    }
    if (hadFocus && wanted !== "checked")
      focusOn(this.form?.target() ?? this.body.querySelector(".hvq-conflict-title"));
  }

  #drawActions(wanted) {
    const button = (caption, look, click) =>
      h("button", { type: "button", class: `hvq-button ${look}`, on: { click } }, caption);
    const { lastAttempt, pending } = this.record;
    const focused = this.actions.contains(document.activeElement)
      ? document.activeElement.dataset.action
      : null;
    const shown = [];
    if (wanted === "checked") {
      shown.push(["revise", button("Revise", "", () => this.#revise())]);
    } else if (wanted === "edit") {
      const waiting = this.lesson.connection.isOpen ? "Checking…" : "Waiting to be sent";
      const isUnderWay = pending || this.isLooking;
      const check = button(isUnderWay ? waiting : "Check my response", "hvq-primary", () => this.#check());
      if (isUnderWay) check.setAttribute("aria-disabled", "true");
      shown.push(["check", check]);
      if (lastAttempt && !pending)
        shown.push([
          "keep",
          button(`Keep my ${nthTry(lastAttempt.number)}`, "hvq-quiet", () => this.#keep()),
        ]);
    }
    for (const [name, element] of shown) element.dataset.action = name;
    const waits =
      pending &&
      !this.lesson.connection.isOpen &&
      h(
        "p",
        { class: "hvq-later" },
        "Not sent yet. It is kept, and checked as soon as the course can be reached. You can go on with the lesson.",
      );
    this.keeping ??= this.kind.keeping?.(() => this.form?.read() ?? this.record.response, this.lesson);
    this.actions.replaceChildren(
      ...[
        shown.map(([, element]) => element),
        waits || [],
        (wanted !== "conflict" && this.keeping) || [],
        setAsideNote(this.record, this.view) ?? [],
      ].flat(),
    );
    if (focused) this.actions.querySelector(`[data-action="${focused}"]`)?.focus();
  }

  #drawFeedback(wanted) {
    const { lastAttempt } = this.record;
    if (!lastAttempt) return;
    if (this.feedback.firstChild?.dataset.attempt !== String(lastAttempt.number)) {
      const ask = (pointId) => this.record.ask(lastAttempt.number, pointId);
      const { node, heading } = feedback(lastAttempt, this.question, `${this.id}-feedback`, ask, this.kind.feedback);
      this.feedback.replaceChildren(node);
      this.feedbackTitle = heading;
    }
    this.feedback.classList.toggle("hvq-revising", wanted !== "checked");
  }

  #drawEarlier() {
    const earlier = this.record.attempts.slice(0, -1).reverse();
    const isOpen = this.earlier.querySelector("details")?.open ?? false;
    this.earlier.replaceChildren(
      ...(earlier.length === 0
        ? []
        : [
            h(
              "details",
              { open: isOpen },
              h("summary", {}, `Earlier tries (${earlier.length})`),
              h(
                "ol",
                { class: "hvq-tries" },
                earlier.map((attempt) => earlierTry(attempt, this.view)),
              ),
            ),
          ]),
    );
  }

  #drawState() {
    const { lastAttempt } = this.record;
    const { progress } = this.record;
    const which = progress === "checked" && lastAttempt.number > 1 ? ` · ${nthTry(lastAttempt.number)}` : "";
    const text = this.lesson.shelf && STATES[progress] ? STATES[progress] + which : "";
    if (this.state.textContent !== text) this.state.textContent = text;
    const number = this.lesson.numberOf(this.record.questionId);
    if (number > 0) this.kicker.textContent = `Question ${number} · ${this.kind.label}`;
    this.section.dataset.state = this.lesson.shelf ? progress : "loading";
    if (this.lesson.shelf) this.returned.draw();
    this.section.dataset.unsent = this.record.isUnsent ? "yes" : "no";
    const isWaitingShown = this.actions.querySelector(".hvq-later") !== null;
    const isWaiting = Boolean(this.record.pending) && !this.lesson.connection.isOpen;
    if (this.lesson.shelf && this.drawnBody && isWaiting !== isWaitingShown)
      this.#drawActions(this.drawnBody);
  }

  async #check() {
    if (this.record.pending || this.isLooking) return;
    this.problem.clear(this.body);
    const isHere = this.#holdsFocus();
    this.#look(true);
    let response, stops;
    // What was typed during the look is looked at too.
    do {
      response = this.form.read();
      stops = await this.naming.stops(response);
    } while (this.form && !same(this.form.read(), response));
    this.#look(false);
    if (!this.form || this.record.pending) return;
    if (!stops) this.record.commit(response);
    else if (isHere) this.naming.focus();
  }

  #look(isLooking) {
    this.isLooking = isLooking;
    if (this.drawnBody) this.#drawActions(this.drawnBody);
  }

  #revise() {
    this.record.revise();
    this.form.target().focus();
  }

  #keep() {
    this.record.keepAttempt();
    this.actions.querySelector("button").focus();
  }

  #checked() {
    const isHere = this.#holdsFocus();
    this.draw();
    if (isHere) focusOn(this.feedbackTitle);
    else this.lesson.announce(`Feedback has come for: ${this.question.prompt}`);
  }

  #holdsFocus() {
    const { activeElement } = document;
    return !activeElement || activeElement === document.body || this.section.contains(activeElement);
  }
}
