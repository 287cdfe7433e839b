// How times, tries and points are said.

const language = () => document.documentElement.lang || "en";

/** "10:42", or with the day where it is not today. */
export function clock(moment) {
  const then = new Date(moment);
  const time = then.toLocaleTimeString(language(), { hour: "numeric", minute: "2-digit" });
  if (then.toDateString() === new Date().toDateString()) return time;
  return `${then.toLocaleDateString(language(), { day: "numeric", month: "long" })}, ${time}`;
}

/** "1st try", "2nd try", "11th try". */
export function nthTry(number) {
  const ending = { 1: "st", 2: "nd", 3: "rd" };
  const isTeen = number % 100 >= 11 && number % 100 <= 13;
  return `${number}${(!isTeen && ending[number % 10]) || "th"} try`;
}

/** "3 of 4 points", or an empty text while a trainer has yet to rate it. */
export function pointsOf({ raw, max }) {
  if (raw === null || raw === undefined) return "";
  const rounded = Math.round(raw * 100) / 100;
  return `${rounded} of ${max} ${max === 1 ? "point" : "points"}`;
}

/** Number of words in a text. */
export function countWords(text) {
  return (text.match(/\S+/gu) || []).length;
}
