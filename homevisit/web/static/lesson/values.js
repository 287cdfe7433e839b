// Compares responses, and makes tokens.

/** Whether two JSON values are the same; the order of keys does not matter. */
export function same(left, right) {
  if (left === right) return true;
  if (typeof left !== "object" || typeof right !== "object" || !left || !right) return false;
  const keys = Object.keys(left);
  return keys.length === Object.keys(right).length && keys.every((key) => same(left[key], right[key]));
}

const UNKEPT = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

function plain(value) {
  if (typeof value === "string") return value.replace(/\r\n?/g, "\n").replace(UNKEPT, "").trim();
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(plain);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

/** Whether two responses hold the same words; the server drops what cannot be shown and spaces at the ends. */
export function alike(left, right) {
  return same(plain(left), plain(right));
}

/** A random id; `crypto.randomUUID` is missing where a page comes over plain http. */
export function newToken() {
  const hex = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  );
  return hex.join("").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** Whether a response holds no word and no choice at all. */
export function isBlank(response) {
  if (response === null || response === undefined) return true;
  if (typeof response === "object") return Object.values(response).every(isBlank);
  return String(response).trim() === "";
}
