// Budget: food, the way there, materials; the sums follow while one types.

import { addUp, budgetNotes, costs, EATERS, HEADINGS, LISTS, MOST_ITEMS, ROUNDING } from "./budget-sums.js";
import { h, uid } from "./dom.js";
import { choiceField, lineField, showNotes } from "./fields.js";
import { RowList } from "./rows.js";
import { exportLinks } from "./take-along.js";
import { money } from "./typed.js";

export const label = "Budget";

const OFTEN = { each: "At each socialization", year: "Once in the year" };
const EXAMPLES = {
  food: "For one socialization: how many people eat, and what the food for one of them costs.",
  transportation: "Such as bus tickets, gas cards, a van.",
  materials: "Such as paint, diapers, books to take home.",
  other: "Such as rent of a room, an interpreter.",
};
const blankItem = () => ({ what: "", count: "", price: "", per: "each" });
const blankPortion = () => ({ count: "", price: "" });

/** What stands in a budget that has not been begun. */
export function blankBudget() {
  const portions = Object.keys(EATERS).map((eater) => [eater, blankPortion()]);
  const lists = LISTS.map((heading) => [heading, []]);
  return { families: "", socializations: "", ceiling: "", ...Object.fromEntries([...portions, ...lists]) };
}

const countField = (how) => lineField({ inputmode: "numeric", ...how });
const priceField = (how) => lineField({ inputmode: "decimal", ...how });

function itemRow(heading, item, onInput) {
  const legend = h("legend", { class: "hvq-unseen" });
  const what = lineField({ caption: "What", field: "what", value: item.what, onInput, wide: true });
  const count = countField({ caption: "How many", field: "count", value: item.count, onInput });
  const price = priceField({ caption: "Price each ($)", field: "price", value: item.price, onInput });
  const per = choiceField({ caption: "How often", field: "per", value: item.per, options: OFTEN, onInput, wide: true });
  const cost = h("p", { class: "hvq-cost" });
  const fields = [what, count, price, per];
  const buttons = h("div", { class: "hvq-rowend" }, cost);
  return {
    node: h("fieldset", {}, legend, h("div", { class: "hvq-fields hvq-numbers" }, fields.map(({ node }) => node)), buttons),
    buttons,
    cost,
    first: what.control,
    read: () => Object.fromEntries(fields.map(({ control }) => [control.dataset.field, control.value])),
    number: (number) => {
      legend.textContent = `${HEADINGS[heading]}, row ${number}`;
    },
  };
}

class BudgetForm {
  constructor(content, { onInput }) {
    this.content = { ...blankBudget(), ...content };
    this.onInput = () => {
      this.#addUp();
      onInput();
    };
    const typed = (field, caption, make, hint) =>
      make({ caption, hint, field, value: this.content[field], onInput: this.onInput });
    this.head = [
      typed("families", "Families who come", countField),
      typed("socializations", "Socializations in the year", countField),
      typed("ceiling", "Ceiling for the year ($)", priceField, "The most that may be spent. It may stay empty."),
    ];
    this.eaters = Object.fromEntries(Object.entries(EATERS).map(([eater, name]) => [eater, this.#portion(eater, name)]));
    this.lists = Object.fromEntries(LISTS.map((heading) => [heading, this.#list(heading)]));
    this.titles = {};
    this.sums = h("dl", { class: "hvq-sums" });
    this.verdict = h("p", { class: "hvq-overall", role: "status" });
    this.node = h(
      "div",
      { class: "hvq-planning", on: { focusout: () => this.#addUp() } },
      h("div", { class: "hvq-fields" }, this.head.map(({ node }) => node)),
      this.#part(
        "food",
        Object.values(this.eaters).map(({ node }) => node),
      ),
      LISTS.map((heading) => this.#part(heading, this.lists[heading].node)),
      this.#sumsNode(),
    );
    this.#addUp();
  }

  read() {
    const head = this.head.map(({ control }) => [control.dataset.field, control.value]);
    const eaters = Object.entries(this.eaters).map(([eater, portion]) => [eater, portion.read()]);
    const lists = LISTS.map((heading) => [heading, this.lists[heading].read()]);
    return Object.fromEntries([...head, ...eaters, ...lists]);
  }

  target() {
    return this.head[0].control;
  }

  #portion(eater, name) {
    const { count, price } = { ...blankPortion(), ...this.content[eater] };
    const fields = [
      countField({ caption: "How many", field: "count", value: count, onInput: this.onInput }),
      priceField({ caption: "Price each ($)", field: "price", value: price, onInput: this.onInput }),
    ];
    const cost = h("p", { class: "hvq-cost" });
    const node = h(
      "fieldset",
      { class: "hvq-portion", "data-place": eater },
      h("legend", {}, name),
      h("div", { class: "hvq-fields hvq-numbers" }, fields.map((field) => field.node)),
      h("div", { class: "hvq-rowend" }, cost),
    );
    return { node, cost, read: () => ({ count: fields[0].control.value, price: fields[1].control.value }) };
  }

  #list(heading) {
    return new RowList({
      entries: this.content[heading],
      place: heading,
      noun: "row",
      most: MOST_ITEMS,
      add: heading === "other" ? "Add something else" : `Add to ${HEADINGS[heading].toLowerCase()}`,
      blank: blankItem,
      isBlank: ({ what, count, price }) => ![what, count, price].some((text) => text.trim()),
      makeRow: (item, onInput) => itemRow(heading, item, onInput),
      onInput: () => this.onInput(),
    });
  }

  #part(heading, content) {
    const id = uid("hvq-part");
    this.titles[heading] = h("span", { class: "hvq-partstate" });
    const title = h("h4", { class: "hvq-parttitle", id }, HEADINGS[heading], " ", this.titles[heading]);
    const hint = h("p", { class: "hvq-fieldhint" }, EXAMPLES[heading]);
    return h("div", { class: "hvq-formpart", role: "group", "aria-labelledby": id }, title, hint, content);
  }

  #sumsNode() {
    const id = uid("hvq-sums");
    return h(
      "div",
      { class: "hvq-standing hvq-total", role: "group", "aria-labelledby": id },
      h("h4", { class: "hvq-parttitle", id }, "What it comes to"),
      this.sums,
      this.verdict,
      h("p", { class: "hvq-note" }, ROUNDING),
    );
  }

  #addUp() {
    // the rows call this while they are made
    if (!this.node) return;
    const budget = this.read();
    const sums = addUp(budget);
    const lines = new Map(costs(budget).map(({ at, cost }) => [at, cost]));
    const shown = (at) => (lines.has(at) ? money(lines.get(at)) : "");
    for (const [eater, { cost }] of Object.entries(this.eaters)) cost.textContent = shown(eater);
    for (const heading of LISTS)
      this.lists[heading].rows.forEach(({ made }, index) => {
        made.cost.textContent = shown(`${heading}.${index}`);
      });
    for (const [heading, [each, yearly]] of Object.entries(sums.byHeading))
      this.titles[heading].textContent = [
        `${money(each)} each time`,
        yearly && `${money(yearly)} once in the year`,
      ]
        .filter(Boolean)
        .join(", ");
    this.sums.replaceChildren(...sumLines(sums));
    const say = verdictOn(sums);
    if (this.verdict.textContent !== say) this.verdict.textContent = say;
    this.verdict.classList.toggle("hvq-over", sums.left !== null && sums.left < 0);
    showNotes(this.node, budgetNotes(budget));
  }
}

function sumLines(sums) {
  const open = (what) => `Write ${what} to see this.`;
  const lines = [
    ["One socialization", money(sums.each)],
    ["Once in the year", sums.yearly ? money(sums.yearly) : null],
    ["The whole year", sums.year === null ? open("how many socializations there are") : money(sums.year)],
    [
      "One socialization with its share of the yearly costs",
      sums.eachWithYearly === null ? null : money(sums.eachWithYearly),
    ],
    [
      "For each family, one socialization",
      sums.familyEach === null ? open("how many families come") : money(sums.familyEach),
    ],
    ["For each family, the whole year", sums.familyYear === null ? null : money(sums.familyYear)],
    ["Ceiling", sums.ceiling === null ? null : money(sums.ceiling)],
  ];
  return lines
    .filter(([, text]) => text !== null)
    .map(([caption, text]) => {
      const isKnown = text.startsWith("$");
      return h("div", {}, h("dt", {}, caption), h("dd", { class: isKnown ? null : "hvq-unknown" }, text));
    });
}

function verdictOn({ left, isComplete }) {
  const open = isComplete ? "" : " A field with a note is not counted yet.";
  if (left === null) return open.trim();
  if (left < 0) return `The year costs ${money(-left)} more than the ceiling.${open}`;
  return `${money(left)} is left below the ceiling.${open}`;
}

/** The form for a budget. */
export function form(question, content, how) {
  const budget = new BudgetForm(content, how);
  return {
    node: budget.node,
    read: () => budget.read(),
    target: () => budget.target(),
    along: exportLinks(["print", "xlsx", "csv"]),
  };
}

/** The budget as text. */
export function view(question, content) {
  const budget = { ...blankBudget(), ...content };
  const row = (what, { count, price, per }) =>
    h("li", {}, `${what || "Without a name"}: ${count || "–"} at ${price || "–"}${per === "year" ? ", once in the year" : ""}`);
  const food = Object.entries(EATERS).map(([eater, name]) => row(name, budget[eater]));
  const lists = LISTS.map((heading) => budget[heading].map((item) => row(item.what, item)));
  return h(
    "div",
    { class: "hvq-planview" },
    [h("ul", {}, food), ...lists.map((items) => items.length > 0 && h("ul", {}, items))],
    h("dl", { class: "hvq-sums" }, sumLines(addUp(budget))),
  );
}
