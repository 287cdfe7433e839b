// Days, numbers and amounts as people type them; says the same as homevisit/course/typed.py, which a test compares.

const NO_DAY = "Write a real day, with a year from 2000 to 2100.";
const NO_COUNT = "Write a whole number, such as 8.";
const COUNT_BELOW = "A number here cannot be below zero. Write how many, such as 8.";
const NO_AMOUNT = "Write an amount in dollars and cents, such as 12.50.";
const AMOUNT_BELOW = "An amount cannot be below zero. Write what it costs, such as 12.50.";
const MONTHS = "January February March April May June July August September October November December".split(" ");
const COUNT = /^(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)$/;
const AMOUNT = /^\$? ?(?=\.?[0-9])([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)?(?:\.([0-9]{0,2}))?$/;
const BELOW = /^\$? ?[-−]/;
// Longer numbers are too large whatever they say, and need not be read.
const MOST_DIGITS = 12;

const found = (value) => ({ value, say: "" });
const wrong = (say) => ({ value: null, say });
const digitsOf = (text) => text.replaceAll(",", "").replace(/^0+/, "") || "0";
const grouped = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, ",");

/** A day written as 2026-10-05: {value, say}; the value is that text, or null. */
export function readDay(typed) {
  const text = typed.trim();
  if (!text) return wrong("");
  const [, year, month, day] = (text.match(/^([0-9]{4})-([0-9]{2})-([0-9]{2})$/) ?? []).map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal && year >= 2000 && year <= 2100 ? found(text) : wrong(NO_DAY);
}

/** A whole number from 0 to `most`: {value, say}. */
export function readCount(typed, most) {
  const text = typed.trim();
  if (!text) return wrong("");
  if (BELOW.test(text)) return wrong(COUNT_BELOW);
  if (!COUNT.test(text)) return wrong(NO_COUNT);
  const digits = digitsOf(text);
  if (digits.length > MOST_DIGITS || Number(digits) > most)
    return wrong(`That is more than fits here. Write a number up to ${grouped(most)}.`);
  return found(Number(digits));
}

/** An amount from 0 to `most` dollars, in cents: {value, say}. */
export function readAmount(typed, most) {
  const text = typed.trim();
  if (!text) return wrong("");
  if (BELOW.test(text)) return wrong(AMOUNT_BELOW);
  const parts = text.match(AMOUNT);
  if (!parts) return wrong(NO_AMOUNT);
  const dollars = digitsOf(parts[1] ?? "0");
  const cents = Number(dollars + (parts[2] ?? "").padEnd(2, "0"));
  if (dollars.length > MOST_DIGITS || cents > most * 100)
    return wrong(`That is more than fits here. Write an amount up to $${grouped(most)}.`);
  return found(cents);
}

/** Cents as "$1,234.50". */
export function money(cents) {
  const whole = Math.abs(cents);
  const rest = String(whole % 100).padStart(2, "0");
  return `${cents < 0 ? "-" : ""}$${grouped(Math.floor(whole / 100))}.${rest}`;
}

/** "2026-10-05" as "October 5, 2026". */
export function dayInWords(day) {
  const [year, month, date] = day.split("-").map(Number);
  return `${MONTHS[month - 1]} ${date}, ${year}`;
}

/** The number of days from one day to a later one. */
export function daysBetween(earlier, later) {
  return Math.round((Date.parse(`${later}T00:00:00Z`) - Date.parse(`${earlier}T00:00:00Z`)) / 86400000);
}

/** The day some days after another. */
export function dayAfter(day, days) {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** Today, where the browser is. */
export function today() {
  const now = new Date();
  const two = (number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
