// Follows the ticket: how many are ahead is written at once, a move fetches the ticket anew. Whoever is near is told,
// whoever is called cannot miss it.

const page = document.querySelector("[data-ticket]");
const AGAIN = 3000; // ms, after a fetch that failed
const SPREAD = 1200; // ms
const announcement = document.querySelector("[data-announcement]");
let told = card() ? stage() : "";
let flashing = 0;
let asked = 0;
let heard = false;
let due = 0;

function card() {
  return document.getElementById("ticket");
}

function number() {
  return card().querySelector(".ticket-number").textContent.trim();
}

function step() {
  const found = card().querySelector(".next-step b");
  return found ? found.textContent.trim() : "";
}

function say(what) {
  document.dispatchEvent(new CustomEvent(`ticket:${what}`));
}

/** What the holder must know now: "called 3", "near" or nothing. */
function stage() {
  const { state, counter, calls, hold } = card().dataset;
  if (state === "called") return `called ${counter} ${calls}`;
  const note = card().querySelector("[data-near]");
  return state === "waiting" && !hold && note && !note.hidden ? "near" : state;
}

function follow(place, isNews) {
  if (!card() || typeof place.state !== "string") return;
  const { state, counter, hold } = card().dataset;
  const now = place.counter ? String(place.counter) : "";
  const ahead = card().querySelector("[data-ahead]");
  const moved = place.state !== state || (now && now !== counter.replace(/\D+/g, ""));
  // News of who is called already is another call; of who is held, that they are not any more: the server knows.
  if (moved || (isNews && (hold || state === "called")) || (ahead && place.ahead === 0)) {
    renew();
  } else if (ahead && Number.isInteger(place.ahead)) {
    const text = ahead.dataset.ahead.replace("{n}", String(place.ahead));
    if (ahead.textContent !== text) ahead.textContent = text;
    const note = card().querySelector("[data-near]");
    if (note) note.hidden = place.ahead > Number(note.dataset.near);
    tell();
  }
}

/** Fetch the ticket anew, and only it: a page of 17 kB less than with htmx. What was asked for last counts. */
async function renew() {
  const turn = (asked += 1);
  try {
    const headers = { "HX-Request": "true" };
    const answer = await fetch(page.dataset.path, { headers, cache: "no-store", credentials: "same-origin" });
    const found = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("ticket");
    if (turn !== asked) return;
    // Something else came, or the rating: the page itself knows.
    if (!answer.ok || !found || found.dataset.state === "completed") location.reload();
    else card().replaceWith(document.adoptNode(found));
  } catch (_error) {
    setTimeout(() => turn === asked && renew(), AGAIN);
    return;
  }
  tell();
  document.dispatchEvent(new CustomEvent("ticket:renewed"));
}

/** Fetch it within a second or so. */
function soon() {
  clearTimeout(due);
  due = setTimeout(() => card() && renew(), Math.random() * SPREAD);
}

/** Say what is new for the holder, once. */
function tell() {
  const now = stage();
  document.title = `${number()} · ${step()}`;
  if (now === told) return;
  told = now;
  clearInterval(flashing);
  say("quiet");
  if (now.startsWith("called")) {
    announcement.textContent = `${number()}. ${step()}`;
    say("called");
    flash();
    scrollTo(0, 0);
  } else if (now === "near") {
    announcement.textContent = card().querySelector("[data-near]").textContent.trim();
    say("near");
  } else {
    announcement.textContent = "";
  }
}

/** Let the tab's name change until somebody looks. */
function flash() {
  const loud = `● ${step()}`;
  const calm = document.title;
  document.title = loud;
  flashing = setInterval(() => {
    if (!document.hidden) {
      document.title = loud;
      clearInterval(flashing);
    } else document.title = document.title === loud ? calm : loud;
  }, 1000);
}

if (page && !("kept" in document.documentElement.dataset)) {
  page.addEventListener("live:snapshot", (event) => follow(event.detail, false));
  page.addEventListener("live:delta", (event) => follow(event.detail, true));
  // A closing began or ended; or did while nothing was heard. Not all phones of a line ask in the same moment.
  page.addEventListener("live:status", soon);
  page.addEventListener("live:snapshot", () => (heard ? soon() : (heard = true)));
}
