// Keeps unsent text in the browser until the server has acknowledged that very text.

import { same } from "./values.js";

/** What this browser keeps for us, or null. */
export function browserStorage() {
  try {
    return window.localStorage;
  } catch {
    return null; // a browser may forbid storage altogether; then the page's memory must do
  }
}

/** The unsent text of one person in one lesson, one entry a question: {response, base, sent, at, commit}. */
export class Shelf {
  constructor(owner, lessonId) {
    this.stem = `hv:${owner}:${lessonId}:`;
    this.storage = browserStorage();
  }

  read(questionId) {
    try {
      return JSON.parse(this.storage?.getItem(this.stem + questionId) ?? "null");
    } catch {
      return null;
    }
  }

  write(questionId, entry) {
    try {
      this.storage?.setItem(this.stem + questionId, JSON.stringify(entry));
    } catch {
      // Full storage: the page still holds the text and goes on sending it.
    }
  }

  /** Forget the entry, unless another tab of this browser has put newer text there meanwhile. */
  drop(questionId, acknowledged) {
    const entry = this.read(questionId);
    if (entry && same(entry.response, acknowledged)) this.storage?.removeItem(this.stem + questionId);
  }

  forget(questionId) {
    this.storage?.removeItem(this.stem + questionId);
  }
}
