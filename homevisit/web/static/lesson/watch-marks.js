// The marks of a watch question: a moment, and what one saw or heard there.

import { secondsOf, timeOf, timeText } from "./clip-times.js";
import { growing, h, uid } from "./dom.js";
import { moment } from "./observe.js";

const MOST_MARKS = 100;
const AT = "Moment (minute:second)";
const SAW = "What I saw or heard";

function labelled(caption, control) {
  return h("div", { class: "hvq-field" }, h("label", { for: control.id }, caption), control);
}

class Mark {
  constructor({ at, saw }, { onInput, onRemove, onPlay, onDone }) {
    this.at = h("input", {
      id: uid("hvq-at"),
      class: "hvq-at",
      value: timeText(at),
      placeholder: "1:30",
      autocomplete: "off",
      on: { input: onInput },
    });
    this.at.addEventListener("change", () => {
      this.at.value = moment(this.at.value);
      onInput();
    });
    this.saw = growing(h("textarea", { id: uid("hvq-saw"), class: "hvq-saw", rows: 2, value: saw, on: { input: onInput } }));
    this.saw.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !onPlay) return;
      event.preventDefault();
      onDone();
    });
    const action = (caption, click) =>
      h("button", { type: "button", class: "hvq-button hvq-quiet", on: { click } }, caption);
    this.play = onPlay && action("Play from here", () => onPlay(this.seconds));
    this.remove = action("Remove", () => onRemove(this));
    this.legend = h("legend", {});
    this.node = h(
      "li",
      { class: "hvq-row" },
      h(
        "fieldset",
        {},
        this.legend,
        h("div", { class: "hvq-markfields" }, labelled(AT, this.at), labelled(SAW, this.saw)),
        h("p", { class: "hvq-rowactions" }, this.play, this.remove),
      ),
    );
  }

  get seconds() {
    return secondsOf(this.at.value);
  }

  read() {
    return { at: timeOf(this.at.value), saw: this.saw.value };
  }

  name(position) {
    this.legend.textContent = `Mark ${position}`;
    this.remove.setAttribute("aria-label", `Remove mark ${position}`);
    this.play?.setAttribute("aria-label", `Play from mark ${position}`);
  }
}

/** All marks in the order of their times; `onPlay` and `onDone` are there where a clip can be played. */
export class Marks {
  constructor(marks, { onInput, onPlay, onDone }) {
    Object.assign(this, { onInput, onPlay, onDone, marks: [] });
    this.list = h("ol", { class: "hvq-rows hvq-marks" });
    this.note = h("p", { class: "hvq-undo", role: "status" });
    this.node = h("div", {}, this.list, this.note);
    for (const mark of marks) this.#insert(mark, this.marks.length);
    this.#number();
  }

  read() {
    return this.marks.map((mark) => mark.read());
  }

  /** Add a mark at its place and go to its words; an unknown moment comes last, and its field first. */
  add(at) {
    if (this.marks.length >= MOST_MARKS) {
      this.note.textContent = `There is room for ${MOST_MARKS} marks. Remove one that you do not need.`;
      return;
    }
    const place = at === "" ? -1 : this.marks.findIndex((mark) => (mark.seconds ?? 0) > at);
    const added = this.#insert({ at, saw: "" }, place < 0 ? this.marks.length : place);
    this.note.replaceChildren();
    this.#number();
    this.onInput();
    (at === "" ? added.at : added.saw).focus();
  }

  /** The field of a mark by its number. */
  field(number, isTime) {
    const mark = this.marks[number - 1];
    return mark && (isTime ? mark.at : mark.saw);
  }

  /** The first field without words. */
  get firstEmpty() {
    return this.marks.find((mark) => !mark.saw.value.trim())?.saw;
  }

  #insert(values, position) {
    const { onInput, onPlay, onDone } = this;
    const mark = new Mark(values, { onInput, onPlay, onDone, onRemove: (gone) => this.#remove(gone) });
    this.list.insertBefore(mark.node, this.list.children[position] ?? null);
    this.marks.splice(position, 0, mark);
    return mark;
  }

  #remove(mark) {
    const position = this.marks.indexOf(mark);
    const values = mark.read();
    this.marks.splice(position, 1);
    mark.node.remove();
    this.#number();
    this.onInput();
    const undo = h("button", { type: "button", class: "hvq-button hvq-quiet" }, "Undo");
    undo.addEventListener("click", () => {
      const back = this.#insert(values, Math.min(position, this.marks.length));
      this.note.replaceChildren();
      this.#number();
      this.onInput();
      back.saw.focus();
    });
    this.note.replaceChildren("Mark removed. ", undo);
    undo.focus();
  }

  #number() {
    this.marks.forEach((mark, index) => mark.name(index + 1));
    this.list.hidden = this.marks.length === 0;
  }
}
