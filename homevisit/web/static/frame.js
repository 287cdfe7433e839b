// What the pages around the lessons can do with a script, and do without where there is none.

/** Write each moment in the time of whoever reads it; the page itself has UTC. */
function tellLocalTimes() {
  const forms = {
    moment: { dateStyle: "long", timeStyle: "short" },
    date: { dateStyle: "long" },
    day: { month: "long", day: "numeric" },
    clock: { timeStyle: "short" },
  };
  for (const time of document.querySelectorAll("time[data-hv-time]")) {
    const form = new Intl.DateTimeFormat("en-US", forms[time.dataset.hvTime]);
    time.textContent = form.format(new Date(time.dateTime));
  }
}

/** A button beside each password that shows it, and hides it again before it is sent. */
function offerToShowPasswords() {
  for (const field of document.querySelectorAll('input[type="password"]')) {
    const button = document.createElement("button");
    const show = (isShown) => {
      field.type = isShown ? "text" : "password";
      button.setAttribute("aria-pressed", String(isShown));
    };
    button.type = "button";
    button.className = "hv-plain hv-show";
    button.textContent = "Show password";
    button.setAttribute("aria-controls", field.id);
    button.addEventListener("click", () => show(field.type === "password"));
    show(false);
    field.spellcheck = false;
    field.autocapitalize = "none";
    field.after(button);
    field.form.addEventListener("submit", () => show(false));
  }
}

/** Buttons that print the page; a browser without scripts has its own way. */
function offerToPrint() {
  for (const button of document.querySelectorAll("button[data-hv-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}

tellLocalTimes();
// a page whose content was replaced without a load has new moments
document.addEventListener("homevisit:page", tellLocalTimes);
offerToShowPasswords();
offerToPrint();
