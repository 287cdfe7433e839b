// Entry: draws one widget of a lesson into an element.

import * as checklist from "./checklist.js";
import * as choose from "./choose.js";
import { ClipFrame } from "./clip.js";
import * as commitment from "./commitment.js";
import { LaterView } from "./later.js";
import * as observe from "./observe.js";
import * as order from "./order.js";
import { QuestionView } from "./question.js";
import * as reflect from "./reflect.js";
import * as rephrase from "./rephrase.js";
import * as respond from "./respond.js";
import * as sort from "./sort.js";
import { showStatus } from "./status.js";
import { openLesson } from "./store.js";
import { HandInPanel } from "./submit.js";

const KINDS = { checklist, choose, commitment, observe, order, reflect, rephrase, respond, sort };
// Their scripts come with tools.js, which only a page that needs one of them fetches.
const TOOLS = new Set(["ecomap", "plan", "watch"]);

// A page of ours links the whole style sheet itself; JupyterLab gets the part that dresses the widgets.
function ensureStyle() {
  if (document.querySelector('meta[name="homevisit-base"]')) return;
  const address = new URL("lesson.css", import.meta.url).href;
  if ([...document.querySelectorAll("link[rel=stylesheet]")].some((sheet) => sheet.href === address)) return;
  const link = document.createElement("link");
  Object.assign(link, { rel: "stylesheet", href: address });
  document.head.append(link);
}

/**
 * Draw a widget and return a function that removes it.
 *
 * `type` is a type of question, clip or finish; `services.base` is the server's base address,
 * which otherwise a meta tag of the page names.
 */
export function mount(el, { type, lesson_id: lessonId, question_id: questionId, question }, services = {}) {
  const base = services.base ?? document.querySelector('meta[name="homevisit-base"]')?.content ?? "/";
  ensureStyle();
  if (type === "clip") {
    const frame = new ClipFrame(el, { question, question_id: questionId }, base);
    return () => frame.destroy();
  }
  const lesson = openLesson(base, lessonId);
  lesson.met(questionId);
  showStatus(lesson);
  const asked = { question, question_id: questionId };
  const withKind = (kind) => new QuestionView(el, asked, lesson, kind);
  const drawn =
    type === "finish"
      ? new HandInPanel(el, { question }, lesson)
      : TOOLS.has(type)
        ? new LaterView(el, type, withKind, { isPatient: type === "watch", id: `q-${questionId}` })
        : withKind(KINDS[type]);
  return () => drawn.destroy();
}
