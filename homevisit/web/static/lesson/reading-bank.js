// The comment bank beside a reading: search, and put a comment in where one was writing last.

import { h } from "./dom.js";

const MOST = 12;

export class Bank {
  constructor(root, call, onChange) {
    Object.assign(this, { root, call, onChange, comments: null });
    this.place = root.querySelector("[data-desk-bank]");
    if (!this.place) return;
    this.search = root.querySelector("#bank-search");
    this.list = root.querySelector("[data-bank-list]");
    this.said = root.querySelector("[data-bank-said]");
    this.target = root.querySelector("#overall");
    root.addEventListener("focusin", ({ target }) => {
      if (target.matches("textarea[data-say]")) this.target = target;
    });
    this.place.addEventListener("toggle", () => this.place.open && this.#load());
    this.search.addEventListener("input", () => this.#draw());
    root.querySelector("[data-bank-keep]").addEventListener("click", () => this.#keep());
  }

  async #load() {
    try {
      this.comments = (await this.call("GET", "bank")).comments;
      this.#draw();
    } catch {
      this.said.textContent = "The comment bank cannot be reached just now.";
    }
  }

  #draw() {
    const wanted = this.search.value.trim().toLocaleLowerCase();
    const found = (this.comments ?? []).filter(({ text }) => text.toLocaleLowerCase().includes(wanted));
    const line = (comment) =>
      h(
        "li",
        {},
        h(
          "button",
          { type: "button", class: "hv-bank-choice", on: { click: () => this.#insert(comment) } },
          comment.text,
        ),
      );
    this.list.replaceChildren(...found.slice(0, MOST).map(line));
    const more = found.length > MOST ? ` The first ${MOST} are shown; search to find the others.` : "";
    this.said.textContent = `${found.length} ${found.length === 1 ? "comment" : "comments"}.${more}`;
  }

  #insert({ id, text }) {
    const { target } = this;
    target.value = target.value.trim() ? `${target.value.trimEnd()}\n${text}` : text;
    target.focus();
    target.dispatchEvent(new Event("input", { bubbles: true }));
    this.said.textContent = "Put in.";
    this.call("POST", `bank/${id}`, {}).catch(() => null);
  }

  async #keep() {
    const text = this.target.value.trim();
    if (!text) {
      this.said.textContent = "Write a comment first, then keep it.";
      return;
    }
    try {
      const { comment } = await this.call("POST", "bank", { text });
      this.comments = [comment, ...(this.comments ?? []).filter(({ id }) => id !== comment.id)];
      this.#draw();
      this.said.textContent = "Kept in your comment bank.";
    } catch (error) {
      this.said.textContent = error.message || "It could not be kept just now.";
    }
  }
}
