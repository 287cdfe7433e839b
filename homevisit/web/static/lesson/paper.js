// A tool's page: one paper with its title, saved while it is being worked on.

import { callsBelow } from "./api.js";
import { conflictChoice, setAsideNote } from "./conflict.js";
import { Desk } from "./desk.js";
import { focusOn, h, uid } from "./dom.js";
import { showStatus } from "./status.js";

function draftOf({ title, content, version, updated_at: savedAt }) {
  return { response: { title, content }, version, saved_at: savedAt };
}

/** The calls of one paper; its draft is title and content together. `isGone` says that the server has it no more. */
function paperApi(base, paperId) {
  const { call, speakFor } = callsBelow(`${base}course/api/`);
  const api = {
    isGone: false,
    speakFor,
    state: () => call("GET", `papers/${paperId}`),
    add: (paper) => call("POST", "papers", paper),
    saveDraft: async (id, { response, base: version }) => {
      try {
        return await call("PUT", `papers/${id}`, { ...response, base: version });
      } catch (error) {
        if (error.body?.paper) error.body.draft = draftOf(error.body.paper);
        api.isGone = error.body?.error?.code === "missing-entry";
        throw error;
      }
    },
  };
  return api;
}

class Paper extends Desk {
  constructor(base, paperId) {
    super(base, paperApi(base, paperId), "papers");
    this.paperId = paperId;
    this.load();
  }

  take({ paper }) {
    this.record(this.paperId).load({ draft: draftOf(paper) });
  }
}

function titleField(response, onInput) {
  const id = uid("hvq-title");
  const control = h("input", { id, value: response.title, autocomplete: "off", on: { input: onInput } });
  control.dir = "auto";
  return { control, node: h("div", { class: "hvq-field" }, h("label", { for: id }, "Title"), control) };
}

class PaperView {
  constructor(el, paper, name, kind) {
    Object.assign(this, { paper, name, kind, record: paper.record(paper.paperId), drawn: "", form: null });
    this.titleId = uid("hvq-paper");
    this.body = h("div", { class: "hvq-body" });
    this.problem = h("p", { class: "hvq-problem", role: "alert", hidden: true });
    this.aside = h("div", {});
    this.onPaper = h("p", { class: "hv-onpaper", dir: "auto" });
    this.section = h(
      "section",
      { class: "hvq-question hvq-paper", "data-kind": name, "aria-label": kind.label, tabindex: -1 },
      this.problem,
      this.onPaper,
      this.body,
      this.aside,
    );
    el.replaceChildren(this.section);
    for (const name of ["redraw", "problem"]) this.record.addEventListener(name, () => this.draw());
    paper.addEventListener("change", () => this.#drawState());
    this.body.addEventListener("focusout", () => this.record.work());
    this.draw();
  }

  draw() {
    const wanted = this.record.conflict ? "conflict" : "edit";
    // A form that stands keeps its nodes, and with them the caret.
    if (wanted !== this.drawn) this.#drawBody(wanted);
    this.aside.replaceChildren(
      ...[setAsideNote(this.record, (response) => this.#view(response)) ?? []].flat(),
    );
    this.#drawState();
  }

  #view({ title, content }) {
    return h("div", {}, h("p", { dir: "auto" }, h("strong", {}, title)), this.kind.view({}, content));
  }

  #drawBody(wanted) {
    this.drawn = wanted;
    if (wanted === "conflict") {
      const choice = conflictChoice(this.record, (response) => this.#view(response), this.titleId);
      this.body.replaceChildren(choice);
      focusOn(choice.querySelector(".hvq-conflict-title"));
      return;
    }
    const { response } = this.record;
    const onInput = () => this.record.edit({ title: title.control.value, content: this.form.read() });
    const title = titleField(response, onInput);
    const hint = "Please use no real names. A role says enough: “the grandmother”, “neighbor A”.";
    this.form = this.kind.form({}, response.content, { onInput, isPaper: true });
    this.body.replaceChildren(h("p", { class: "hvq-hint" }, hint), title.node, this.form.node);
    document.querySelector("[data-hv-along]")?.replaceChildren(...(this.form.along ?? []));
  }

  #drawState() {
    const { problem, response } = this.record;
    this.onPaper.textContent = response.title;
    this.section.dataset.unsent = this.record.isUnsent ? "yes" : "no";
    this.section.dataset.state = this.drawn;
    this.problem.hidden = !problem;
    if (this.problem.dataset.said === problem) return;
    this.problem.dataset.said = problem;
    const keep = h(
      "button",
      { type: "button", class: "hvq-button", on: { click: () => this.#keepAsNew() } },
      "Keep it as a new one",
    );
    this.problem.replaceChildren(problem, ...(problem && this.paper.api.isGone ? [" ", keep] : []));
  }

  /** The paper was deleted elsewhere, and this page still holds what was on it. */
  async #keepAsNew() {
    const { title, content } = this.record.response;
    const { url } = await this.paper.api.add({ kind: this.name, title, content });
    this.paper.shelf.forget(this.paper.paperId);
    window.location.assign(url);
  }
}

/** Draw the paper of this page, if it is a tool's page; `kinds` are the modules by kind of paper. */
export function startPaper(kinds) {
  const el = document.querySelector("[data-hv-paper]");
  if (!el) return;
  const base = document.querySelector('meta[name="homevisit-base"]').content;
  const { hvPaper: paperId, kind } = el.dataset;
  const paper = new Paper(base, paperId);
  showStatus(paper);
  paper.ready.then(() => new PaperView(el, paper, kind, kinds[kind]));
}
