// A kiosk asks whether the server is there before it goes anywhere: a browser's error page never comes back by itself.
// So it sends forms itself, and sends again what no answer came to: the form's id lets nothing be done twice.
// It begins anew when the server was away and is back, when its own page stood still, and when something in it broke.

const body = document.body;
const banner = document.getElementById("kiosk-away");
const EVERY = 10000; // ms between looks
const PATIENCE = 5000;
const STILL = 30000; // no tick for so long: the page hung, or the machine slept
const ANSWER = 15000; // ms that an answer to a form may take
const GONE = 120000; // who pressed has gone: nothing is sent for them any more
const OFTEN = 60000; // never begin anew more often than this because of a fault

let isAway = false;
let stoodStill = false;
let ticked = Date.now();
let looking = false;
let passing = null;
let asking = false;
let unanswered = null; // the form that was sent in vain, its button, and when it was pressed

function within(time, options) {
  return AbortSignal.timeout ? { ...options, signal: AbortSignal.timeout(time) } : options;
}

async function isThere() {
  const options = within(PATIENCE, { cache: "no-store", credentials: "omit" });
  try {
    return (await fetch(body.dataset.alive, options)).ok;
  } catch (_error) {
    return false;
  }
}

function show(away) {
  isAway = away;
  banner.hidden = !away;
}

// A page that answers a form is not asked for again: that would send the form.
function beginAnew() {
  location.replace(body.dataset.again || body.dataset.home);
}

async function look() {
  // Kept: an answer may be under way, and it is that look which begins anew.
  if (Math.abs(Date.now() - ticked) > STILL) stoodStill = true;
  ticked = Date.now();
  if (looking) return;
  looking = true;
  const there = await isThere();
  looking = false;
  if (unanswered && performance.now() - unanswered.since > GONE) forget();
  if (there && unanswered) send(unanswered.form, unanswered.button);
  else if (there && (isAway || stoodStill)) beginAnew();
  else show(!there);
}

async function mend() {
  const last = Number(sessionStorage.getItem("kiosk-mended")) || 0;
  if (Math.abs(Date.now() - last) < OFTEN) return;
  sessionStorage.setItem("kiosk-mended", String(Date.now()));
  if (await isThere()) beginAnew();
}

function forget() {
  unanswered = null;
  delete body.dataset.unanswered; // idle.js stays as long as it is there
}

async function send(form, button) {
  if (asking) return;
  asking = true;
  const fields = new URLSearchParams(new FormData(form));
  if (button && button.name) fields.append(button.name, button.value);
  let answer = null;
  try {
    answer = await fetch(form.action, within(ANSWER, { method: "POST", body: fields, credentials: "same-origin" }));
  } catch (_error) {
    // Perhaps it was done, and only the answer was lost.
    if (!unanswered || unanswered.form !== form) unanswered = { form, button, since: performance.now() };
    body.dataset.unanswered = "";
  }
  asking = false;
  show(!answer);
  if (!answer) return;
  forget();
  if (answer.ok && answer.redirected) {
    location.assign(answer.url);
  } else {
    // A refusal is a page of its own.
    passing = form;
    form.requestSubmit(button);
  }
}

async function askFirst(event, go) {
  event.preventDefault();
  event.stopImmediatePropagation();
  if (asking) return;
  asking = true;
  const there = await isThere();
  asking = false;
  show(!there);
  if (there) go();
}

document.addEventListener(
  "click",
  (event) => {
    const link = event.target.closest && event.target.closest("a[href]");
    if (link && !event.defaultPrevented) askFirst(event, () => location.assign(link.href));
  },
  true,
);

document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (form === passing) {
      passing = null;
      return;
    }
    const button = event.submitter;
    askFirst(event, () => {
      if (!form.hasAttribute("hx-post")) return send(form, button);
      passing = form;
      form.requestSubmit(button);
    });
  },
  true,
);

if (banner && body.dataset.alive) {
  setInterval(look, EVERY);
  addEventListener("online", look);
  addEventListener("offline", () => show(true));
  // A script or style that did not come is an error too, and does not bubble.
  addEventListener("error", mend, true);
  addEventListener("unhandledrejection", mend);
}
