// Looks every two seconds whether the points are there, then shows them.
const here = document.querySelector("script[data-lesson]");
const base = document.querySelector('meta[name="homevisit-base"]').content;
const address = `${base}course/api/lessons/${here.dataset.lesson}/submission`;

async function look() {
  try {
    const reply = await fetch(address, { headers: { Accept: "application/json" } });
    if (reply.ok && (await reply.json()).submission?.state.match(/graded|failed/)) {
      location.reload();
      return;
    }
  } catch {
    // the server is away for a moment; look again
  }
  setTimeout(look, 2000);
}

setTimeout(look, 1500);
