// A plan of a session: steps move and minutes add up at once, and saving stays on the page.

const form = document.getElementById("plan");
const list = document.getElementById("list");
const state = document.getElementById("state");
let isChanged = Boolean(document.querySelector(".hv-problem[role=alert]"));
let isLeaving = false;
let saving = Promise.resolve();

const steps = () => [...list.children];
const titleOf = (step) => step.querySelector("[name=title]").value || "Step";

/** Numbers, sum and names on buttons as they are now. */
function refresh() {
  let total = 0;
  const places = document.getElementById("add-after");
  steps().forEach((step, at) => {
    step.querySelector(".hv-number").textContent = `${at + 1}.`;
    step.querySelector("[data-title]").textContent = titleOf(step);
    const typed = step.querySelector("[name=minutes]").value.trim();
    total += /^\d{1,3}$/.test(typed) ? Number(typed) : 0;
    step.querySelectorAll(".hv-stepways .hv-unseen").forEach((name) => {
      name.textContent = titleOf(step);
    });
    const option = [...places.options].find((one) => `step-${one.value}` === step.id);
    if (option) {
      option.textContent = `After ${at + 1}. ${titleOf(step)}`;
      places.append(option);
    }
  });
  document.getElementById("total").textContent = total;
}

function changed(said = "Not saved yet.") {
  isChanged = true;
  state.textContent = said;
}

/** Move a step by one place and keep the focus where it was. */
function move(button, verb) {
  const step = button.closest(".hv-step");
  const other = verb === "up" ? step.previousElementSibling : step.nextElementSibling;
  if (!other) {
    state.textContent = verb === "up" ? "This is the first step already." : "This is the last step already.";
    return;
  }
  if (verb === "up") other.before(step);
  else other.after(step);
  refresh();
  button.focus({ preventScroll: true });
  step.scrollIntoView({ block: "nearest" });
  changed(`“${titleOf(step)}” is step ${steps().indexOf(step) + 1} of ${steps().length} now. Not saved yet.`);
}

/** Save what stands here, after what is being saved already: a second press must not meet the first one's version. */
function save(button) {
  saving = saving.then(() => isLeaving || deliver(button));
  return saving;
}

/** Send the form; whatever the server does not take, it shows on a page with everything that was typed. */
async function deliver(button) {
  const body = new URLSearchParams(new FormData(form, button));
  state.textContent = "Saving …";
  // what is typed while this is on its way is not saved by it
  isChanged = false;
  let reply;
  let version;
  try {
    reply = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
    if (reply.ok) ({ version } = await reply.json());
  } catch {
    changed("Not saved: the server cannot be reached. Everything is still on this page; try again.");
    return;
  }
  if (!reply.ok) {
    isChanged = true;
    send(button);
    return;
  }
  form.elements.base.value = version;
  document.querySelectorAll(".hv-problem[role=alert], .hv-done[role=status]").forEach((it) => it.remove());
  if (isChanged) {
    state.textContent = "Not saved yet.";
    return;
  }
  state.textContent = `Saved at ${new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })}.`;
}

/** Leave the page with the form, as without script. */
function send(button) {
  isLeaving = true;
  form.requestSubmit(button);
}

form.addEventListener("submit", (event) => {
  const button = event.submitter;
  const [verb] = (button?.value ?? "save").split(":");
  if (isLeaving || !["up", "down", "save"].includes(verb)) {
    isLeaving = true;
    return;
  }
  event.preventDefault();
  if (verb === "save") save(button ?? form.querySelector("[value=save]"));
  else move(button, verb);
});
form.addEventListener("input", (event) => {
  if (event.target.closest("#list") || event.target.id === "title-of-plan") {
    refresh();
    changed();
  }
});
/** What is not saved yet is saved before a session opens with it or a sheet shows it. */
async function saveFirst(event, go) {
  if (!isChanged) return;
  event.preventDefault();
  await save(form.querySelector("[value=save]"));
  if (!isChanged) go();
}
for (const ways of document.querySelectorAll(".hv-planways")) {
  ways.querySelectorAll("form[action$='/open']").forEach((it) => it.addEventListener("submit", (event) => saveFirst(event, () => it.submit())));
  ways.querySelectorAll("a:not([target])").forEach((it) => it.addEventListener("click", (event) => saveFirst(event, () => location.assign(it.href))));
}
addEventListener("beforeunload", (event) => {
  if (isChanged && !isLeaving) event.preventDefault();
});
// what the browser brings back after “Back” may differ from what the server sent
addEventListener("pageshow", () => {
  isLeaving = false;
  refresh();
});
