// What to look at again in a schedule; says the same as homevisit/course/schedule_checks.py, which a test compares.

import { dayAfter, dayInWords, daysBetween, readCount, readDay } from "./typed.js";

export const MOST_ROWS = 100;
export const MOST_PEOPLE = 40;
export const STATES = { planned: "Planned", held: "Held", canceled: "Canceled" };
export const PROGRAMS = {
  ehs: { name: "Early Head Start", minimum: 22 },
  preschool: { name: "Head Start preschool", minimum: 16 },
  other: { name: "Another program", minimum: 0 },
};
const MOST_A_YEAR = 366;
const GAP_DAYS = 42;
const LEAST_FOR_TURNS = 3;
const PASSED = "This date has passed. If it took place, choose “Held”; otherwise choose another date.";
const TO_COME = "This date is still to come. Choose “Planned”, or correct the date.";
const SAME_TWICE = "The same person stands here twice. Choose two people, or leave the second place open.";
const GONE = "A person who is no longer on the team stands here. Choose somebody else.";
const LOW_OWN = "Your program may ask for more than the regulation does, but not for fewer.";

/** The last day of a year that begins on a day. */
function lastDay(begins) {
  const next = `${Number(begins.slice(0, 4)) + 1}${begins.slice(4)}`;
  return begins.endsWith("-02-29") ? `${next.slice(0, 4)}-02-28` : dayAfter(next, -1);
}

function isWithin(schedule, day) {
  const begins = readDay(schedule.begins).value;
  return !begins || (begins <= day && day <= lastDay(begins));
}

/** The rows that count, with their numbers from 1: readable date, not canceled, within the year. */
function countedRows(schedule) {
  return schedule.rows
    .map((row, index) => ({ ...row, number: index + 1, day: readDay(row.date).value }))
    .filter(({ day, state }) => day && state !== "canceled" && isWithin(schedule, day));
}

/** How many socializations are held and planned, and how many there should be. */
export function counts(schedule) {
  const rows = countedRows(schedule);
  const own = readCount(schedule.minimum, MOST_A_YEAR).value;
  const held = rows.filter(({ state }) => state === "held").length;
  return { held, planned: rows.length - held, all: rows.length, minimum: Math.max(own ?? 0, PROGRAMS[schedule.program].minimum) };
}

/** How often each member of the team plans and leads. */
export function turns(schedule) {
  const rows = schedule.rows.filter(({ state }) => state !== "canceled");
  return schedule.team
    .filter(({ name }) => name.trim())
    .map(({ id, name }) => ({
      name: name.trim(),
      plans: rows.filter((row) => row.plans.includes(id)).length,
      leads: rows.filter((row) => row.leads.includes(id)).length,
    }));
}

function dateNote(schedule, row, today) {
  const { value: day, say } = readDay(row.date);
  if (!day || row.state === "canceled") return say;
  if (!isWithin(schedule, day)) {
    const { value: begins } = readDay(schedule.begins);
    return `This date is outside the program year, ${dayInWords(begins)} to ${dayInWords(lastDay(begins))}, and is not counted.`;
  }
  if (row.state === "planned" && day < today) return PASSED;
  return row.state === "held" && day > today ? TO_COME : "";
}

function peopleNote(schedule, people) {
  const known = schedule.team.map(({ id }) => id);
  const named = people.filter(Boolean);
  if (named.some((id) => !known.includes(id))) return GONE;
  return new Set(named).size < named.length ? SAME_TWICE : "";
}

function listed(numbers) {
  if (numbers.length === 1) return `Row ${numbers[0]}`;
  return `Rows ${numbers.slice(0, -1).join(", ")} and ${numbers.at(-1)}`;
}

function minimumNote(schedule) {
  const { all, minimum } = counts(schedule);
  if (schedule.rows.length === 0 || all >= minimum) return "";
  const missing = minimum - all;
  const program = PROGRAMS[schedule.program];
  const isOwn = minimum > program.minimum;
  const who = isOwn ? "Your program" : program.name;
  const source = isOwn ? "" : " (45 CFR 1302.22; check ecfr.gov)";
  return (
    `${all} of at least ${minimum} socializations stand in this year; ${missing} ` +
    `${missing === 1 ? "is" : "are"} missing. ${who} asks for ${minimum} or more a year${source}.`
  );
}

function sameDay(schedule) {
  const byDay = new Map();
  for (const { number, day } of countedRows(schedule)) byDay.set(day, [...(byDay.get(day) ?? []), number]);
  return [...byDay]
    .filter(([, numbers]) => numbers.length > 1)
    .map(([day, numbers]) => `${listed(numbers)} are on the same day, ${dayInWords(day)}.`);
}

function gaps(schedule) {
  const days = countedRows(schedule)
    .map(({ day }) => day)
    .sort();
  return days
    .slice(1)
    .map((later, index) => [days[index], later, daysBetween(days[index], later)])
    .filter(([, , between]) => between > GAP_DAYS)
    .map(
      ([earlier, later, between]) =>
        `There is no socialization for ${between} days, from ${dayInWords(earlier)} to ${dayInWords(later)}.`,
    );
}

function peopleNotes(schedule) {
  const known = schedule.team.map(({ id }) => id);
  const rows = schedule.rows
    .map((row, index) => ({ ...row, number: index + 1 }))
    .filter(({ state }) => state !== "canceled");
  const numbersOf = (test) => rows.filter(test).map(({ number }) => number);
  const lone = (field) => numbersOf((row) => new Set(row[field].filter((id) => known.includes(id))).size < 2);
  const have = (numbers) => (numbers.length === 1 ? "has" : "have");
  const fewer = (numbers, verb) =>
    numbers.length > 0 && `${listed(numbers)} ${have(numbers)} fewer than two people to ${verb}.`;
  const alone = numbersOf((row) => !row.parents.trim());
  const always = turns(schedule).flatMap(({ name, plans, leads }) =>
    [
      [plans, "plans"],
      [leads, "leads"],
    ]
      .filter(([often]) => rows.length >= LEAST_FOR_TURNS && often === rows.length)
      .map(([often, verb]) => `${name} ${verb} all ${often} socializations. Who could take a turn?`),
  );
  return [
    fewer(lone("plans"), "plan"),
    fewer(lone("leads"), "lead"),
    alone.length > 0 && `No parent is invited to the planning of ${listed(alone).toLowerCase()}.`,
    ...always,
  ].filter(Boolean);
}

/** A sentence for each field, and for the whole (`at` is ""), that should be looked at again. */
export function scheduleNotes(schedule, today) {
  const own = readCount(schedule.minimum, MOST_A_YEAR);
  const isLow = own.value !== null && own.value < PROGRAMS[schedule.program].minimum;
  const notes = [
    { at: "minimum", say: isLow ? LOW_OWN : own.say },
    { at: "begins", say: readDay(schedule.begins).say },
    ...schedule.rows.flatMap((row, index) => [
      { at: `rows.${index}.date`, say: dateNote(schedule, row, today) },
      { at: `rows.${index}.plans`, say: peopleNote(schedule, row.plans) },
      { at: `rows.${index}.leads`, say: peopleNote(schedule, row.leads) },
    ]),
  ];
  const wholes = [minimumNote(schedule), ...sameDay(schedule), ...gaps(schedule), ...peopleNotes(schedule)];
  return [...notes, ...wholes.map((say) => ({ at: "", say }))].filter(({ say }) => say);
}
