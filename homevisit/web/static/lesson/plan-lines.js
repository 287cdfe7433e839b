// The lines of the planning form, and how many are filled; as homevisit/course/papers_plan.py, which a test compares.

import { DOMAINS } from "./elof.js";

export const MOST_GOALS = 8;
const LEAST_WORDS = 2;
const GOAL_SECTIONS = ["goal", "connections"];
export const SECTIONS = {
  people: {
    title: "Who takes part",
    lines: {
      plans: "Who plans it",
      leads: "Who leads it",
      parents: "Parents' part, in the planning and on the day",
    },
  },
  goal: {
    title: "1. Goals",
    lines: {
      goal: "What will be different for parents and children when they leave",
    },
  },
  connections: {
    title: "2. Connection to other goals",
    lines: {
      child: "A child's goal that this serves",
      family: "A family's goal that this serves",
      domain: "ELOF domain",
      readiness: "School readiness goal of the program",
      outcome: "Family outcomes goal of the program",
    },
  },
  together: {
    title: "3. What parents and children do together",
    lines: {
      together: "What each parent and child do together",
      extends: "What it takes up from home visits, and how it goes on at home",
      space: "The space, and how it is set up",
      materials: "Materials",
    },
  },
  talk: {
    title: "4. Talk and getting to know one another",
    lines: {
      talk: "What parents learn or talk over",
      network: "How families get to know one another",
    },
  },
  food: {
    title: "5. Food",
    lines: {
      food: "What babies, toddlers, and adults eat, and who helps",
    },
  },
  after: {
    title: "While it happens, and afterward",
    lines: {
      observe: "What to watch for",
      afterward: "What to do afterward",
    },
  },
};

export const blankGoal = () => ({
  goal: "",
  child: "",
  family: "",
  domain: "",
  subdomain: "",
  readiness: "",
  outcome: "",
});

/** What stands in a plan that has not been begun. */
export function blankPlan() {
  const keys = Object.entries(SECTIONS).filter(([section]) => !GOAL_SECTIONS.includes(section));
  const lines = keys.flatMap(([, { lines: captions }]) => Object.keys(captions));
  return { theme: "", date: "", place: "", ...Object.fromEntries(lines.map((key) => [key, ""])), goals: [blankGoal()] };
}

const isFilled = (text) => text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length >= LEAST_WORDS;
const isGoalLineFilled = (goal, key) => (key === "domain" ? goal.domain in DOMAINS : isFilled(goal[key]));

/** The goals in which anything stands. */
export function writtenGoals(plan) {
  const goals = plan.goals.filter((goal) => Object.values(goal).some(Boolean));
  return goals.length > 0 ? goals : [blankGoal()];
}

/** Every line with how many goals it is filled for: [{section, key, filled, goals}]. */
export function lineCounts(plan) {
  const goals = writtenGoals(plan);
  return Object.entries(SECTIONS).flatMap(([section, { lines }]) =>
    Object.keys(lines).map((key) =>
      GOAL_SECTIONS.includes(section)
        ? { section, key, filled: goals.filter((goal) => isGoalLineFilled(goal, key)).length, goals: goals.length }
        : { section, key, filled: Number(isFilled(plan[key])), goals: 1 },
    ),
  );
}

/** A domain and sub-domain in the framework's names. */
export function inFramework({ domain, subdomain }) {
  const known = DOMAINS[domain];
  if (!known) return domain;
  return [known.name, known.subdomains[subdomain]].filter(Boolean).join(": ");
}
