// A clip: the video where there is one, otherwise the way to it, and always the written scene.

import { h, richText, uid } from "./dom.js";

function mediaAddress(base, file) {
  if (!file) return null;
  return /^https?:/.test(file) ? file : new URL(`${base}course/media/${file}`, document.baseURI).href;
}

function player(clip, base, titleId) {
  const captions =
    clip.captions &&
    h("track", {
      kind: "captions",
      src: mediaAddress(base, clip.captions),
      srclang: "en",
      label: "English",
      default: true,
    });
  return h(
    "video",
    {
      controls: true,
      preload: "none",
      playsinline: true,
      poster: mediaAddress(base, clip.poster),
      src: mediaAddress(base, clip.url),
      "aria-labelledby": titleId,
    },
    captions,
  );
}

function wayToIt(clip, base) {
  const poster = clip.poster && h("img", { src: mediaAddress(base, clip.poster), alt: "", loading: "lazy" });
  const link =
    clip.source_page &&
    h(
      "a",
      { class: "hvq-button", href: clip.source_page, rel: "noopener", target: "_blank" },
      "Watch on the publisher’s page",
      h("span", { class: "hvq-unseen" }, " (opens in a new tab)"),
    );
  return [poster, link && h("p", { class: "hvq-way" }, link)];
}

/** Draw a clip into `el`. */
export class ClipFrame {
  constructor(el, { question: clip, question_id: clipId }, base) {
    const titleId = uid("hvq-clip");
    const isWatchable = Boolean(clip.url || clip.source_page);
    const scene = h(
      "details",
      { class: "hvq-scene", open: !isWatchable },
      h("summary", { class: "hvq-button" }, isWatchable ? "Read the scene instead" : "The scene in words"),
      h("div", { class: "hvq-scene-text" }, richText(clip.scene_html)),
    );
    const credit = [`From: ${clip.publisher}.`, clip.licence].filter(Boolean).join(" ");
    this.section = h(
      "section",
      { class: "hvq-clip", id: `clip-${clipId}`, "aria-labelledby": titleId },
      h("p", { class: "hvq-kicker" }, clip.url ? "Clip" : "Scene"),
      h("h3", { class: "hvq-prompt", id: titleId }, clip.title),
      clip.url ? player(clip, base, titleId) : wayToIt(clip, base),
      scene,
      h("p", { class: "hvq-credit" }, credit),
    );
    el.append(this.section);
  }

  destroy() {
    this.section.remove();
  }
}
