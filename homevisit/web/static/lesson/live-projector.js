// The big view for the room: nothing to press, text that is read from the back row, pages where it is much.

import { player } from "./clip.js";
import { h, richText, uid } from "./dom.js";
import { grouped, isSecond, momentLines, NOBODY, paragraphs, timeline, votersLine, voteRows, wordsOf } from "./live-drawing.js";

const OPEN = ["together", "again", "compared"];
const DOING = {
  shown: "",
  alone: "Write on your own.",
  pairs: "Talk in pairs; one of you writes.",
  together: "What we wrote",
  again: "Write once more.",
  compared: "First and second",
};
const VOTING = { alone: "Choose on your own.", together: "What we chose", again: "Vote once more." };
const TURNS = { PageDown: 1, ArrowRight: 1, ArrowDown: 1, PageUp: -1, ArrowLeft: -1, ArrowUp: -1 };
const AWAY = "No connection just now";
// Of the line of time; a pin is as wide as half a letter.
const WIDTH = 800;

const doingOf = ({ step, phase }) =>
  step.kind === "question" ? ((step.question.type === "choose" && VOTING[phase]) || DOING[phase]) : "";
const isShown = ({ step, phase }) => step.kind === "question" && ["together", "compared"].includes(phase);

/** What each wrote first, and once more: a row for each writer, under a heading for both sides. */
function beside(entries, card) {
  const side = (found) => h("div", {}, found.map(card));
  const heading = () => h("div", { class: "hvl-beside" }, h("h2", {}, "First"), h("h2", {}, "Second"));
  return [...new Set(entries.map(({ writer }) => writer))].map((writer) => {
    const own = entries.filter((entry) => entry.writer === writer);
    const node = h("div", { class: "hvl-beside" }, side(own.filter((entry) => !isSecond(entry))), side(own.filter(isSecond)));
    return { title: "First and second", heading, node, isWide: true };
  });
}

export class Projector {
  constructor(root, live, base) {
    Object.assign(this, { root, live, base, starts: [0], page: 0, drawn: "", pieces: [] });
    this.find = (name) => document.querySelector(`[data-live="${name}"]`);
    live.addEventListener("state", () => this.draw());
    live.addEventListener("connection", () => {
      this.find("connection").textContent = live.connection.isOpen ? "" : AWAY;
    });
    window.addEventListener("resize", () => this.#turnTo(0));
    document.fonts.ready.then(() => this.#turnTo(this.page));
    document.addEventListener("keydown", (event) => {
      if (!TURNS[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      this.#turn(TURNS[event.key]);
    });
    this.channel = new BroadcastChannel(`hv-live-${root.dataset.projector}`);
    this.channel.addEventListener("message", ({ data }) => (data?.turn ? this.#turn(Number(data.turn) || 0) : data?.ask && this.#tell()));
    if (live.state) this.draw();
  }

  draw() {
    const { state } = this.live;
    const { step, phase, people } = state;
    const isShowing = isShown(state);
    const isJoining = state.state === "open" && step.position === 0 && phase === "shown";
    this.root.dataset.joining = String(isJoining);
    this.root.querySelector(".hvl-smallcode").hidden = state.state === "ended";
    const where = `Step ${step.position + 1} of ${step.of}${isShowing ? ` · ${doingOf(state)}` : ""}`;
    this.find("where").textContent = state.state === "ended" ? state.title : where;
    const isAsked = step.kind === "question" && phase !== "shown";
    const count = isAsked ? `${people.responded} of ${people.of} responded` : `${people.here} here`;
    this.find("count").textContent = state.state === "ended" ? "" : count;
    this.root.dataset.stage = `${step.position}.${phase}`;
    const stage = JSON.stringify([step, phase, state.state]);
    const isNew = stage !== this.stage;
    if (isNew) this.#drawStage(state, isJoining);
    this.stage = stage;
    const wall = JSON.stringify([stage, state.entries, state.groups, state.points_shown, state.votes, state.voters, state.timeline]);
    if (wall === this.drawn) return;
    this.drawn = wall;
    const isLineShown = state.timeline && OPEN.includes(phase) && state.state === "open";
    this.find("line").replaceChildren(...(isLineShown ? [timeline(state.timeline, WIDTH)] : []));
    this.pieces = this.#pieces(state);
    this.#turnTo(isNew ? 0 : this.page);
  }

  #drawStage(state, isJoining) {
    const { step } = state;
    const place = this.find("stage");
    if (state.state === "ended") {
      place.replaceChildren(h("h1", {}, "Thank you."), h("p", {}, "The session has ended. The report is on your phones."));
      return;
    }
    const isQuestion = step.kind === "question";
    const isShowing = isShown(state);
    const doing = isShowing ? "" : doingOf(state);
    const joining = isJoining ? [this.find("joining").content.cloneNode(true)] : [];
    place.replaceChildren(
      ...joining,
      h(isJoining ? "h2" : "h1", { class: isShowing ? "hvl-small" : null }, isQuestion ? step.question.prompt : step.title),
      ...(isShowing ? [] : [...paragraphs(step.show)]),
      ...(doing ? [h("p", { class: "hvl-doing" }, doing)] : []),
    );
  }

  /** What stands on the wall, in pieces that stay whole: {title, node}. */
  #pieces(state) {
    const { step, phase, timeline: line } = state;
    if (state.state === "ended") return [];
    if (step.kind !== "question" || !OPEN.includes(phase)) {
      const options = step.kind === "question" && step.question.options ? Object.values(step.question.options) : [];
      return [
        ...(step.kind === "scene" ? this.#scene(step.scene ?? []) : []),
        ...options.map((text) => ({ title: "", node: h("p", { class: "hvl-optionline" }, text) })),
      ];
    }
    if (step.question.type === "choose") {
      const voters = votersLine(state);
      const rows = [...(voters ? [h("p", {}, voters)] : []), ...voteRows(state, "div")];
      return rows.map((node) => ({ title: "", node, isWide: true }));
    }
    const mayShow = (entry) => !entry.is_hidden && (phase === "compared" || !isSecond(entry));
    const isTwice = phase === "compared" && (state.entries ?? []).some(isSecond);
    const card = (entry) => h("div", { class: `hvl-card${entry.is_pinned ? " hvl-pinned" : ""}` }, h("p", { class: "hvl-lines" }, wordsOf(entry)));
    const nobody = () => h("p", { class: "hvl-nobody" }, NOBODY);
    const of = (name, filter) =>
      grouped(state, { isShown: (entry) => mayShow(entry) && filter(entry), isWhole: !isTwice }).flatMap(({ title, entries }) =>
        (entries.length > 0 ? entries.map(card) : [nobody()]).map((node) => ({ title: [name, title].filter(Boolean).join(": "), node })),
      );
    const entries = isTwice && !state.points_shown
      ? beside((state.entries ?? []).filter(mayShow), card)
      : isTwice
      ? [...of("First", (entry) => !isSecond(entry)), ...of("Second", isSecond)]
      : of("", () => true);
    const moments = momentLines(line?.moments).map((node) => ({ title: "Moments of the scene", node: h("ul", {}, node) }));
    return [...moments, ...entries];
  }

  /** The words of a scene, and its clip or drawings. */
  #scene(blocks) {
    return blocks.flatMap(({ kind, html, clip }) => {
      if (kind !== "clip") return richText(html ?? "").map((node) => ({ title: "", node }));
      const panels = (clip.storyboard ?? []).map(({ file, alt }) =>
        h("img", { src: new URL(`${this.base}course/media/${file}`, document.baseURI).href, alt, width: 640, height: 360 }),
      );
      const titleId = uid("hvl-clip");
      const film = clip.is_playable && player(clip, this.base, titleId);
      return [
        ...(film ? [h("div", {}, h("h2", { id: titleId }, clip.title), film)] : panels),
        ...richText(clip.scene_html),
      ].map((node) => ({ title: film ? "" : clip.title, node }));
    });
  }

  #turn(by) {
    const next = this.page + by;
    if (next >= 0 && next < this.starts.length) this.#turnTo(next);
  }

  /** Fill pages with as many pieces as fit, and show one of them. */
  #turnTo(page) {
    const wall = this.find("wall");
    wall.classList.toggle("hvl-columns", this.pieces.length > 0 && !this.pieces.every(({ isWide }) => isWide));
    this.starts = [];
    let start = 0;
    do {
      this.starts.push(start);
      start = this.#fill(wall, start);
    } while (start < this.pieces.length);
    this.page = Math.min(page, this.starts.length - 1);
    const end = this.#fill(wall, this.starts[this.page]);
    const rest = this.find("rest");
    const first = this.starts[this.page];
    const more = this.pieces.length - end;
    rest.textContent =
      this.starts.length < 2
      ? ""
      : `Page ${this.page + 1} of ${this.starts.length}${more > 0 ? ` · ${this.#howMany(more)} on the next pages and on your phones` : ""}`;
    this.root.dataset.shown = `${first}-${end}`;
    this.#tell();
  }

  /** Let the leader's page know which page stands here, and of how many. */
  #tell() {
    this.channel.postMessage({ page: this.page + 1, of: this.starts.length });
  }

  #howMany(more) {
    return isShown(this.live.state) ? `${more} more` : "more";
  }

  /** Put pieces from `start` on until the wall is full; return where the next page starts. */
  #fill(wall, start) {
    wall.replaceChildren();
    let title = null;
    let at = start;
    for (; at < this.pieces.length; at += 1) {
      const piece = this.pieces[at];
      const heading = piece.title && piece.title !== title && (piece.heading?.() ?? h("h2", {}, piece.title));
      const whole = h("div", { class: piece.isWide ? "hvl-piece hvl-wide" : "hvl-piece" }, heading, piece.node);
      wall.append(whole);
      if (at > start && this.#isFull(wall)) {
        whole.remove();
        break;
      }
      title = piece.title;
    }
    return at;
  }

  #isFull(wall) {
    return wall.scrollHeight > wall.clientHeight + 2 || wall.scrollWidth > wall.clientWidth + 2;
  }
}
