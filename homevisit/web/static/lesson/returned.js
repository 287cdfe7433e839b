// What a trainer has returned for revision: said at the question itself, and at the top of the lesson.

import { h } from "./dom.js";

/** Whether the learner has checked a newer text since, and whether that one is handed in. */
function stageOf({ returned, lastAttempt, lesson }) {
  if (!returned) return "";
  if (!lastAttempt || lastAttempt.number <= returned.number) return "returned";
  const handedIn = new Date(lesson.handIn?.submission?.submitted_at ?? 0);
  return new Date(lastAttempt.committed_at) <= handedIn ? "" : "revised";
}

function words({ returned, lesson }, stage) {
  if (stage === "revised") {
    return h(
      "p",
      {},
      "You have revised this text. Hand in the lesson again at its end, so that your trainer gets the new one.",
    );
  }
  const { reason, comment } = returned;
  return [
    h("p", {}, h("strong", {}, "Your trainer asks you to look at this again:")),
    h("p", { class: "hvq-trainer", dir: "auto" }, reason),
    comment && h("p", { class: "hvq-trainer", dir: "auto" }, comment),
    h("p", {}, "Choose “Revise” below. ", h("a", { href: lesson.handIn.resultUrl }, "All that your trainer wrote")),
  ];
}

/** The note of one question; `draw` brings it up to date, and there is nothing to see while nothing came back. */
export class ReturnedNote {
  constructor(record) {
    this.record = record;
    this.node = h("div", { class: "hvq-returned", hidden: true });
  }

  draw() {
    const { record } = this;
    const stage = stageOf(record);
    if (stage === this.stage && record.returned === this.drawn) return;
    Object.assign(this, { stage, drawn: record.returned });
    this.node.hidden = !stage;
    this.node.replaceChildren(...(stage ? [words(record, stage)].flat().filter(Boolean) : []));
  }
}

/** A line at the top of the lesson that leads to each question that came back; null when none did. */
export function returnedBanner(lesson) {
  const back = [...lesson.records.values()].filter((record) => stageOf(record) === "returned");
  if (back.length === 0) return null;
  const link = ({ questionId }) =>
    h("li", {}, h("a", { href: `#q-${questionId}` }, `Question ${lesson.numberOf(questionId)}`));
  return h(
    "div",
    { class: "hvq-returned hvq-returned-all", role: "note" },
    h("p", {}, h("strong", {}, "Your trainer asks you to look at something again:")),
    h("ul", {}, back.map(link)),
  );
}
