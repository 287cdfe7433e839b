// The private page of the person who leads: agenda, controls, who is here, what was written, questions for later.

import { ApiError } from "./api.js";
import { h } from "./dom.js";
import { paragraphs, redraw, scene } from "./live-drawing.js";
import { DOING, PHASES, VOTED, VOTING } from "./live-stages.js";
import { wall } from "./live-wall.js";
import { browserStorage } from "./shelf.js";

const KINDS = { talk: "Talk", scene: "Scene", question: "Question", break: "Break" };
const AWAY = "No connection just now. The session goes on for everybody else; try again in a moment.";
const KEYS = "hv:live-keys";

const titleOf = (step) => (step.kind === "question" ? step.question.prompt : step.title);
const doing = ({ step, phase }) =>
  step.kind === "question" ? (step.question.type === "choose" ? { ...DOING, ...VOTED } : DOING)[phase] : "";
const minutes = (count) => (count ? ` · ${count} min` : "");

export class Leader {
  constructor(root, live, base) {
    Object.assign(this, { root, live, base, said: "", big: { page: 1, of: 1 } });
    this.find = (name) => root.querySelector(`[data-live="${name}"]`);
    this.act = (method, path, content) => this.#act(method, path, content);
    live.addEventListener("state", () => this.draw());
    live.addEventListener("connection", () => this.#drawConnection());
    live.addEventListener("gone", ({ detail }) => this.#problem(detail));
    this.pages = new BroadcastChannel(`hv-live-${root.dataset.leader}`);
    this.pages.addEventListener("message", ({ data }) => {
      if (!data?.of) return;
      this.big = data;
      if (this.live.state) this.draw();
    });
    this.pages.postMessage({ ask: true });
    this.#wireKeys();
    if (live.state) this.draw();
  }

  get isOpen() {
    return this.live.state.state === "open" && this.live.state.leader.is_me;
  }

  draw() {
    const { state } = this.live;
    const { isOpen } = this;
    const { step, phase } = state;
    this.#announce(state);
    this.root.dataset.stage = `${step.position}.${phase}`;
    redraw(this.find("whose"), [state.leader, state.state], () => this.#whose(state));
    redraw(this.find("step"), [step, phase, state.state], () => this.#step(state));
    redraw(this.find("controls"), [step.position, step.of, step.kind, step.question?.type, phase, state.points_shown, isOpen], () =>
      isOpen ? this.#controls(state) : [],
    );
    redraw(this.find("notes"), [state.say, state.expect, step.show, step.scene], () => this.#notes(state));
    redraw(
      this.find("wall"),
      [state.entries, state.names, state.groups, state.votes, state.timeline, state.people, step.position, phase, isOpen],
      () => wall(state, this.act, isOpen),
    );
    redraw(this.find("people"), [state.people, state.participants, step.kind, isOpen], () => this.#people(state));
    redraw(this.find("parking"), [state.parking, isOpen], () => this.#parking(state));
    redraw(this.find("agenda"), [state.plan, step.position, isOpen], () => this.#agenda(state));
    redraw(this.find("pages"), [isOpen, this.big], () => (isOpen ? this.#pageButtons() : []));
    for (const it of this.root.querySelectorAll("#hvl-code, [href='#hvl-code']")) it.hidden = state.state === "ended";
    redraw(this.find("end"), [isOpen], () => (isOpen ? this.#end() : []));
  }

  #button(caption, click, { key = caption, look = "", pressed } = {}) {
    const attributes = { type: "button", class: `hv-button ${look}`, "data-key": key, on: { click } };
    if (pressed !== undefined) attributes["aria-pressed"] = String(pressed);
    return h("button", attributes, caption);
  }

  #whose({ leader, state }) {
    if (state === "ended") {
      const report = h("a", { class: "hv-button", href: this.root.dataset.report }, "Open the report");
      return h("div", { class: "hv-done" }, h("p", {}, "The session has ended. Minutes are credited; responses are kept."), h("p", {}, report));
    }
    if (leader.is_me) return [];
    return h(
      "div",
      { class: "hv-problem" },
      h("p", {}, `${leader.name} leads this session now. You see what happens; the controls are with ${leader.name}.`),
      h("p", {}, this.#button("Take over", () => this.act("POST", "take-over", {}))),
    );
  }

  #step({ step, phase, state }) {
    return [
      h("p", { class: "hvq-kicker" }, `Step ${step.position + 1} of ${step.of} · ${KINDS[step.kind]}${minutes(step.minutes)}`),
      h("h2", { class: "hvl-title", id: "hvl-now-title" }, titleOf(step)),
      step.kind === "question" && state !== "ended" && h("p", { class: "hvl-doing" }, doing({ step, phase })),
    ];
  }

  #controls({ step, phase, points_shown: isShown }) {
    const go = (position) => this.#stage(position, "shown");
    const moves = [
      step.position > 0 && this.#button("Previous step", () => go(step.position - 1), { look: "hv-second", key: "previous" }),
      step.position < step.of - 1 && this.#button("Next step", () => go(step.position + 1), { key: "next" }),
    ];
    if (step.kind !== "question") return h("div", { class: "hvl-row" }, moves);
    const names = step.question.type === "choose" ? { ...PHASES, ...VOTING } : PHASES;
    const phases = Object.entries(names).map(([name, caption]) =>
      this.#button(caption, () => this.#stage(step.position, name), { look: "hv-second hvl-phase", key: name, pressed: phase === name }),
    );
    return [
      h("div", { class: "hvl-row", role: "group", "aria-label": "What the group does" }, phases),
      h("div", { class: "hvl-row" }, moves),
      h(
        "div",
        { class: "hvl-row" },
        phase === "pairs" && this.#button("Form new pairs", () => this.act("POST", "pairs", {}), { look: "hv-second" }),
        // a vote has no points to show
        step.question.type !== "choose" && this.#button("Show the handbook’s points to the group", () => this.act("POST", "points", { shown: !isShown }), {
          look: "hv-second",
          pressed: isShown,
        }),
      ),
    ];
  }

  #notes({ say, expect, step }) {
    return [
      say && h("div", { class: "hvl-say" }, h("h3", {}, "Say"), paragraphs(say)),
      step.show && h("details", {}, h("summary", {}, "What everybody sees"), paragraphs(step.show)),
      step.scene?.length > 0 && h("details", {}, h("summary", {}, "The scene"), scene(step.scene, this.base)),
      expect?.length > 0 &&
        h("details", { class: "hvl-expect" }, h("summary", {}, `What to expect (${expect.length})`), h("ul", {}, expect.map(({ text }) => h("li", {}, text)))),
    ];
  }

  #people({ people, participants = [], step }) {
    const isQuestion = step.kind === "question";
    const line = (it) => {
      const facts = [
        it.is_here ? "" : "away",
        isQuestion && it.responded ? "has responded" : "",
        it.pair ? `pair ${it.pair}` : "",
        it.has_account ? "account" : "",
      ].filter(Boolean);
      const remove =
        this.isOpen &&
        h(
          "button",
          { type: "button", class: "hv-plain hvl-act", "data-key": `remove-${it.participant_id}`, on: { click: () => this.#remove(it) } },
          "Remove",
          h("span", { class: "hv-unseen" }, ` ${it.name}`),
        );
      return h("li", {}, h("span", {}, h("strong", {}, it.name), facts.length > 0 && h("span", { class: "hv-quiet" }, ` ${facts.join(", ")}`)), remove);
    };
    return [
      h("p", {}, `${people.here} here${isQuestion ? `, ${people.responded} responded` : ""}`),
      h("ul", { class: "hvl-list" }, participants.map(line)),
    ];
  }

  #parking({ parking = [] }) {
    if (parking.length === 0) return h("p", { class: "hv-quiet" }, "None yet.");
    const line = (it) =>
      h(
        "li",
        { class: it.is_done ? "hvl-done" : null },
        h("span", {}, h("span", { class: "hvl-lines" }, it.text), " ", h("span", { class: "hv-quiet" }, `${it.name}${it.is_done ? ", dealt with" : ""}`)),
        this.isOpen &&
          h(
            "button",
            {
              type: "button",
              class: "hv-plain hvl-act",
              "data-key": `parking-${it.entry_id}`,
              on: { click: () => this.act("POST", `parking/${it.entry_id}`, { is_done: !it.is_done }) },
            },
            it.is_done ? "Open again" : "Dealt with",
            h("span", { class: "hv-unseen" }, `: ${it.text.slice(0, 60)}`),
          ),
      );
    return h("ul", { class: "hvl-list" }, parking.map(line));
  }

  #agenda({ plan = [], step }) {
    return plan.map((it) => {
      const isNow = it.position === step.position;
      const what = `${it.title}`;
      const facts = h("span", { class: "hv-quiet" }, `${KINDS[it.kind]}${minutes(it.minutes)}`);
      const title = this.isOpen
        ? h("button", { type: "button", class: "hv-plain hvl-act", "data-key": `go-${it.position}`, on: { click: () => this.#stage(it.position, "shown") } }, what)
        : h("span", {}, what);
      return h("li", { "aria-current": isNow ? "step" : null }, title, " ", facts);
    });
  }

  /** Where the projector view, in the same browser, says that it has more than one page. */
  #pageButtons() {
    const { page, of } = this.big;
    if (of < 2) return [];
    const turn = (by) => () => this.pages.postMessage({ turn: by });
    return h(
      "div",
      { class: "hvl-row", role: "group", "aria-label": "Pages of the projector view" },
      this.#button("Page back", turn(-1), { look: "hv-second" }),
      this.#button("Page on", turn(1), { look: "hv-second" }),
      h("span", { class: "hv-quiet" }, `Projector: page ${page} of ${of}`),
    );
  }

  #end() {
    return this.#button("End the session…", async () => {
      const isSure = await this.#sure(
        "End the session for everyone?",
        "Responses are kept, minutes are credited, and the code stops working. It cannot be opened again.",
        "End the session",
      );
      if (!isSure) return;
      await this.act("POST", "end", {});
      this.find("whose").scrollIntoView({ block: "center" });
    }, { look: "hv-second", key: "end" });
  }

  async #remove(it) {
    const isSure = await this.#sure(`Remove ${it.name}?`, "What they wrote stays. They can join again with the code.", "Remove");
    if (isSure) this.act("POST", `participants/${it.participant_id}/remove`, {});
  }

  #stage(position, phase) {
    return this.act("POST", "stage", { position, phase, base: this.live.state.version });
  }

  async #act(method, path, content) {
    this.#problem("");
    try {
      await this.live.send(method, path, content);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.#problem(error.kind === "away" ? AWAY : error.message);
      if (error.kind === "conflict") await this.live.refresh();
    }
  }

  #problem(sentence) {
    const place = this.find("problem");
    place.hidden = !sentence;
    place.textContent = sentence;
  }

  #sure(title, text, yes) {
    const dialog = this.find("dialog");
    dialog.querySelector("h2").textContent = title;
    this.find("dialog-text").textContent = text;
    this.find("dialog-yes").textContent = yes;
    dialog.returnValue = "no";
    // the close of an earlier question may be told only after this one has opened
    this.settle?.(false);
    dialog.showModal();
    return new Promise((resolve) => {
      const told = () => {
        if (!dialog.open) this.settle(dialog.returnValue === "yes");
      };
      this.settle = (isSure) => {
        dialog.removeEventListener("close", told);
        resolve(isSure);
      };
      dialog.addEventListener("close", told);
    });
  }

  /** Single letters work only where the leader has switched them on, and never while somebody types. */
  #wireKeys() {
    const box = this.root.querySelector("[data-keys]");
    const storage = browserStorage();
    box.checked = storage?.getItem(KEYS) === "on";
    box.addEventListener("change", () => storage?.setItem(KEYS, box.checked ? "on" : "off"));
    document.addEventListener("keydown", (event) => {
      if (!box.checked || event.ctrlKey || event.metaKey || event.altKey || this.find("dialog").open) return;
      if (event.target.matches("textarea, select, input:not([type=checkbox])") || !this.live.state || !this.isOpen) return;
      const { step } = this.live.state;
      const to = { n: step.position + 1, p: step.position - 1 }[event.key];
      if (to === undefined || to < 0 || to >= step.of) return;
      event.preventDefault();
      this.#stage(to, "shown");
    });
  }

  #announce({ step, phase, state, leader }) {
    const now = state === "ended" ? "The session has ended." : `Step ${step.position + 1}: ${titleOf(step)} ${doing({ step, phase })}`;
    const said = leader.is_me ? now : `${leader.name} leads now. ${now}`;
    if (said === this.said) return;
    this.said = said;
    this.find("news").textContent = said;
  }

  #drawConnection() {
    const sentence = this.live.connection.isOpen ? "" : AWAY;
    const line = document.querySelector('[data-live="connection"]');
    if (line.textContent !== sentence) line.textContent = sentence;
  }
}
