// One row of a schedule: when, what, who plans and who leads it.

import { h, uid } from "./dom.js";
import { choiceField, lineField, optionsOf } from "./fields.js";
import { STATES } from "./schedule-checks.js";
import { dayInWords, readDay } from "./typed.js";

/** What every field for a date has. */
export const DATES = { type: "date", min: "2000-01-01", max: "2100-12-31" };

/** A row in which nothing stands. */
export const blankRow = () => ({
  date: "",
  place: "",
  theme: "",
  plan: "",
  plans: [],
  leads: [],
  parents: "",
  state: "planned",
});

/** Whether nothing is written or chosen in a row but its state. */
export function isBlankRow({ date, place, theme, plan, parents, plans, leads }) {
  return ![date, place, theme, plan, parents].some((text) => text.trim()) && plans.length + leads.length === 0;
}

const namesOf = (team, ids) =>
  [...new Set(ids)].map((id) => team.find((person) => person.id === id)?.name.trim()).filter(Boolean);

function shownDay(text) {
  const { value } = readDay(text);
  return value ? dayInWords(value) : text.trim();
}

/** A row in one line. */
export function summaryOf(schedule, row) {
  const who = namesOf(schedule.team, row.leads).join(" and ");
  const state = row.state === "planned" ? "" : STATES[row.state];
  return [shownDay(row.date) || "No date yet", row.theme.trim(), who, state].filter(Boolean).join(" · ");
}

/** Two lists of people; one note stands below both. */
class PairField {
  constructor(caption, field, chosen, onInput) {
    this.field = field;
    this.places = ["First person", "Second person"].map((name, index) => {
      const control = h("select", { id: uid("hvq-person"), "aria-label": `${caption}, ${name.toLowerCase()}`, on: { change: onInput } });
      control.dataset.chosen = chosen[index] ?? "";
      return control;
    });
    this.places[0].dataset.field = field;
    const note = h("p", { class: "hvq-fieldnote", id: uid("hvq-note"), hidden: true });
    this.node = h(
      "div",
      { class: "hvq-field", role: "group", "aria-label": caption },
      h("p", { class: "hvq-grouplabel" }, caption),
      h("div", { class: "hvq-pairofpeople" }, this.places),
      note,
    );
  }

  offer(team) {
    const names = Object.fromEntries(team.filter(({ name }) => name.trim()).map(({ id, name }) => [id, name.trim()]));
    for (const control of this.places) {
      const { chosen } = control.dataset;
      const gone = chosen && !(chosen in names) ? { [chosen]: "Not on the team" } : {};
      const options = { "": "Nobody yet", ...names, ...gone };
      const standing = [...control.options].map(({ value, text }) => [value, text]);
      if (JSON.stringify(standing) === JSON.stringify(Object.entries(options))) continue;
      control.replaceChildren(...optionsOf(options));
      control.value = chosen;
    }
  }

  read() {
    for (const control of this.places) if (control.options.length > 0) control.dataset.chosen = control.value;
    return this.places.map((control) => control.dataset.chosen).filter(Boolean);
  }
}

/** The fields of a row, folded below its summary. */
export class ScheduleRow {
  constructor(row, plans, onInput) {
    this.planOf = row.plan;
    const typed = (field, caption, more) => lineField({ caption, field, value: row[field], onInput, ...more });
    this.date = typed("date", "Date", DATES);
    this.state = choiceField({ caption: "State", field: "state", value: row.state, options: STATES, onInput });
    this.theme = typed("theme", "Theme or goal", { wide: true });
    this.plan = choiceField({ caption: "Plan", field: "plan", value: "", options: {}, onInput, wide: true });
    this.offerPlans(plans);
    this.place = typed("place", "Place", { wide: true });
    this.plans = new PairField("Who plans it", "plans", row.plans, onInput);
    this.leads = new PairField("Who leads it", "leads", row.leads, onInput);
    this.parents = typed("parents", "Parents invited to the planning", {
      wide: true,
      hint: "How many, or in what role: “two mothers from the north group”.",
    });
    const fields = [this.date, this.state, this.theme, this.plan, this.place, this.plans, this.leads, this.parents];
    this.summary = h("summary", {});
    this.buttons = h("div", { class: "hvq-rowend" });
    this.node = h(
      "details",
      { class: "hvq-meeting" },
      this.summary,
      h("div", { class: "hvq-fields" }, fields.map(({ node }) => node)),
      this.buttons,
    );
    this.first = this.date.control;
  }

  open() {
    this.node.open = true;
  }

  offerPlans(plans) {
    const chosen = this.plan.control.options.length > 0 ? this.plan.control.value : this.planOf;
    const gone = chosen && !(chosen in plans) ? { [chosen]: "A plan that is not among your tools" } : {};
    this.plan.control.replaceChildren(...optionsOf({ "": "No plan yet", ...plans, ...gone }));
    this.plan.control.value = chosen;
  }

  read() {
    const { date, place, theme, plan, parents, state } = this;
    const lines = [date, place, theme, plan, parents, state].map(({ control }) => [control.dataset.field, control.value]);
    return { ...Object.fromEntries(lines), plans: this.plans.read(), leads: this.leads.read() };
  }

  number(number) {
    this.position = number;
  }

  draw(schedule, row, hasNote) {
    this.plans.offer(schedule.team);
    this.leads.offer(schedule.team);
    const text = `${this.position}. ${summaryOf(schedule, row)}${hasNote ? " · look again" : ""}`;
    if (this.summary.textContent !== text) this.summary.textContent = text;
  }
}
