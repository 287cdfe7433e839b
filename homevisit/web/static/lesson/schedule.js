// Schedule: the socializations of a program year, who plans and leads them, and what to look at again.

import { callsBelow } from "./api.js";
import { h, uid } from "./dom.js";
import { choiceField, lineField, showNotes } from "./fields.js";
import { RowList } from "./rows.js";
import { counts, MOST_PEOPLE, MOST_ROWS, PROGRAMS, scheduleNotes, turns } from "./schedule-checks.js";
import { blankRow, DATES, isBlankRow, ScheduleRow, summaryOf } from "./schedule-row.js";
import { exportLinks } from "./take-along.js";
import { dayAfter, readCount, readDay, today } from "./typed.js";
import { newToken } from "./values.js";

export const label = "Schedule";

const blankPerson = () => ({ id: newToken().slice(0, 8), name: "" });

/** What stands in a schedule that has not been begun. */
export const blankSchedule = () => ({ program: "ehs", minimum: "", begins: "", team: [], rows: [] });

function personRow({ id, name }, onInput) {
  const field = lineField({ caption: "Name or initials", field: "name", value: name, onInput });
  return { node: field.node, first: field.control, read: () => ({ id, name: field.control.value }) };
}

class ScheduleForm {
  constructor(content, { onInput }) {
    this.content = { ...blankSchedule(), ...content };
    this.plans = {};
    this.onInput = () => {
      this.#look();
      onInput();
    };
    const programs = Object.fromEntries(Object.entries(PROGRAMS).map(([key, { name }]) => [key, name]));
    const typed = (field) => ({ field, value: this.content[field], onInput: this.onInput });
    this.head = [
      choiceField({ caption: "Type of program", options: programs, ...typed("program") }),
      lineField({ caption: "The program year begins on", ...DATES, ...typed("begins") }),
      lineField({
        caption: "Your program's own minimum",
        hint: "Only if it asks for more socializations a year than the regulation.",
        inputmode: "numeric",
        ...typed("minimum"),
      }),
    ];
    this.team = new RowList({
      entries: this.content.team,
      place: "team",
      noun: "person",
      most: MOST_PEOPLE,
      add: "Add a person",
      blank: blankPerson,
      isBlank: ({ name }) => !name.trim(),
      makeRow: personRow,
      onInput: () => this.onInput(),
      canMove: false,
      look: "hvq-team",
    });
    this.rows = new RowList({
      entries: this.content.rows,
      place: "rows",
      noun: "socialization",
      most: MOST_ROWS,
      add: "Add a socialization",
      blank: blankRow,
      isBlank: isBlankRow,
      makeRow: (row, changed) => new ScheduleRow(row, this.plans, changed),
      onInput: () => this.onInput(),
    });
    this.#build();
    this.#look();
    this.#fetchPlans();
  }

  read() {
    const head = this.head.map(({ control }) => [control.dataset.field, control.value]);
    return { ...Object.fromEntries(head), team: this.team.read(), rows: this.rows.read() };
  }

  target() {
    return this.head[0].control;
  }

  #build() {
    this.count = h("p", { class: "hvq-linecount" });
    this.warnings = h("ul", { class: "hvq-warnings" });
    this.turns = h("div", {});
    this.news = h("p", { class: "hvq-unseen", role: "status" });
    const sort = () => {
      const far = "9999";
      this.rows.replace(this.rows.read().sort((a, b) => ((a.date || far) < (b.date || far) ? -1 : 1)));
      this.news.textContent = "The socializations stand in the order of their dates.";
    };
    this.sorting = h("button", { type: "button", class: "hvq-button", on: { click: sort } }, "Put in order of dates");
    this.rows.more.append(this.sorting);
    this.node = h(
      "div",
      { class: "hvq-planning", on: { focusout: () => this.#look() } },
      h("div", { class: "hvq-fields" }, this.head.map(({ node }) => node)),
      part("The team", h("p", { class: "hvq-fieldhint" }, "Everyone who plans or leads. The handbook suggests that they do it in pairs."), this.team.node),
      part("The socializations", this.#filling(), this.rows.node, this.news),
      part("Look again", this.count, this.warnings, this.turns),
    );
  }

  /** A year's dates at once: the first day, the weeks between, and how many. */
  #filling() {
    const first = lineField({ caption: "First date", field: "fill-first", ...DATES });
    const weeks = lineField({ caption: "Every how many weeks", field: "fill-weeks", value: "2", inputmode: "numeric" });
    const many = lineField({ caption: "How many dates", field: "fill-many", value: "22", inputmode: "numeric" });
    const fields = [first, weeks, many];
    const add = () => {
      const day = readDay(first.control.value);
      const [every, count] = [readCount(weeks.control.value, 52), readCount(many.control.value, MOST_ROWS)];
      const room = MOST_ROWS - this.rows.rows.length;
      const full = count.value > room ? `There is room for ${room} more. Write a smaller number.` : "";
      const notes = [
        { at: "fill-first", say: day.say || (day.value ? "" : "Choose the first date.") },
        { at: "fill-weeks", say: every.say || (every.value ? "" : "Write a number from 1 to 52.") },
        { at: "fill-many", say: count.say || (count.value ? full : `Write a number from 1 to ${MOST_ROWS}.`) },
      ];
      this.fillNotes = notes;
      this.#look();
      const wrong = notes.findIndex(({ say }) => say);
      if (wrong >= 0) {
        fields[wrong].control.focus();
        return;
      }
      const days = Array.from({ length: count.value }, (_, index) => dayAfter(day.value, index * 7 * every.value));
      this.rows.replace([...this.rows.read(), ...days.map((date) => ({ ...blankRow(), date }))]);
      this.news.textContent = `${count.value} dates are added.`;
    };
    this.fillNotes = [];
    const button = h("button", { type: "button", class: "hvq-button", on: { click: add } }, "Add these dates");
    return h(
      "details",
      { class: "hvq-filling" },
      h("summary", {}, "Add many dates at once"),
      h("div", { class: "hvq-fields" }, fields.map(({ node }) => node)),
      h("p", {}, button),
    );
  }

  #look() {
    // the rows call this while they are made
    if (!this.node) return;
    const schedule = this.read();
    const notes = scheduleNotes(schedule, today());
    this.rows.rows.forEach(({ made }, index) =>
      made.draw(schedule, schedule.rows[index], notes.some(({ at }) => at.startsWith(`rows.${index}.`))),
    );
    const { all, held, planned, minimum } = counts(schedule);
    this.count.textContent = `${all} in the program year: ${held} held, ${planned} planned.${minimum ? ` At least ${minimum} are asked for.` : ""}`;
    const wholes = notes.filter(({ at }) => at === "").map(({ say }) => say);
    const shown = [...this.warnings.children].map(({ textContent }) => textContent);
    if (JSON.stringify(shown) !== JSON.stringify(wholes))
      this.warnings.replaceChildren(...wholes.map((say) => h("li", {}, say)));
    this.turns.replaceChildren(...turnsTable(schedule));
    this.sorting.hidden = schedule.rows.length < 2;
    showNotes(this.node, [...notes, ...this.fillNotes]);
  }

  /** One's own plans, to choose from; without them a row keeps what it names. */
  async #fetchPlans() {
    const base = document.querySelector('meta[name="homevisit-base"]')?.content ?? "/";
    try {
      const { papers } = await callsBelow(`${base}course/api/`).call("GET", "papers");
      const own = papers.filter(({ kind }) => kind === "plan");
      Object.assign(this.plans, Object.fromEntries(own.map((paper) => [paper.paper_id, paper.title || "Plan without a title"])));
      for (const { made } of this.rows.rows) made.offerPlans(this.plans);
    } catch {
      // the choice of plans stays as it is; everything else works
    }
  }
}

function part(title, ...content) {
  const id = uid("hvq-part");
  return h(
    "div",
    { class: "hvq-formpart", role: "group", "aria-labelledby": id },
    h("h4", { class: "hvq-parttitle", id }, title),
    content,
  );
}

function turnsTable(schedule) {
  const rows = turns(schedule);
  if (rows.length === 0 || schedule.rows.length === 0) return [];
  const cells = ({ name, plans, leads }) =>
    h("tr", {}, h("th", { scope: "row", dir: "auto" }, name), h("td", {}, plans), h("td", {}, leads));
  const head = ["Person", "Plans", "Leads"].map((text) => h("th", { scope: "col" }, text));
  return [
    h("table", { class: "hvq-turns" }, h("caption", {}, "Who does how many"), h("thead", {}, h("tr", {}, head)), h("tbody", {}, rows.map(cells))),
  ];
}

/** The form for a schedule. */
export function form(question, content, how) {
  const schedule = new ScheduleForm(content, how);
  return {
    node: schedule.node,
    read: () => schedule.read(),
    target: () => schedule.target(),
    along: exportLinks(["print", "xlsx", "csv"]),
  };
}

/** The schedule as text. */
export function view(question, content) {
  const schedule = { ...blankSchedule(), ...content };
  if (schedule.rows.length === 0) return h("p", { class: "hvq-nothing" }, "No socialization stands here.");
  return h("ol", { class: "hvq-ordered" }, schedule.rows.map((row) => h("li", {}, summaryOf(schedule, row))));
}
