// The second script: the tools, for their own pages and for the lessons that ask for one.

import * as budget from "./budget.js";
import { startCompare } from "./ecomap-compare.js";
import * as ecomap from "./ecomap.js";
import { startPaper } from "./paper.js";
import * as plan from "./plan.js";
import * as roleplay from "./roleplay.js";
import * as schedule from "./schedule.js";
import * as watch from "./watch.js";

/** The modules by type of question. */
export const kinds = { ecomap, plan, watch };

startCompare();
startPaper({ ...kinds, budget, roleplay, schedule });
