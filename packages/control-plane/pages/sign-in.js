// The pages by which people come in: sign-in, set-up, invitation. One script for the three of them.
import { russian } from "./sign-in.ru.js";

/** As on the admin page: what was chosen there, else the first of the browser's languages that there is. */
const languages = [localStorage.getItem("modyard.language"), ...navigator.languages].map((each) => each?.split("-")[0]);
const speaksRussian = languages.find((each) => each === "en" || each === "ru") === "ru";

/** A text in the reader's language; `{}` in it stands for `value`. What nobody translated stays English. */
const say = (text, value = "") => ((speaksRussian && russian[text]) || text).replace("{}", () => value);

if (speaksRussian) {
  document.documentElement.lang = "ru";
  document.title = `${say(document.title.replace(" · Modyard", ""))} · Modyard`;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const text = node.nodeValue.trim();
    if (text !== "") node.nodeValue = node.nodeValue.replace(text, () => say(text));
  }
}

const page = document.body.dataset.page;
const query = new URLSearchParams(location.search);
const find = (id) => document.getElementById(id);

/** What single sign-on says when it sends somebody back without a session. */
const refusals = {
  signup_disabled: "You have no account here. Ask an owner to invite you.",
  account_not_linked: "There is an account with your e-mail address, but the other system does not say that the address is yours. Sign in with your password.",
  unable_to_create_session: "Your account is disabled. Ask an owner of this installation.",
  email_not_verified: "The other system does not say that your e-mail address is yours. Have it verified there, then try again.",
  email_not_found: "The other system did not tell your e-mail address, which is needed here.",
  access_denied: "The sign-in was cancelled.",
  state_mismatch: "The sign-in took too long, or was begun in another window. Try again.",
};

const ask = async (method, path, body) => {
  const init = body === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  const response = await fetch(path, { method, credentials: "same-origin", ...init });
  const answer = await response.json();
  if (!response.ok) throw Object.assign(new Error(answer.detail), answer);
  return answer;
};

const tell = (text) => {
  find("error").textContent = text;
  find("error").hidden = text === "";
};

/** In whole sentences: what is wrong, then what to do. */
const wordsOf = ({ message = "", hint, problems }) => {
  const what = problems?.map((each) => each.message).join("; ") || message || "The server does not answer";
  return `${say(`${what.charAt(0).toUpperCase()}${what.slice(1)}.`)} ${say(hint ?? "Try again in a moment.")}`;
};

/** Does something while the button shows that it is under way; tells what went wrong. */
const attempt = async (button, act) => {
  button.disabled = true;
  tell("");
  try {
    await act();
  } catch (error) {
    tell(wordsOf(error));
    find("password")?.focus();
  } finally {
    button.disabled = false;
  }
};

/** Where somebody wanted to go, else the admin page: a path of this site only, so that no link leads a person who signs in elsewhere. */
const goOn = () => {
  const next = URL.parse(query.get("next") ?? "/", location.origin);
  location.replace(next !== null && next.origin === location.origin ? next.href : "/");
};

const onSubmit = (act) => {
  const form = find("form");
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void attempt(form.querySelector("[type=submit]"), () => act(Object.fromEntries(new FormData(form))));
  });
  form.querySelector("input:not([readonly])").focus();
};

const signInPage = async () => {
  const error = query.get("error");
  if (error !== null) tell(refusals[error] === undefined ? say("The sign-in did not succeed ({}). Try again, or use your password.", error) : say(refusals[error]));
  const state = await ask("GET", "/auth/session");
  if (state.person !== null) return goOn();
  if (!state.set_up) find("lead").textContent = say("Nobody is owner of this installation yet. The server prints a link for the first one when it starts.");
  onSubmit(async ({ email, password }) => {
    await ask("POST", "/auth/sign-in", { email, password });
    goOn();
  });
  if (state.single_sign_on === null) return undefined;
  find("provider").textContent = state.single_sign_on.name;
  find("single-sign-on").hidden = false;
  find("away").addEventListener("click", ({ currentTarget }) => void attempt(currentTarget, async () => location.assign((await ask("POST", "/auth/single-sign-on")).url)));
  return undefined;
};

/** The link's secret leaves the address at once: it shall stand in no history and on no screen. */
const takeToken = () => {
  const token = query.get("token") ?? "";
  history.replaceState(null, "", location.pathname);
  return token;
};

const setupPage = async () => {
  const token = takeToken();
  const { kind } = await ask("POST", "/auth/link", { token });
  if (kind !== "setup") return location.replace(`/invitation?token=${encodeURIComponent(token)}`);
  onSubmit(async ({ name, email, password }) => {
    await ask("POST", "/auth/setup", { token, name, email, password });
    goOn();
  });
  return undefined;
};

const invitationPage = async () => {
  const token = takeToken();
  const { kind, name, email } = await ask("POST", "/auth/link", { token });
  if (kind === "setup") return location.replace(`/setup?token=${encodeURIComponent(token)}`);
  find("lead").textContent = say(kind === "reset" ? "Welcome back, {}. Your sessions elsewhere end with the new password." : "Welcome, {}. You were invited to this installation of Modyard.", name);
  find("email").value = email;
  onSubmit(async ({ password }) => {
    await ask("POST", "/auth/password", { token, password });
    goOn();
  });
  return undefined;
};

find("show")?.addEventListener("click", ({ currentTarget }) => {
  const shown = currentTarget.getAttribute("aria-pressed") !== "true";
  currentTarget.setAttribute("aria-pressed", String(shown));
  currentTarget.textContent = say(shown ? "Hide" : "Show");
  find("password").type = shown ? "text" : "password";
});

const pages = { "sign-in": signInPage, setup: setupPage, invitation: invitationPage };
pages[page]().catch((error) => {
  tell(wordsOf(error));
  // What the page was to be is said above it: with a link that is over it is not so.
  if (error.code === "link_not_valid") find("lead").hidden = true;
});
