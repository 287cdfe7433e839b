// The right to write a reading: taken with the text, prolonged while it stands here, given back when it was only looked at.

const RENEW_MS = 5 * 60 * 1000;

export class Claim {
  constructor(api, kind) {
    Object.assign(this, { api, kind, isHeld: false, isLeft: false, isUntouched: false, renewal: null });
  }

  /** Take it, and call `refused` with the error where it cannot be prolonged later; the first error goes to the caller. */
  async take(refused) {
    await this.api("POST", "claim", { kind: this.kind });
    this.isHeld = true;
    // who has gone on meanwhile keeps nobody from this text
    if (this.isLeft) this.#giveBack();
    else this.renewal = setInterval(() => this.#renew(refused), RENEW_MS);
  }

  /** Prolong it no more; somebody else may take what is untouched. */
  leave(isUntouched) {
    Object.assign(this, { isLeft: true, isUntouched });
    clearInterval(this.renewal);
    this.#giveBack();
  }

  async #renew(refused) {
    try {
      await this.api("POST", "claim", { kind: this.kind });
    } catch (error) {
      if (error.kind === "conflict") refused(error);
    }
  }

  #giveBack() {
    if (this.isHeld && this.isUntouched) this.api("DELETE", `claim?kind=${this.kind}`).catch(() => null);
  }
}
