// Another page of the desk, fetched to take the place of this one.

/** Its `main` element (null when it is another kind of page), `title` and `address`; null without a connection. */
export async function pageAt(address) {
  let response;
  let text;
  try {
    response = await fetch(address, { headers: { Accept: "text/html" }, cache: "no-store" });
    text = await response.text();
  } catch {
    return null;
  }
  const page = new DOMParser().parseFromString(text, "text/html");
  const main = page.querySelector("#main");
  const isDesk = response.ok && main?.querySelector("[data-desk]");
  return { main: isDesk ? main : null, title: page.title, address: response.url };
}
