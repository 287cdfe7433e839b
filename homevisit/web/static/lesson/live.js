// The script of a participant's phone in a group session.

import { Phone } from "./live-phone.js";
import { LiveSession } from "./live-session.js";

/** Begin where the page's element says which session this is. */
export function start(root = document.querySelector("[data-phone]")) {
  if (!root) return;
  const base = document.querySelector('meta[name="homevisit-base"]').content;
  const first = JSON.parse(root.dataset.state || "null");
  const live = new LiveSession(base, root.dataset.phone, "phone", first);
  new Phone(root, live, base, root.dataset.phone);
  live.start();
}

start();
