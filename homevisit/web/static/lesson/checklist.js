// Checklist: rate oneself on each item; a second one shows what has changed since the first.

import { h, uid } from "./dom.js";

export const label = "Checklist";

function earlierRatings(question, lesson) {
  const earlier = question.compares_with && lesson?.record(question.compares_with).lastAttempt;
  return earlier?.response.ratings ?? null;
}

function change(question, key, now, before) {
  if (!before || before[key] === undefined) return null;
  const text = before[key] === now ? "(as before)" : `(before: ${question.levels[before[key]]})`;
  return h("span", { class: "hvq-change" }, text);
}

function summary(question, ratings, before) {
  if (!question.compares_with) return null;
  if (!before)
    return h("p", { class: "hvq-note" }, "The earlier checklist is not filled in, so there is nothing to compare.");
  const keys = Object.keys(question.items);
  const up = keys.filter((key) => ratings[key] > before[key]).length;
  const down = keys.filter((key) => ratings[key] < before[key]).length;
  if (!up && !down) return h("p", { class: "hvq-moved" }, "All are as they were the first time.");
  const moved = up ? `${up} of ${keys.length} moved up since the first time` : "None moved up since the first time";
  return h("p", { class: "hvq-moved" }, `${moved}${down ? `, ${down} moved down` : ""}.`);
}

/** A row of radio buttons for each item. */
export function form(question, response, { onInput }) {
  const ratings = { ...response?.ratings };
  const firstInputs = [];
  const line = ([key, text]) => {
    const name = uid("hvq-rating");
    const pills = Object.entries(question.levels).map(([level, caption]) => {
      const value = Number(level);
      const on = {
        change: () => {
          ratings[key] = value;
          onInput();
        },
      };
      const input = h("input", { type: "radio", name, value: level, checked: ratings[key] === value, on });
      return h("label", { class: "hvq-pill" }, input, h("span", {}, caption));
    });
    firstInputs.push([key, pills[0].firstChild]);
    const row = h("div", { class: "hvq-pills" }, pills);
    return h("li", {}, h("fieldset", { class: "hvq-statement" }, h("legend", {}, text), row));
  };
  const lines = Object.entries(question.items).map(line);
  return {
    node: h("ol", { class: "hvq-statements" }, lines),
    read: () => ({ ratings: { ...ratings } }),
    target: () => (firstInputs.find(([key]) => ratings[key] === undefined) ?? firstInputs[0])[1],
  };
}

/** The response as text, with what has changed where there is something to compare it with. */
export function view(question, response, lesson) {
  const ratings = response?.ratings ?? {};
  const before = earlierRatings(question, lesson);
  const line = ([key, text]) =>
    h(
      "li",
      {},
      h("span", {}, text),
      " ",
      h("strong", {}, question.levels[ratings[key]] ?? "Not rated"),
      " ",
      change(question, key, ratings[key], before),
    );
  return h(
    "div",
    {},
    summary(question, ratings, before),
    h("ul", { class: "hvq-rated" }, Object.entries(question.items).map(line)),
  );
}
