// The state of the lesson, loaded once a page and shared by all its questions.

import { ApiError, courseApi } from "./api.js";
import { Connection } from "./connection.js";
import { HandIn } from "./handin.js";
import { QuestionRecord } from "./record.js";
import { Shelf } from "./shelf.js";

const lessons = new Map();

/** The one Lesson of this page for an address and lesson id; the first call starts loading it. */
export function openLesson(base, lessonId) {
  const key = `${base} ${lessonId}`;
  if (!lessons.has(key)) lessons.set(key, new Lesson(base, lessonId));
  return lessons.get(key);
}

/** Events: "change" (anything that the status line or the hand-in panel shows), "news" (a sentence to read aloud). */
class Lesson extends EventTarget {
  constructor(base, lessonId) {
    super();
    Object.assign(this, {
      base,
      lessonId,
      shelf: null,
      title: "",
      isPractice: false,
      savedAt: null,
      refusal: "",
      order: [],
      records: new Map(),
    });
    this.api = courseApi(base, lessonId);
    this.connection = new Connection(
      () => this.#again(),
      () => this.changed(),
    );
    this.handIn = new HandIn(this);
    this.ready = new Promise((resolve) => {
      this.arrived = resolve;
    });
    window.addEventListener("pagehide", () => this.#each((record) => record.leave()));
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.#each((record) => record.work());
    });
    this.#load();
  }

  /** Whether a call makes sense now; after a failure the connection decides when the next one is due. */
  get mayTry() {
    return this.shelf !== null && this.connection.isOpen;
  }

  /** One word for the whole page, see status.js. */
  get condition() {
    if (this.refusal) return "refused";
    if (["signed-out", "other-person"].includes(this.connection.state)) return this.connection.state;
    if (!this.shelf) return this.connection.isOpen ? "loading" : "unreached";
    const unsent = [...this.records.values()].filter((record) => record.isUnsent);
    if (unsent.some((record) => record.conflict)) return "conflict";
    if (unsent.some((record) => record.isRefused)) return "unsaved";
    if (unsent.length > 0 || this.handIn.isPending) return this.connection.isOpen ? "saving" : "waiting";
    return this.savedAt ? "saved" : "idle";
  }

  /** The record of one question; a question the server does not know starts empty. */
  record(questionId) {
    if (!this.records.has(questionId)) this.records.set(questionId, new QuestionRecord(questionId, this));
    return this.records.get(questionId);
  }

  /** The place of a question in the lesson, from 1; 0 while that is not known. */
  numberOf(questionId) {
    return this.order.indexOf(questionId) + 1;
  }

  changed() {
    this.dispatchEvent(new Event("change"));
  }

  /** One question has nothing under way any more; a hand-in may have waited for that. */
  settled() {
    this.changed();
    this.handIn.work();
  }

  announce(sentence) {
    this.dispatchEvent(new CustomEvent("news", { detail: sentence }));
  }

  async #load() {
    try {
      const state = await this.api.state();
      this.api.speakFor(state.owner);
      this.owner = state.owner;
      this.title = state.title;
      this.isPractice = state.practice === true;
      this.shelf = new Shelf(state.owner, this.lessonId);
      this.handIn.load(state);
      this.order = Object.keys(state.questions);
      for (const questionId of new Set([...Object.keys(state.questions), ...this.records.keys()])) {
        this.record(questionId).load(state.questions[questionId]);
      }
      this.connection.worked();
      this.arrived();
      this.changed();
      this.#work();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.kind === "refused" || error.kind === "conflict") this.refusal = error.message;
      this.connection.failed(error);
      this.changed();
    }
  }

  async #again() {
    if (!this.shelf) {
      this.#load();
      return;
    }
    try {
      // Somebody else may have signed in on this device meanwhile; their name must not get this text.
      const { owner } = await this.api.state();
      if (owner !== this.owner) {
        this.connection.isSomebodyElse();
        return;
      }
      this.connection.worked();
      await this.#work();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.connection.failed(error);
    }
  }

  async #work() {
    await Promise.all([...this.records.values()].map((record) => record.work()));
    await this.handIn.work();
  }

  #each(action) {
    for (const record of this.records.values()) action(record);
  }
}
