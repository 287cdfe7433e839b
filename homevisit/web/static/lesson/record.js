// One question's text, attempts and unsent work; knows nothing of how it is drawn.

import { ApiError } from "./api.js";
import { alike, isBlank, newToken, same } from "./values.js";

const PAUSE_MS = 800;
const LONGEST_MS = 1500;
const MOST_REBASES = 5;

/**
 * Events: "redraw" (mode, conflict or attempts changed), "problem" (the server refused something),
 * "checked" (an attempt has come back). `mode` is "edit" or "checked".
 */
export class QuestionRecord extends EventTarget {
  constructor(questionId, lesson) {
    super();
    Object.assign(this, {
      questionId,
      lesson,
      response: null,
      returned: null,
      version: 0,
      known: null,
      sent: [],
      attempts: [],
      mode: "edit",
      pending: null,
      conflict: null,
      setAside: null,
      problem: "",
      ...{ isDirty: false, isRefused: false, isBusy: false },
      rebases: 0,
      dirtySince: null,
      timer: null,
    });
  }

  get lastAttempt() {
    return this.attempts.at(-1) ?? null;
  }

  get isUnsent() {
    return this.isDirty || this.pending !== null;
  }

  /** "not-started", "draft", "waiting", "checked" or "changed" (since the last check). */
  get progress() {
    if (this.pending) return "waiting";
    if (!this.lastAttempt) return isBlank(this.response) ? "not-started" : "draft";
    return this.mode === "checked" || alike(this.response, this.lastAttempt.response) ? "checked" : "changed";
  }

  /** Take over what the server holds and put unsent text of this browser on top of it. */
  load({ draft = null, attempts = [] } = {}) {
    this.attempts = attempts;
    this.version = draft?.version ?? 0;
    this.known = draft?.response ?? null;
    const last = this.lastAttempt;
    const isOlder = draft && last && new Date(draft.saved_at) <= new Date(last.committed_at);
    const isLive = draft && !isOlder && !(last && alike(draft.response, last.response));
    this.response = isLive ? draft.response : (last?.response ?? draft?.response ?? null);
    this.mode = last && !isLive ? "checked" : "edit";
    Object.assign(this, { isDirty: false, pending: null, conflict: null });
    const entry = this.lesson.shelf.read(this.questionId);
    if (entry) this.#restore(entry, draft);
    this.#tell("redraw");
  }

  #restore(entry, draft) {
    this.pending = entry.commit ?? null;
    this.sent = entry.sent ?? [];
    const isKnown =
      alike(entry.response, draft?.response) || alike(entry.response, this.lastAttempt?.response);
    if (isKnown && !this.pending) {
      this.lesson.shelf.forget(this.questionId);
      return;
    }
    this.response = entry.response;
    this.isDirty = true;
    this.mode = "edit";
    const isNewer =
      !draft || entry.base >= this.version || this.sent.some((text) => alike(text, draft.response));
    if (!isNewer && !this.pending && !isBlank(draft.response)) this.conflict = draft;
  }

  /** Note what stands in the form now; it is saved after a short pause. */
  edit(response) {
    if (same(this.response, response)) return;
    this.response = response;
    this.isDirty = true;
    this.isRefused = false;
    this.problem = "";
    this.#shelve();
    this.dirtySince ??= Date.now();
    const wait = Math.max(0, Math.min(PAUSE_MS, this.dirtySince + LONGEST_MS - Date.now()));
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.work(), wait);
    this.lesson.changed();
  }

  /** Ask for the response to be checked; without a connection the wish is kept and sent later. */
  commit(response) {
    this.response = response;
    this.isDirty = true;
    this.problem = "";
    this.pending = { token: newToken(), number: this.attempts.length + 1, response };
    this.#shelve();
    this.#tell("redraw");
    return this.work();
  }

  /** Take the last checked response up again. */
  revise() {
    this.mode = "edit";
    this.#tell("redraw");
  }

  /** Stop revising: the last checked response stands, the changed text is set aside on the page. */
  keepAttempt() {
    const { response } = this.lastAttempt;
    this.setAside = alike(this.response, response) ? this.setAside : this.response;
    this.mode = "checked";
    this.edit(response);
    this.#tell("redraw");
  }

  /** Ask the trainer to read a point; give a sentence when that could not be sent, otherwise nothing. */
  async ask(number, pointId) {
    try {
      const { attempt } = await this.lesson.api.ask(this.questionId, { number, point: pointId });
      this.attempts = this.attempts.map((known) => (known.number === attempt.number ? attempt : known));
      return "";
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return error.message || "This could not be sent just now. Try again in a moment.";
    }
  }

  /** Settle a conflict: keep the text of this device, or take the other one. The loser is set aside. */
  settle(keepsMine) {
    const other = this.conflict;
    this.version = other.version;
    this.known = other.response;
    this.conflict = null;
    this.setAside = keepsMine ? other.response : this.response;
    this.isDirty = keepsMine;
    if (keepsMine) {
      this.#shelve();
    } else {
      this.response = other.response;
      this.lesson.shelf.forget(this.questionId);
    }
    this.#tell("redraw");
    return this.work();
  }

  /** Send what is to be sent, one call at a time, until nothing is left or something is in the way. */
  async work() {
    clearTimeout(this.timer);
    if (this.isBusy || !this.lesson.mayTry) return;
    this.isBusy = true;
    try {
      while (this.pending || (this.isDirty && !this.conflict && !this.isRefused)) {
        await (this.pending ? this.#sendCommit() : this.#sendDraft());
        this.lesson.connection.worked();
      }
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.lesson.connection.failed(error);
      if (this.pending) this.#tell("redraw");
    } finally {
      this.isBusy = false;
      this.lesson.settled();
    }
  }

  /** Last chance while the page goes away: the call outlives the page, its outcome is not awaited. */
  leave() {
    if (!this.isBusy) {
      this.work();
    } else if (this.isDirty && !this.pending && !this.conflict && !same(this.sent.at(-1), this.response)) {
      // The call under way will raise the version by one.
      const draft = { response: this.response, base: this.version + 1 };
      this.#remember(this.response);
      this.lesson.api.saveDraft(this.questionId, draft).catch(() => {});
    }
  }

  async #sendDraft() {
    const response = this.response;
    this.dirtySince = null;
    this.#remember(response);
    try {
      this.#acknowledge(
        await this.lesson.api.saveDraft(this.questionId, { response, base: this.version }),
        response,
      );
    } catch (error) {
      if (error.kind === "conflict") this.#meet(error.body.draft ?? null);
      else if (error.kind === "refused") this.#refuse(error);
      else throw error;
    }
  }

  #acknowledge(saved, response) {
    this.version = saved.version;
    this.known = response;
    this.rebases = 0;
    this.lesson.savedAt = saved.saved_at;
    if (same(this.response, response)) {
      this.isDirty = false;
      this.lesson.shelf.drop(this.questionId, response);
    } else {
      this.#shelve();
    }
  }

  /** The server holds another version than the one this text was written on. */
  #meet(draft) {
    const theirs = draft?.response ?? null;
    const isOurs = [this.response, this.known, ...this.sent].some((text) => alike(text, theirs));
    if (isOurs || isBlank(theirs)) {
      this.rebases += 1;
      if (this.rebases > MOST_REBASES) throw new ApiError("away");
      this.version = draft?.version ?? 0;
      this.known = theirs;
      this.isDirty = true;
      this.#shelve();
      return;
    }
    this.conflict = draft;
    this.isDirty = true;
    this.#tell("redraw");
  }

  async #sendCommit() {
    const { token, number, response } = this.pending;
    try {
      const { attempt } = await this.lesson.api.commit(this.questionId, { token, number, response });
      this.#accept(attempt, response);
    } catch (error) {
      if (error.kind === "conflict") this.#catchUp(error);
      else if (error.kind === "refused" || error.kind === "slow-down") this.#refuse(error);
      else throw error;
    }
  }

  #accept(attempt, pressed) {
    this.attempts = [...this.attempts.filter(({ number }) => number !== attempt.number), attempt];
    this.pending = null;
    this.setAside = null;
    this.lesson.savedAt = attempt.committed_at;
    if (same(this.response, pressed)) {
      this.lesson.shelf.drop(this.questionId, pressed);
      this.response = attempt.response;
      this.isDirty = false;
      this.mode = "checked";
    } else {
      this.#shelve();
    }
    this.#tell("checked");
  }

  #catchUp(error) {
    this.attempts = error.body.attempts ?? this.attempts;
    this.pending = null;
    this.problem =
      "You had this checked in another window or on another device meanwhile. Your text here is kept: look at it and check it once more.";
    this.#shelve();
    this.#tell("redraw");
    this.#tell("problem");
  }

  #refuse(error) {
    // The text goes on being saved as a draft; only a refused draft waits for a change.
    this.isRefused = this.pending === null;
    this.pending = null;
    this.problem = error.message;
    this.#shelve();
    this.#tell("redraw");
    this.#tell("problem");
  }

  #remember(response) {
    this.sent = [...this.sent.slice(-1), response];
    this.#shelve();
  }

  #shelve() {
    const { response, version: base, sent, pending: commit } = this;
    this.lesson.shelf.write(this.questionId, { response, base, sent, commit, at: new Date().toISOString() });
  }

  #tell(name) {
    this.dispatchEvent(new Event(name));
    this.lesson.changed();
  }
}
