// Handing in the lesson: one token a press, kept until the server has taken it.

import { ApiError } from "./api.js";
import { newToken } from "./values.js";

const PLACE = "#submission";

/** `submission` is the last one the server knows, `problem` its sentence when something is missing. */
export class HandIn {
  constructor(lesson) {
    Object.assign(this, { lesson, submission: null, resultUrl: "", token: null, problem: "", isBusy: false });
  }

  get isPending() {
    return this.token !== null;
  }

  /** Whether something was checked after the lesson was handed in. */
  get hasChanged() {
    if (!this.submission) return false;
    const since = new Date(this.submission.submitted_at);
    const isLater = ({ lastAttempt }) => lastAttempt && new Date(lastAttempt.committed_at) > since;
    return this.submission.changed_since || [...this.lesson.records.values()].some(isLater);
  }

  load({ submission, result_url: resultUrl }) {
    this.submission = submission;
    this.resultUrl = resultUrl;
    this.token = this.lesson.shelf.read(PLACE)?.token ?? null;
  }

  /** Hand the lesson in; without a connection this happens as soon as there is one. */
  async press() {
    this.problem = "";
    this.token ??= newToken();
    this.lesson.shelf.write(PLACE, { token: this.token });
    this.lesson.changed();
    const records = [...this.lesson.records.values()];
    await Promise.all(records.map((record) => record.work()));
    await this.work();
  }

  async work() {
    const isCheckPending = [...this.lesson.records.values()].some((record) => record.pending);
    if (!this.isPending || this.isBusy || isCheckPending || !this.lesson.mayTry) return;
    this.isBusy = true;
    try {
      const { submission } = await this.lesson.api.submit(this.token);
      this.submission = submission;
      this.lesson.savedAt = submission.submitted_at;
      this.#release();
      this.lesson.connection.worked();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (["refused", "conflict", "slow-down"].includes(error.kind)) {
        this.problem = error.message;
        this.#release();
      }
      this.lesson.connection.failed(error);
    } finally {
      this.isBusy = false;
      this.lesson.changed();
    }
  }

  #release() {
    this.token = null;
    this.lesson.shelf.forget(PLACE);
  }
}
