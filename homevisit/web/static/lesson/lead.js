// The script of the leader's page and of the projector view.

import { Leader } from "./live-leader.js";
import { Projector } from "./live-projector.js";
import { LiveSession } from "./live-session.js";

/** Begin with whichever of the two the page holds. */
export function start() {
  const base = document.querySelector('meta[name="homevisit-base"]').content;
  for (const [as, Page] of Object.entries({ leader: Leader, projector: Projector })) {
    const root = document.querySelector(`[data-${as}]`);
    if (!root) continue;
    const live = new LiveSession(base, root.dataset[as], as, JSON.parse(root.dataset.state || "null"));
    new Page(root, live, base);
    live.start();
  }
}

start();
