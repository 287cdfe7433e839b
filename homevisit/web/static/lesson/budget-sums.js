// Adds up a budget while one types, as homevisit/course/papers_budget.py does; a test compares the two.

import { readAmount, readCount } from "./typed.js";

export const MOST_ITEMS = 30;
const MOST_PEOPLE = 500;
const MOST_SOCIALIZATIONS = 366;
const MOST_PIECES = 10000;
const MOST_PRICE = 10000;
const MOST_CEILING = 10000000;
export const HEADINGS = {
  food: "Food",
  transportation: "Transportation",
  materials: "Materials and supplies",
  other: "Other",
};
export const EATERS = { infants: "Infants", toddlers: "Toddlers", adults: "Adults" };
export const LISTS = Object.keys(HEADINGS).slice(1);
export const ROUNDING =
  "All sums are exact to the cent. Amounts for one family or one socialization are divided and rounded to the nearest cent, half a cent upward.";

function partsOf(budget) {
  const food = Object.entries(EATERS).map(([eater, name]) => ({
    heading: "food",
    at: eater,
    what: name,
    per: "each",
    ...budget[eater],
  }));
  const items = LISTS.flatMap((heading) =>
    budget[heading].map((item, number) => ({ heading, at: `${heading}.${number}`, ...item })),
  );
  return [...food, ...items];
}

function readPart({ heading, count, price }) {
  return {
    count: readCount(count, heading === "food" ? MOST_PEOPLE : MOST_PIECES),
    cents: readAmount(price, MOST_PRICE),
  };
}

/** The cost in cents of each line that can be counted, by its place. */
export function costs(budget) {
  const lines = partsOf(budget).map((part) => {
    const { count, cents } = readPart(part);
    return [part, count.value === null || cents.value === null ? null : count.value * cents.value];
  });
  return lines.filter(([, cost]) => cost !== null).map(([{ heading, at, per }, cost]) => ({ heading, at, per, cost }));
}

function headNote(text, most) {
  const { value, say } = readCount(text, most);
  return value === 0 ? `Write a number from 1 to ${most}.` : say;
}

function partNotes(part) {
  const { count, cents } = readPart(part);
  const isOpen = ({ value, say }) => value === null && !say;
  const countNote = isOpen(count) && cents.value ? "Write how many there are." : count.say;
  const priceNote = isOpen(cents) && count.value ? "Write what one costs." : cents.say;
  const isUnnamed = !part.what.trim() && (part.count.trim() || part.price.trim());
  return [
    { at: `${part.at}.count`, say: countNote },
    { at: `${part.at}.price`, say: priceNote },
    { at: `${part.at}.what`, say: isUnnamed ? "Say what this is." : "" },
  ];
}

/** A sentence for each field that cannot be counted as it stands: [{at, say}]. */
export function budgetNotes(budget) {
  const notes = [
    { at: "families", say: headNote(budget.families, MOST_PEOPLE) },
    { at: "socializations", say: headNote(budget.socializations, MOST_SOCIALIZATIONS) },
    { at: "ceiling", say: readAmount(budget.ceiling, MOST_CEILING).say },
    ...partsOf(budget).flatMap(partNotes),
  ];
  return notes.filter(({ say }) => say);
}

/** Half a cent goes up; whole numbers only, so that nothing drifts. */
function divided(cents, among) {
  if (cents === null || !among) return null;
  return Number((2n * BigInt(cents) + BigInt(among)) / (2n * BigInt(among)));
}

/** All sums in cents; null where a number is missing that they need. */
export function addUp(budget) {
  const lines = costs(budget);
  const sumOf = (heading, per) =>
    lines.filter((line) => line.heading === heading && line.per === per).reduce((sum, { cost }) => sum + cost, 0);
  const byHeading = Object.fromEntries(
    Object.keys(HEADINGS).map((heading) => [heading, [sumOf(heading, "each"), sumOf(heading, "year")]]),
  );
  const all = Object.values(byHeading);
  const each = all.reduce((sum, [cost]) => sum + cost, 0);
  const yearly = all.reduce((sum, [, cost]) => sum + cost, 0);
  const families = readCount(budget.families, MOST_PEOPLE).value;
  const held = readCount(budget.socializations, MOST_SOCIALIZATIONS).value;
  const ceiling = readAmount(budget.ceiling, MOST_CEILING).value;
  const year = held ? each * held + yearly : null;
  return {
    byHeading,
    each,
    yearly,
    year,
    familyEach: divided(each, families),
    familyYear: divided(year, families),
    eachWithYearly: yearly ? divided(year, held) : null,
    ceiling,
    left: ceiling === null || year === null ? null : ceiling - year,
    isComplete: budgetNotes(budget).length === 0,
  };
}
