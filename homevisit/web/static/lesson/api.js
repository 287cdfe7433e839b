// Talks to the course API and sorts what can go wrong into six kinds.

const PATIENCE_MS = 20000;
// A look at a text before it is committed is not worth a longer wait.
const LOOK_MS = 4000;
// Browsers refuse keepalive bodies above 64 kB in all.
const KEEPALIVE_LIMIT = 30000;

/** A call that brought no result; `kind` is away, slow-down, signed-out, other-person, conflict or refused. */
export class ApiError extends Error {
  constructor(kind, message = "", body = {}, retryAfter = 0) {
    super(message);
    Object.assign(this, { kind, body, retryAfter });
  }
}

function xsrfToken() {
  const found = document.cookie.match(/(?:^|;\s*)_xsrf=([^;]*)/);
  return found ? decodeURIComponent(found[1]) : "";
}

function kindOf(status, code) {
  if (code === "other-person") return code;
  if (status === 401) return "signed-out";
  if (status === 409) return "conflict";
  if (status === 429) return "slow-down";
  return status >= 500 || status === 408 ? "away" : "refused";
}

async function jsonOf(response) {
  try {
    return await response.json();
  } catch {
    return null;
  }
}

const UNEXPLAINED =
  "The course could not take this. Reload the page and try again; what you wrote is kept on this device.";

async function resultOf(response) {
  const body = await jsonOf(response);
  // Without JSON a "200" comes from somebody else, such as a hotel's sign-in page.
  if (response.ok && body) return body;
  if (response.ok) throw new ApiError("away");
  const seconds = Number(response.headers.get("Retry-After")) || 0;
  throw new ApiError(
    kindOf(response.status, body?.error?.code),
    body?.error?.message || UNEXPLAINED,
    body || {},
    seconds,
  );
}

/** Calls below one address: `call`, and `speakFor` an owner, so that the server can refuse another person's page. */
export function callsBelow(address) {
  const root = new URL(address, document.baseURI);
  let owner = "";

  async function call(method, path, content, patience = PATIENCE_MS) {
    const body = content === undefined ? undefined : JSON.stringify(content);
    const headers = { Accept: "application/json" };
    if (body !== undefined) headers["Content-Type"] = "application/json";
    if (method !== "GET") headers["X-XSRFToken"] = xsrfToken();
    if (owner) headers["X-Course-Owner"] = owner;
    const keepalive = method !== "GET" && (body?.length || 0) < KEEPALIVE_LIMIT;
    let response;
    try {
      const signal = AbortSignal.timeout(patience);
      response = await fetch(new URL(path, root), {
        method,
        headers,
        body,
        keepalive,
        signal,
        cache: "no-store",
      });
    } catch {
      throw new ApiError("away");
    }
    return resultOf(response);
  }

  const speakFor = (id) => {
    owner = id;
  };
  return { call, speakFor };
}

/** The calls of one lesson. */
export function courseApi(base, lessonId) {
  const { call, speakFor } = callsBelow(`${base}course/api/lessons/${encodeURIComponent(lessonId)}/`);
  const question = (questionId) => `questions/${encodeURIComponent(questionId)}`;
  return {
    speakFor,
    state: () => call("GET", "state"),
    saveDraft: (questionId, draft) => call("PUT", `${question(questionId)}/draft`, draft),
    commit: (questionId, attempt) => call("POST", `${question(questionId)}/attempts`, attempt),
    privacy: (questionId, response) =>
      call("POST", `${question(questionId)}/privacy`, { response }, LOOK_MS),
    ask: (questionId, point) => call("POST", `${question(questionId)}/requests`, point),
    share: (questionId, choice) => call("PUT", `${question(questionId)}/sharing`, choice),
    submit: (token) => call("POST", "submission", { token }),
  };
}
