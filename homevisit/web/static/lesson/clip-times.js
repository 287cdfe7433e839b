// Moments of a clip: seconds for the program, minutes and seconds as people write them; says the same as
// homevisit/course/clip_times.py.

/** "1:05" for 65.4 seconds; parts of a second are left out. */
export function asClock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** The seconds of "1:05"; null for anything else. */
export function secondsOf(text) {
  const [, minutes, seconds] = text.trim().match(/^(\d{1,3}):([0-5]\d)$/) ?? [];
  return minutes === undefined ? null : Number(minutes) * 60 + Number(seconds);
}

/** What was typed as a time, in the form of a response: seconds where it is a time, else the text as it is. */
export const timeOf = (text) => secondsOf(text) ?? text;

/** A time of a response as its field shows it. */
export const timeText = (at) => (typeof at === "number" && at >= 0 ? asClock(at) : String(at));
