// The server's sentence about a response, shown beside the field that it speaks of.

import { h } from "./dom.js";

/** One note of a question; without a field of its own it stands before `otherwise`. */
export class ProblemNote {
  constructor(id, otherwise) {
    this.otherwise = otherwise;
    this.node = h("p", { class: "hvq-problem", id, role: "alert", hidden: true });
  }

  /** Show a sentence, or nothing for an empty one; `takesFocus` brings the learner to the field. */
  show(sentence, form, takesFocus = false) {
    const target = sentence ? form?.target(sentence) : null;
    const place = target?.closest(".hvq-field, .hvq-statement");
    if (place) place.append(this.node);
    else if (sentence) this.otherwise.before(this.node);
    this.node.hidden = !sentence;
    if (this.node.textContent !== sentence) this.node.textContent = sentence;
    if (!target) return;
    this.#describe(target, true);
    target.setAttribute("aria-invalid", "true");
    if (!takesFocus) return;
    target.focus();
    this.node.scrollIntoView({ block: "nearest" });
  }

  /** Take the note back from all fields in `body`. */
  clear(body) {
    this.node.hidden = true;
    for (const field of body.querySelectorAll("[aria-invalid]")) {
      field.removeAttribute("aria-invalid");
      this.#describe(field, false);
    }
  }

  #describe(field, isDescribed) {
    const named = (field.getAttribute("aria-describedby") ?? "").split(" ");
    const ids = named.filter((id) => id && id !== this.node.id);
    if (isDescribed) ids.unshift(this.node.id);
    if (ids.length > 0) field.setAttribute("aria-describedby", ids.join(" "));
    else field.removeAttribute("aria-describedby");
  }
}
