// One line of a question's earlier tries.

import { h } from "./dom.js";
import { clock, nthTry, pointsOf } from "./words.js";

/** An earlier attempt with its facts, what was given and what came of it; `view` draws a response. */
export function earlierTry(attempt, view) {
  const facts = [nthTry(attempt.number), clock(attempt.committed_at), pointsOf(attempt)]
    .filter(Boolean)
    .join(" · ");
  return h(
    "li",
    {},
    h("p", { class: "hvq-facts" }, facts),
    view(attempt.response),
    h("p", { class: "hvq-facts" }, attempt.feedback.summary),
  );
}
