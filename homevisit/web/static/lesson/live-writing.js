// Writing in a group session: the form, what has been sent, and the way to change it while the round is open.

import { focusOn, h, uid } from "./dom.js";
import { askedInGroup, withKind } from "./live-kinds.js";
import { ProblemNote } from "./problem.js";
import { isBlank } from "./values.js";
import { namingNote } from "./writing.js";

const SENT = "Sent. Your words stay here; you can change them while writing is open.";
const WAITING = "Not sent yet: no connection. It is kept here and sent as soon as the course can be reached.";
const EMPTY = "Write or choose something first, then send it.";

const wordsOf = (value) =>
  typeof value === "string" ? [value] : value && typeof value === "object" ? Object.values(value).flatMap(wordsOf) : [];

/** The place for one round of one step. */
export class Writing {
  /** `given` is what the server has from this person in this round, `first` what a blank form starts from. */
  constructor({ state, round, outbox, given, first, labelledBy, base, sendCaption }) {
    const { question } = state.step;
    Object.assign(this, { round, outbox, given, first, labelledBy, base, sendCaption });
    this.position = state.step.position;
    this.question = askedInGroup(question, state.leader?.name);
    this.form = null;
    this.body = h("div", { class: "hvq-body" });
    this.naming = h("p", { class: "hvq-naming", role: "status" });
    this.said = h("p", { class: "hvl-sent", role: "status" });
    this.actions = h("div", { class: "hvq-actions" });
    this.problem = new ProblemNote(uid("hvl-problem"), this.naming);
    this.node = h("div", { class: "hvl-writing" }, this.body, this.problem.node, this.naming, this.said, this.actions);
    this.isChanging = false;
    this.draw();
  }

  /** What stands in the browser and not on the server. */
  get unsent() {
    return this.outbox.entry(this.position, this.round);
  }

  /** The server has something new of this person, or of the pair. */
  take(given) {
    this.given = given;
    const wasForm = this.form !== null;
    if (!wasForm || !this.isChanging) this.draw();
  }

  draw() {
    const { unsent } = this;
    const isWriting = unsent ? !unsent.token : this.isChanging || !this.given;
    if (isWriting) this.#drawForm(unsent?.response ?? this.given ?? this.first);
    else this.#drawSent(unsent?.response ?? this.given, Boolean(unsent));
    this.problem.show(unsent?.problem ?? "", this.form);
  }

  #drawForm(response) {
    this.said.replaceChildren();
    if (this.form || this.later) return;
    this.drawn = null;
    const make = (kind) => {
      const onInput = () => {
        this.problem.clear(this.body);
        const given = this.form.read();
        this.outbox.edit(this.position, this.round, given);
        this.naming.replaceChildren(...namingNote(wordsOf(given).join("\n")));
      };
      this.form = kind.form(this.question, response, { onInput, labelledBy: this.labelledBy, base: this.base });
      this.body.append(this.form.node);
      return { destroy() {} };
    };
    this.body.replaceChildren();
    this.later = withKind(this.body, this.question.type, make);
    this.actions.replaceChildren(this.#button(this.sendCaption ?? "Send", "hvq-primary hvl-send", () => this.#send()));
  }

  #drawSent(response, isWaiting) {
    const facts = JSON.stringify([response, isWaiting]);
    if (this.drawn === facts) return;
    this.drawn = facts;
    this.form = null;
    this.later = null;
    this.naming.replaceChildren();
    const place = h("div", { class: "hvq-response" });
    withKind(place, this.question.type, (kind) => {
      place.append(kind.view(this.question, response));
      return { destroy() {} };
    });
    this.body.replaceChildren(place);
    const sentence = isWaiting ? WAITING : SENT;
    if (this.said.textContent !== sentence) this.said.textContent = sentence;
    this.said.dataset.waits = String(isWaiting);
    const change = this.#button("Change what I wrote", "", () => {
      this.isChanging = true;
      this.outbox.edit(this.position, this.round, response);
      this.draw();
      focusOn(this.form?.target() ?? this.body);
    });
    this.actions.replaceChildren(change);
  }

  #send() {
    const response = this.form?.read();
    if (isBlank(response)) {
      this.problem.show(EMPTY, this.form, true);
      return;
    }
    this.isChanging = false;
    const sending = this.outbox.send(this.position, this.round, response);
    this.form = null;
    this.draw();
    focusOn(this.actions.querySelector("button"));
    sending.then(() => this.draw());
  }

  #button(caption, look, click) {
    return h("button", { type: "button", class: `hvq-button ${look}`, on: { click } }, caption);
  }
}

/** A response as text, with a caption. */
export function given(caption, question, response) {
  const place = h("div", { class: "hvq-response" }, h("p", { class: "hvq-caption" }, caption));
  withKind(place, question.type, (kind) => {
    place.append(kind.view(question, response));
    return { destroy() {} };
  });
  return place;
}
