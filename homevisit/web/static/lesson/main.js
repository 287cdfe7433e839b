// The one script of a lesson page: draws the widgets, lists the sections; JupyterLab and live pages use `mount` alone.

import { drawWidgets, startHost } from "./host.js";
import { dressPage } from "./page.js";
import { mount as mountWidget } from "./questions.js";

export const mount = mountWidget;
export const draw = drawWidgets;

startHost();
dressPage();
