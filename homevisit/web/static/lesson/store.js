// The state of the lesson, loaded once a page and shared by all its questions.

import { ApiError, courseApi } from "./api.js";
import { Desk } from "./desk.js";
import { HandIn } from "./handin.js";
import { Sharing } from "./sharing.js";

const lessons = new Map();

/** The one Lesson of this page for an address and lesson id; the first call starts loading it. */
export function openLesson(base, lessonId) {
  const key = `${base} ${lessonId}`;
  if (!lessons.has(key)) lessons.set(key, new Lesson(base, lessonId));
  return lessons.get(key);
}

class Lesson extends Desk {
  constructor(base, lessonId) {
    super(base, courseApi(base, lessonId), lessonId);
    Object.assign(this, { lessonId, title: "", isPractice: false, due: "", order: [] });
    this.handIn = new HandIn(this);
    this.sharing = new Sharing(this);
    this.load();
  }

  get isMorePending() {
    return this.handIn.isPending || this.sharing.isPending;
  }

  /** The place of a question in the lesson, from 1; 0 while that is not known. */
  numberOf(questionId) {
    return this.order.indexOf(questionId) + 1;
  }

  /**
   * A widget of the lesson is drawn. In JupyterLab the key may have been mended, or have got the question, since
   * the state was fetched.
   */
  async met(questionId) {
    if (this.refusal && !this.shelf) {
      this.refusal = "";
      this.load();
    } else if (this.shelf && questionId && !this.order.includes(questionId)) {
      try {
        this.order = Object.keys((await this.api.state()).questions);
        this.changed();
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
      }
    }
  }

  /** A hand-in may have waited for the question that has nothing under way any more. */
  settled() {
    super.settled();
    this.handIn.work();
  }

  take(state) {
    this.title = state.title;
    this.isPractice = state.practice === true;
    this.due = state.due ?? "";
    this.handIn.load(state);
    this.sharing.load(state);
    this.order = Object.keys(state.questions);
    for (const questionId of new Set([...this.order, ...this.records.keys()])) {
      this.record(questionId).returned = state.returned?.[questionId] ?? null;
      this.record(questionId).load(state.questions[questionId]);
    }
  }

  async work() {
    await super.work();
    await this.sharing.work();
    await this.handIn.work();
  }
}
