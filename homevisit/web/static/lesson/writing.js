// A place to write a longer text: how long it is; and a soft note where somebody might be recognized.

import { growing, h, uid } from "./dom.js";
import { namingHints } from "./privacy.js";
import { countWords } from "./words.js";

function lengthHint(text, wished) {
  const count = countWords(text);
  if (!wished) return `${count} ${count === 1 ? "word" : "words"}`;
  const have = `About ${wished} words; you have ${count}.`;
  return count < wished ? have : `${have} That is enough.`;
}

/** A soft question where somebody might be recognized, as a list of texts. */
export function namingNote(text) {
  const found = namingHints(text);
  if (found.length === 0) return [];
  const quoted = found
    .slice(0, 3)
    .map((piece) => `“${piece}”`)
    .join(", ");
  return [`Could somebody be recognized by ${quoted}? A role will do: “the mother”, “a two-year-old”.`];
}

/**
 * A textarea with what belongs to it: `{nodes, control}`.
 *
 * It is labelled by `caption`, or by the element of id `labelledBy`; `wished` is a
 * number of words; `isCounted` shows how many there are.
 */
export function writingPlace({ text, caption, labelledBy, wished, rows, isCounted = true, onInput }) {
  const id = uid("hvq-writing");
  const count = h("p", { class: "hvq-words", id: `${id}-words` });
  const control = growing(
    h("textarea", {
      class: "hvq-text",
      id,
      rows: rows ?? 8,
      value: text ?? "",
      "aria-labelledby": caption ? null : labelledBy,
      "aria-describedby": isCounted ? count.id : null,
    }),
  );
  const recount = () => {
    count.textContent = lengthHint(control.value, wished);
  };
  control.addEventListener("input", () => {
    recount();
    onInput();
  });
  recount();
  const title = caption && h("label", { for: id }, caption);
  return { control, nodes: [title, control, isCounted && count].filter(Boolean) };
}

/** A rubric as a list of criteria with their levels, or nothing. */
export function rubricList(criteria, title) {
  if (!criteria?.length) return null;
  const titleId = uid("hvq-rubric");
  const level = ([points, text]) => h("li", {}, h("span", { class: "hvq-level" }, points), " ", text);
  const line = ({ criterion, levels }) =>
    h(
      "li",
      {},
      h("p", { class: "hvq-criterion" }, criterion),
      h("ul", { class: "hvq-levels" }, Object.entries(levels).map(level)),
    );
  return h(
    "div",
    { class: "hvq-rubric", role: "group", "aria-labelledby": titleId },
    h("p", { class: "hvq-rubric-title", id: titleId }, title),
    h("ul", { class: "hvq-criteria" }, criteria.map(line)),
  );
}

/** A text as it was written. */
export function prose(text) {
  return text?.trim()
    ? h("p", { class: "hvq-prose" }, text)
    : h("p", { class: "hvq-nothing" }, "Nothing is written here.");
}
