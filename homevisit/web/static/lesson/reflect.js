// Reflect: a longer text that a trainer reads, with the rubric in view while one writes.

import { growing, h, uid } from "./dom.js";
import { namingHints } from "./privacy.js";
import { countWords } from "./words.js";

export const label = "Reflect";

const PAUSE_MS = 600;
const READERS = { trainer: "your trainer" };

function lengthHint(text, wished) {
  const count = countWords(text);
  const have = `you have ${count}`;
  if (!wished) return `${count} ${count === 1 ? "word" : "words"}`;
  return count < wished
    ? `About ${wished} words; ${have}.`
    : `About ${wished} words; ${have}. That is enough.`;
}

function rubric(criteria) {
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
    h("p", { class: "hvq-rubric-title", id: titleId }, "What your trainer looks for"),
    h("ul", { class: "hvq-criteria" }, criteria.map(line)),
  );
}

function namingNote(text) {
  const found = namingHints(text);
  if (found.length === 0) return [];
  const quoted = found
    .slice(0, 3)
    .map((piece) => `“${piece}”`)
    .join(", ");
  return [`Could somebody be recognized by ${quoted}? A role will do: “the mother”, “a two-year-old”.`];
}

/** The textarea for a response, below the rubric. */
export function form(question, response, { onInput, labelledBy }) {
  const wished = question.length?.soft_minimum_words ?? 0;
  const count = h("p", { class: "hvq-words", id: uid("hvq-words") });
  const naming = h("p", { class: "hvq-naming", role: "status" });
  const readers = h(
    "p",
    { class: "hvq-readers", id: uid("hvq-readers") },
    `Who will read this: ${READERS[question.readers] ?? question.readers ?? "your trainer"}.`,
  );
  const describedBy = `${readers.id} ${count.id}`;
  const textarea = growing(
    h("textarea", {
      class: "hvq-text",
      rows: 8,
      value: response?.text ?? "",
      "aria-labelledby": labelledBy,
      "aria-describedby": describedBy,
    }),
  );
  const recount = () => {
    count.textContent = lengthHint(textarea.value, wished);
  };
  const checkNames = () => naming.replaceChildren(...namingNote(textarea.value));
  let pause = null;
  textarea.addEventListener("input", () => {
    recount();
    onInput();
    // In a pause and not on leaving the field: a note that comes or goes then would move the button under the finger.
    clearTimeout(pause);
    pause = setTimeout(checkNames, PAUSE_MS);
  });
  recount();
  checkNames();
  return {
    node: h("div", { class: "hvq-writing" }, rubric(question.rubric), readers, textarea, count, naming),
    read: () => ({ text: textarea.value }),
    target: () => textarea,
  };
}

/** The response as text. */
export function view(question, response) {
  const text = response?.text ?? "";
  return text.trim()
    ? h("p", { class: "hvq-prose" }, text)
    : h("p", { class: "hvq-nothing" }, "Nothing is written here.");
}
