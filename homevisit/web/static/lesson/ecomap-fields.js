// The fields of an EcoMap's form: pills to choose from, a name with its hints, and all that belongs to a tie.

import { h, uid } from "./dom.js";
import { FAMILY, LONGEST_NAME, nameOf, STRENGTHS, SUPPORTS } from "./ecomap-words.js";
import { namingNote, writingPlace } from "./writing.js";

const PAUSE_MS = 600;
const NONE = "none";

/** Radio buttons or checkboxes in a row; `choices` maps values to captions. `{node, inputs}`. */
export function pills(legend, choices, { type = "radio", chosen, onChange }) {
  const name = uid("hve-choice");
  const inputs = Object.keys(choices).map((value) =>
    h("input", { type, name, value, checked: chosen.includes(value), on: { change: onChange } }),
  );
  const captions = new Map();
  const row = inputs.map((input) => {
    const caption = h("span", {}, choices[input.value]);
    captions.set(input.value, caption);
    return h("label", { class: "hvq-pill" }, input, caption);
  });
  return {
    node: h(
      "fieldset",
      { class: "hve-choices" },
      h("legend", {}, legend),
      h("div", { class: "hvq-pills" }, row),
    ),
    inputs,
    captions,
  };
}

const valuesOf = ({ inputs }) => inputs.filter((input) => input.checked).map((input) => input.value);

/** A one-line name with a soft note; `asPerson` says whether a real name could stand in it. */
export function nameField(caption, value, { hint, asPerson, onInput }) {
  const id = uid("hve-name");
  const note = h("p", { class: "hvq-naming", role: "status" });
  const about = hint && h("p", { class: "hve-hint", id: `${id}-hint` }, hint);
  const control = h("input", { id, value, autocomplete: "off", "aria-describedby": about ? about.id : null });
  control.dir = "auto";
  const check = () => {
    const isLong = control.value.length > LONGEST_NAME;
    const advice = `This name has ${control.value.length} characters; there is room for ${LONGEST_NAME}. Shorten it, and write the rest in the note.`;
    // The hints know names inside a sentence; a word before makes one of it.
    note.replaceChildren(...(isLong ? [advice] : asPerson() ? namingNote(`with ${control.value}`) : []));
    control.toggleAttribute("aria-invalid", isLong);
    if (isLong) control.setAttribute("aria-invalid", "true");
  };
  let pause = null;
  control.addEventListener("input", () => {
    onInput(control.value);
    clearTimeout(pause);
    pause = setTimeout(check, PAUSE_MS);
  });
  check();
  const node = h("div", { class: "hvq-field" }, h("label", { for: id }, caption), about, control, note);
  return { node, control };
}

/** Everything about the tie between two ends. `{node, refresh()}`; ties of the family can be left out. */
export class TieFields {
  constructor(model, first, second) {
    Object.assign(this, { model, first, second });
    const tie = model.tie(first, second);
    const isOptional = first === FAMILY || second === FAMILY;
    const strengths = isOptional ? { ...STRENGTHS, [NONE]: "no tie" } : STRENGTHS;
    this.strength = pills(isOptional ? "The tie to the family is" : "The tie is", strengths, {
      chosen: [tie?.strength ?? NONE],
      onChange: () => this.#setStrength(),
    });
    this.way = pills(
      "It goes",
      { both: "", to: "", from: "" },
      {
        chosen: [this.#wayOf(tie)],
        onChange: () => this.#setWay(),
      },
    );
    const meanings = Object.fromEntries(
      Object.entries(SUPPORTS).map(([kind, meaning]) => [kind, `${kind} (${meaning})`]),
    );
    this.support = pills("Support that it brings (any number)", meanings, {
      type: "checkbox",
      chosen: tie?.support ?? [],
      onChange: () => model.setTie(first, second, { support: valuesOf(this.support) }),
    });
    this.support.node.classList.add("hve-long");
    this.note = writingPlace({
      text: tie?.note,
      caption: "What is it like between them? (optional)",
      rows: 2,
      isCounted: false,
      onInput: () => model.setTie(first, second, { note: this.note.control.value }),
    });
    this.rest = h(
      "div",
      {},
      this.way.node,
      this.support.node,
      h("div", { class: "hvq-field" }, this.note.nodes),
    );
    this.node = h("div", { class: "hve-tie" }, this.strength.node, this.rest);
    this.refresh();
  }

  /** Bring names and what is shown up to date; what is typed stays. */
  refresh() {
    const [first, second] = [this.first, this.second].map((id) => nameOf(this.model, id));
    const captions = { both: "both ways", to: `only to ${second}`, from: `only to ${first}` };
    for (const [value, text] of Object.entries(captions)) this.way.captions.get(value).textContent = text;
    const tie = this.model.tie(this.first, this.second);
    this.rest.hidden = !tie;
    const strength = tie?.strength ?? NONE;
    for (const input of this.strength.inputs) input.checked = input.value === strength;
    for (const input of this.way.inputs) input.checked = input.value === this.#wayOf(tie);
    for (const input of this.support.inputs) input.checked = tie?.support.includes(input.value) ?? false;
  }

  #wayOf(tie) {
    if (!tie || tie.direction === "both") return "both";
    return tie.to === this.second ? "to" : "from";
  }

  #setStrength() {
    const [strength] = valuesOf(this.strength);
    if (strength === NONE) this.model.dropTie(this.first, this.second);
    else this.model.setTie(this.first, this.second, { strength });
    const tie = this.model.tie(this.first, this.second);
    if (tie && this.note.control.value !== tie.note) this.note.control.value = tie.note;
  }

  #setWay() {
    const [way] = valuesOf(this.way);
    const ends =
      way === "from" ? { from: this.second, to: this.first } : { from: this.first, to: this.second };
    this.model.setTie(this.first, this.second, { ...ends, direction: way === "both" ? "both" : "one-way" });
  }
}
