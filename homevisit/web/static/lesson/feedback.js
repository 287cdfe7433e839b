// What comes back after a check, by type of question. Right and wrong are always said in words.

import { h } from "./dom.js";
import { nthTry, pointsOf } from "./words.js";
import { rubricList } from "./writing.js";

const WAITING = "Your trainer reads it once you have handed in the lesson; until then you can revise it.";

function titled(title, content) {
  return h("div", { class: "hvq-part" }, h("h5", { class: "hvq-part-title" }, title), content);
}

function verdict(isRight, text = isRight ? "Yes" : "Not quite") {
  return h("span", { class: isRight ? "hvq-verdict hvq-yes" : "hvq-verdict hvq-no" }, text);
}

function coveredPoint({ text, evidence }) {
  const quote =
    evidence &&
    h(
      "p",
      { class: "hvq-evidence" },
      h("span", { class: "hvq-tag" }, "You wrote"),
      " ",
      h("q", {}, evidence),
    );
  return h("li", { class: "hvq-covered" }, h("p", { class: "hvq-point" }, text), quote);
}

function openPoint({ text, look_again: lookAgain }) {
  const pointer =
    lookAgain && h("p", { class: "hvq-look" }, h("span", { class: "hvq-tag" }, "Look again"), " ", lookAgain);
  return h("li", { class: "hvq-open" }, pointer, h("p", { class: "hvq-point" }, text));
}

function observed({ points, note }) {
  const covered = points.filter((point) => point.covered);
  const open = points.filter((point) => !point.covered);
  return [
    covered.length > 0 &&
      titled("What you noticed", h("ul", { class: "hvq-points" }, covered.map(coveredPoint))),
    open.length > 0 &&
      titled("What else is there to see", h("ul", { class: "hvq-points" }, open.map(openPoint))),
    note && h("p", { class: "hvq-note" }, note),
  ];
}

function chosen({ options }) {
  // The label judges the option; what the learner did with it stands beside it.
  const line = ({ chosen: isChosen, correct, label, text }) => {
    const mine = isChosen ? "Your choice" : correct && "You left it out";
    return h(
      "li",
      { class: isChosen === correct ? "hvq-right" : "hvq-wrong" },
      h(
        "p",
        { class: "hvq-judged" },
        verdict(correct, correct ? "Right" : "Not this one"),
        " ",
        h("strong", {}, label),
        " ",
        mine && h("span", { class: "hvq-yours" }, mine),
      ),
      h("p", {}, text),
    );
  };
  return [h("ul", { class: "hvq-results" }, options.map(line))];
}

function sorted({ statements }, question) {
  const group = (key) => question.groups?.[key] ?? key;
  const line = (statement) =>
    h(
      "li",
      { class: statement.correct ? "hvq-right" : "hvq-wrong" },
      h("p", { class: "hvq-judged" }, verdict(statement.correct), " ", h("strong", {}, statement.text)),
      h(
        "p",
        { class: "hvq-yours" },
        statement.correct
          ? `It belongs to: ${group(statement.group)}.`
          : `You put it under: ${statement.placed ? group(statement.placed) : "nothing yet"}. It belongs to: ${group(statement.group)}.`,
      ),
      h("p", {}, statement.feedback),
    );
  return [h("ul", { class: "hvq-results" }, statements.map(line))];
}

function reflected({ points, waiting }) {
  return [
    waiting && h("p", { class: "hvq-waiting" }, WAITING),
    points?.length > 0 &&
      titled(
        "What the handbook points to",
        h(
          "ul",
          { class: "hvq-points" },
          points.map((point) => (point.covered ? coveredPoint(point) : openPoint(point))),
        ),
      ),
  ];
}

function ordered({ steps }) {
  const line = ({ text, place, given, feedback: why }) =>
    h(
      "li",
      { class: place === given ? "hvq-right" : "hvq-wrong" },
      h(
        "p",
        { class: "hvq-judged" },
        h("strong", {}, text),
        " ",
        h("span", { class: "hvq-yours" }, place === given ? "in its place" : `you had it in place ${given}`),
      ),
      h("p", {}, why),
    );
  return [titled("The order", h("ol", { class: "hvq-results hvq-numbered" }, steps.map(line)))];
}

function rephrased({ flags, is_specific: isSpecific, examples }) {
  const flag = ({ invitation }) => h("li", {}, h("p", {}, invitation));
  return [
    flags.length > 0 && titled("Words to look at again", h("ul", { class: "hvq-flags" }, flags.map(flag))),
    !isSpecific && h("p", { class: "hvq-look" }, "Say a little more: who did what, and what could be heard?"),
    sayings("It could be said like this", examples),
  ];
}

function sayings(title, examples) {
  if (!examples?.length) return null;
  return titled(
    title,
    h(
      "ul",
      { class: "hvq-examples" },
      examples.map((example) => h("li", {}, h("q", {}, example))),
    ),
  );
}

function responded({ rubric, examples, waiting }) {
  return [
    waiting && h("p", { class: "hvq-waiting" }, WAITING),
    rubricList(rubric, "What your trainer looks for"),
    sayings("One way to say it", examples),
  ];
}

const BY_TYPE = {
  observe: observed,
  choose: chosen,
  sort: sorted,
  reflect: reflected,
  order: ordered,
  rephrase: rephrased,
  respond: responded,
};

/** The feedback of one attempt: {node, heading}; the heading takes the focus when it is new. */
export function feedback(attempt, question, id) {
  const { feedback: given, number } = attempt;
  const heading = h(
    "h4",
    { class: "hvq-feedback-title", id, tabindex: -1 },
    "Feedback",
    number > 1 && h("span", { class: "hvq-try" }, ` on your ${nthTry(number)}`),
  );
  const points = pointsOf(attempt);
  const node = h(
    "div",
    { class: "hvq-feedback", role: "group", "aria-labelledby": id, "data-attempt": number },
    heading,
    h("p", { class: "hvq-summary" }, given.summary),
    points && h("p", { class: "hvq-score" }, points),
    BY_TYPE[given.type]?.(given, question),
  );
  return { node, heading };
}
