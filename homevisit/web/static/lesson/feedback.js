// What comes back after a check, by type of question. Right and wrong are always said in words.

import { focusOn, h, uid } from "./dom.js";
import { COSTS_NOTHING, invitations, invitationsByRow } from "./flags.js";
import { nthTry, pointsOf } from "./words.js";
import { rubricList } from "./writing.js";

const FLAGGED = "Words to look at again";
const WAITING = "Your trainer reads it once you have handed in the lesson; until then you can revise it.";

function titled(title, content) {
  return h("div", { class: "hvq-part" }, h("h5", { class: "hvq-part-title" }, title), content);
}

function verdict(isRight, text = isRight ? "Yes" : "Not quite") {
  return h("span", { class: isRight ? "hvq-verdict hvq-yes" : "hvq-verdict hvq-no" }, text);
}

function quoted(tag, sentence) {
  return (
    sentence &&
    h("p", { class: "hvq-evidence" }, h("span", { class: "hvq-tag" }, tag), " ", h("q", {}, sentence))
  );
}

const MARKED = {
  covered: "Your trainer marked this as covered.",
  again: "Your trainer marked this: look again.",
  none: "Your trainer marked this as not found yet.",
};

function markOf(decided) {
  return decided && h("p", { class: "hvq-mark" }, MARKED[decided]);
}

function coveredPoint({ text, evidence, decided }) {
  return h(
    "li",
    { class: "hvq-covered" },
    h("p", { class: "hvq-point" }, text),
    quoted("You wrote", evidence),
    markOf(decided),
  );
}

/** The button for a point that a learner has made and the program has not found; `ask` sends it. */
function askPlace(point, describedBy, ask) {
  const sent = () =>
    h("p", { class: "hvq-asked" }, "You said that this is in your text. Your trainer is asked to read it.");
  if (point.asked) return sent();
  const problem = h("p", { class: "hvq-unsent", role: "status" });
  const click = async () => {
    problem.textContent = "";
    const failure = await ask(point.id);
    if (failure) {
      problem.textContent = failure;
    } else {
      const note = sent();
      place.replaceChildren(note);
      focusOn(note);
    }
  };
  const button = h(
    "button",
    { type: "button", class: "hvq-button hvq-ask", "aria-describedby": describedBy, on: { click } },
    "I did say this",
  );
  const place = h("div", {}, button, problem);
  return place;
}

/** What counts for a point: the trainer's mark, or the first reading. */
const bandOf = ({ decided, band, covered }) => decided ?? band ?? (covered ? "covered" : "none");

function openPoint(point, ask) {
  const { text, look_again: lookAgain, evidence, decided } = point;
  // Before the second try the words of the point are not sent; the part's title says how far it is.
  if (!text) {
    return lookAgain && h("li", { class: "hvq-open" }, h("p", {}, lookAgain), markOf(decided));
  }
  const id = uid("hvq-point");
  return h(
    "li",
    { class: "hvq-open" },
    h("p", { class: "hvq-point", id }, text),
    bandOf(point) === "again" && quoted("You came near it with", evidence),
    lookAgain &&
      h("p", { class: "hvq-look" }, h("span", { class: "hvq-tag" }, "Where to look"), " ", lookAgain),
    markOf(decided),
    ask && !decided && askPlace(point, id, ask),
  );
}

/** The points by how far they are: covered, to look at again, not found yet. */
function readPoints({ points, note, held_back: isHeldBack }, ask) {
  if (!points?.length) return [];
  const part = (title, band, line) => {
    const lines = points.filter((point) => bandOf(point) === band).map(line).filter(Boolean);
    return lines.length > 0 && titled(title, h("ul", { class: "hvq-points" }, lines));
  };
  return [
    note && h("p", { class: "hvq-note" }, note),
    part("What you noticed", "covered", coveredPoint),
    part("Look again", "again", (point) => openPoint(point, ask)),
    part("Not found yet", "none", (point) => openPoint(point, ask)),
    isHeldBack && h("p", { class: "hvq-note" }, "After your next try, all points are shown in full."),
  ];
}

function observed(given, question, ask) {
  return [readPoints(given, ask), flagged(given.flags)];
}

/** Words of what was seen that judge or guess; older attempts have none. */
function flagged(flags) {
  if (!flags?.length) return null;
  return titled(FLAGGED, [invitationsByRow(flags), h("p", { class: "hvq-note" }, COSTS_NOTHING)]);
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

// The trainer reads the whole text anyway, so no single point needs to be asked for.
function reflected(given) {
  return [given.waiting && h("p", { class: "hvq-waiting" }, WAITING), readPoints(given)];
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

function rephrased({ flags, is_specific: isSpecific, examples, note, held_back: isHeldBack }) {
  return [
    flags.length > 0 && titled(FLAGGED, invitations(flags)),
    !isSpecific && h("p", { class: "hvq-look" }, "Say a little more: who did what, and what could be heard?"),
    sayings("It could be said like this", examples),
    note && h("p", { class: "hvq-note" }, note),
    isHeldBack && h("p", { class: "hvq-note" }, "After your next try, examples are shown."),
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

function responded({ rubric, examples, ...given }) {
  return [
    reflected(given),
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

/**
 * The feedback of one attempt: {node, heading}; the heading takes the focus when it is new.
 *
 * `ask` asks the trainer to read a point by its id; it gives a sentence when that could not be sent. `own` draws what
 * the module of the question's type shows itself.
 */
export function feedback(attempt, question, id, ask, own) {
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
    ((given.type === question.type && own) || BY_TYPE[given.type])?.(given, question, ask, readPoints),
  );
  return { node, heading };
}
