// A kiosk asks whether the server is there before it goes anywhere: a browser's error page never comes back by itself.
// It begins anew when the server was away and is back, when its own page stood still, and when something in it broke.

const body = document.body;
const banner = document.getElementById("kiosk-away");
const EVERY = 10000; // ms between looks
const PATIENCE = 5000;
const STILL = 30000; // no tick for so long: the page hung, or the machine slept
const OFTEN = 60000; // never begin anew more often than this because of a fault

let isAway = false;
let stoodStill = false;
let ticked = Date.now();
let looking = false;
let passing = null;
let asking = false;

async function isThere() {
  const options = { cache: "no-store", credentials: "omit" };
  if (AbortSignal.timeout) options.signal = AbortSignal.timeout(PATIENCE);
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
  if (Date.now() - ticked > STILL) stoodStill = true;
  ticked = Date.now();
  if (looking) return;
  looking = true;
  const there = await isThere();
  looking = false;
  if (there && (isAway || stoodStill)) beginAnew();
  else show(!there);
}

async function mend() {
  const last = Number(sessionStorage.getItem("kiosk-mended")) || 0;
  if (Date.now() - last < OFTEN) return;
  sessionStorage.setItem("kiosk-mended", String(Date.now()));
  if (await isThere()) beginAnew();
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
    askFirst(event, () => {
      passing = form;
      form.requestSubmit(event.submitter);
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
