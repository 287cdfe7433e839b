// Plan: one socialization on the form with five elements, each goal with its connections.

import { h, uid } from "./dom.js";
import { DOMAINS } from "./elof.js";
import { choiceField, lineField, optionsOf, showNotes, textField } from "./fields.js";
import { keepButton } from "./keep.js";
import { blankGoal, blankPlan, inFramework, lineCounts, MOST_GOALS, SECTIONS, writtenGoals } from "./plan-lines.js";
import { RowList } from "./rows.js";
import { exportLinks } from "./take-along.js";
import { dayInWords, readDay } from "./typed.js";
import { prose } from "./writing.js";

export const label = "Plan a socialization";

const HINTS = {
  plans: "Two home visitors, and who else sits at the table: a parent, a guest. Write roles or initials.",
  leads: "In a pair, one leads while the other keeps an eye on the room.",
  parents: "What they bring, decide, prepare, or lead.",
  goal: "What will parents and children know, do, or feel that they did not before?",
  child: "As the family and you have agreed it; no names.",
  family: "As it stands in a family partnership agreement; no names.",
  together: "Each parent with their own child.",
  extends: "What do families do at home already? What do they take home?",
  space: "Where people sit, what is on the floor, what is out of reach.",
  talk: "One question that parents can answer from their own week.",
  network: "In twos or threes, or over a task.",
  food: "Think of textures, allergies, and of what families eat at home.",
  observe: "What parents and home visitors look for in each child, with their parent and with others.",
  afterward: "At the next home visit, in the child's record, in your team.",
};
const NAMES = new Set(["parents", "child", "family", "together", "observe", "afterward"]);
const ELOF = "ELOF is Head Start's Early Learning Outcomes Framework.";

function lineOf(section, key, value, onInput) {
  const caption = SECTIONS[section].lines[key];
  return textField({ caption, hint: HINTS[key], field: key, value, onInput, names: NAMES.has(key), wide: true });
}

function frameworkFields(goal, onInput) {
  const names = Object.fromEntries(Object.entries(DOMAINS).map(([key, { name }]) => [key, name]));
  const domain = choiceField({
    caption: SECTIONS.connections.lines.domain,
    field: "domain",
    value: goal.domain,
    options: { "": "Choose a domain", ...names },
    onInput: () => {
      offer("");
      onInput();
    },
  });
  const subdomain = choiceField({ caption: "ELOF sub-domain", field: "subdomain", value: "", options: {}, onInput });
  const offer = (chosen) => {
    const known = DOMAINS[domain.control.value]?.subdomains ?? {};
    subdomain.control.replaceChildren(...optionsOf({ "": "Any", ...known }));
    subdomain.control.value = chosen in known ? chosen : "";
    subdomain.node.hidden = Object.keys(known).length === 0;
  };
  offer(goal.subdomain);
  return [domain, subdomain];
}

function goalRow(goal, onInput) {
  const legend = h("legend", {});
  const first = lineOf("goal", "goal", goal.goal, onInput);
  const links = ["child", "family"].map((key) => lineOf("connections", key, goal[key], onInput));
  const framework = frameworkFields(goal, onInput);
  const program = ["readiness", "outcome"].map((key) => lineOf("connections", key, goal[key], onInput));
  const fields = [first, ...links, ...framework, ...program];
  const titleId = uid("hvq-links");
  const linked = h(
    "div",
    { class: "hvq-links", role: "group", "aria-labelledby": titleId },
    h("p", { class: "hvq-linktitle", id: titleId }, SECTIONS.connections.title),
    h("p", { class: "hvq-fieldhint" }, ELOF),
    h("div", { class: "hvq-fields" }, [...links, ...framework, ...program].map(({ node }) => node)),
  );
  return {
    node: h("fieldset", { class: "hvq-goal" }, legend, first.node, linked),
    first: first.control,
    read: () => Object.fromEntries(fields.map(({ control }) => [control.dataset.field, control.value])),
    number: (number) => {
      legend.textContent = `Goal ${number}`;
    },
  };
}

function sectionNode(key, content) {
  const id = uid("hvq-part");
  const state = h("span", { class: "hvq-partstate" });
  const title = h("h4", { class: "hvq-parttitle", id }, SECTIONS[key].title, " ", state);
  const node = h("div", { class: "hvq-formpart", role: "group", "aria-labelledby": id }, title, content);
  return { key, node, state };
}

class PlanForm {
  constructor(question, content, { onInput, isPaper = false }) {
    this.content = { ...blankPlan(), ...content };
    this.onInput = () => {
      this.#recount();
      onInput();
    };
    this.head = isPaper ? this.#headFields() : [lineField({ caption: "Theme", ...this.#typed("theme") })];
    this.lines = [];
    this.parts = [];
    this.count = h("p", { class: "hvq-linecount" });
    for (const key of Object.keys(SECTIONS)) if (key !== "connections") this.parts.push(this.#part(key));
    this.node = h(
      "div",
      { class: "hvq-planning", on: { focusout: () => this.#recount() } },
      !isPaper && groupNode(question),
      h("div", { class: "hvq-fields" }, this.head.map(({ node }) => node)),
      this.parts.map(({ node }) => node),
      this.count,
      question.rule && h("p", { class: "hvq-note" }, question.rule),
    );
    this.#recount();
  }

  read() {
    const typed = [...this.head, ...this.lines].map(({ control }) => [control.dataset.field, control.value]);
    return { ...this.content, ...Object.fromEntries(typed), goals: this.goals.read() };
  }

  /** The field of which the server's sentence speaks; otherwise the first goal. */
  target(sentence = "") {
    const caption = sentence.match(/"(.+)"/)?.[1];
    const label = [...this.node.querySelectorAll("label")].find(({ textContent }) => textContent === caption);
    return label?.control ?? this.goals.rows[0].made.first;
  }

  #typed(field) {
    return { field, value: this.content[field], onInput: this.onInput };
  }

  #headFields() {
    return [
      lineField({ caption: "Theme", wide: true, ...this.#typed("theme") }),
      lineField({ caption: "Date", type: "date", min: "2000-01-01", max: "2100-12-31", ...this.#typed("date") }),
      lineField({ caption: "Place", ...this.#typed("place") }),
    ];
  }

  #part(key) {
    if (key === "goal") {
      this.goals = new RowList({
        entries: this.content.goals.length > 0 ? this.content.goals : [blankGoal()],
        place: "goals",
        noun: "goal",
        most: MOST_GOALS,
        least: 1,
        add: "Add another goal",
        blank: blankGoal,
        isBlank: (goal) => !Object.values(goal).some((text) => text.trim()),
        makeRow: goalRow,
        onInput: () => this.onInput(),
      });
      return sectionNode(key, this.goals.node);
    }
    const lines = Object.keys(SECTIONS[key].lines).map((line) => lineOf(key, line, this.content[line], this.onInput));
    this.lines.push(...lines);
    return sectionNode(
      key,
      lines.map(({ node }) => node),
    );
  }

  #recount() {
    // the rows call this while they are made
    if (!this.goals || !this.node) return;
    const plan = this.read();
    const counted = lineCounts(plan);
    const filled = (lines) => lines.filter((line) => line.filled === line.goals).length;
    for (const { key, state } of this.parts) {
      const keys = key === "goal" ? ["goal", "connections"] : [key];
      const lines = counted.filter(({ section }) => keys.includes(section));
      state.textContent = `${filled(lines)} of ${lines.length}`;
    }
    this.count.textContent = `${filled(counted)} of ${counted.length} lines are filled.`;
    showNotes(this.node, [{ at: "date", say: readDay(plan.date).say }]);
  }
}

function groupNode({ group, facts }) {
  if (!group) return null;
  return h(
    "div",
    { class: "hvq-standing hvq-group" },
    h("p", {}, group),
    facts?.length > 0 && h("ul", {}, facts.map((fact) => h("li", {}, fact))),
  );
}

/** The form for a plan; on a page of its own also with date and place. */
export function form(question, content, how) {
  const plan = new PlanForm(question, content, how);
  return {
    node: plan.node,
    read: () => plan.read(),
    target: (sentence) => plan.target(sentence),
    along: exportLinks(["print", "xlsx", "csv"]),
  };
}

function shownLine(caption, text) {
  const words = text?.trim() ? prose(text) : h("span", { class: "hvq-nothing" }, "Open");
  return h("div", { class: "hvq-shownline" }, h("dt", {}, caption), h("dd", { dir: "auto" }, words));
}

function shownGoal(goal, index, goals) {
  const title = goals.length > 1 ? `Goal ${index + 1}` : "Goal";
  const links = Object.entries(SECTIONS.connections.lines).map(([key, caption]) =>
    shownLine(caption, key === "domain" ? inFramework(goal) : goal[key]),
  );
  return [shownLine(title, goal.goal), ...links];
}

/** What a check gave, section by section: what is there, what is open, and what to compare it with. */
export function feedback({ sections }) {
  const listed = (tag, lines) =>
    lines.length > 0 && h("p", { class: "hvq-lines" }, h("span", { class: "hvq-tag" }, tag), " ", lines.join("; "));
  const section = ({ title, there, open, text }) =>
    h(
      "li",
      { class: open.length > 0 ? "hvq-wrong" : "hvq-right" },
      h(
        "p",
        { class: "hvq-judged" },
        open.length > 0
          ? h("span", { class: "hvq-verdict hvq-no" }, `${open.length} open`)
          : h("span", { class: "hvq-verdict hvq-yes" }, "All there"),
        " ",
        h("strong", {}, title),
      ),
      open.length > 0 && listed("There", there),
      listed("Open", open),
      h("p", {}, text),
    );
  return [h("ul", { class: "hvq-results" }, sections.map(section))];
}

/** The button that keeps a copy among one's tools. */
export function keeping(read, lesson) {
  return keepButton("plan", "Plan", read, lesson);
}

/** The plan as text. */
export function view(question, response) {
  const plan = { ...blankPlan(), ...response };
  const head = [
    ["Theme", plan.theme],
    ["Date", readDay(plan.date).value ? dayInWords(plan.date.trim()) : plan.date],
    ["Place", plan.place],
  ];
  const part = ([key, { title, lines }]) => {
    if (key === "connections") return null;
    const shown =
      key === "goal"
        ? writtenGoals(plan).flatMap(shownGoal)
        : Object.entries(lines).map(([line, caption]) => shownLine(caption, plan[line]));
    return [h("p", { class: "hvq-shownpart" }, title), h("dl", { class: "hvq-shown" }, shown)];
  };
  const known = head.filter(([, text]) => text.trim());
  return h(
    "div",
    { class: "hvq-planview" },
    known.length > 0 && h("dl", { class: "hvq-shown" }, known.map(([caption, text]) => shownLine(caption, text))),
    Object.entries(SECTIONS).map(part),
  );
}
