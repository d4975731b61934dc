// Server-sent events for elements with data-live-url: "snapshot" first, then "call"s, "place"s and "status"es with ids, and between
// them a "beat" that says whether the server itself still sees its data.
// Listeners get `live:snapshot`, `live:delta`, and `live:status` (whether people are received has changed) on the element. Every [data-live-age] tells when the data is old;
// `data-heard` of the element is when it was last true, by the server's clock. A device's own clock may be wrong and may
// be set: each beat corrects data-offset of the body, which clock.js adds to it.
// Written for the browsers of old TVs: no optional chaining.

const QUIET = 25000; // ms without a word after which the data counts as old
const DEAD = 45000; // ... after which the connection is opened anew, whatever the browser thinks of it
const SKEW = 2500; // ms that a clock may be wrong: beats tell whole seconds, and travel

// A moment by the clock, by what no one sets, and by the server.
function moment() {
  return { clock: Date.now(), steady: performance.now(), told: Date.now() + Number(document.body.dataset.offset || 0) };
}

// The steady clock stands still while a phone sleeps, the other may be set back: the longer time is never too young.
function past(since) {
  return Math.max(Date.now() - since.clock, performance.now() - since.steady, 0);
}

function correct(now) {
  const offset = now - Date.now();
  const known = document.body.dataset.offset;
  if (isNaN(offset) || (known !== undefined && Math.abs(Number(known) - offset) < SKEW)) return;
  document.body.dataset.offset = String(offset);
}

function watch(element) {
  let source = null;
  let heard = moment(); // when the data was last known to be true
  let alive = heard; // when the server last said anything
  let patience = 1000;
  let again = 0;

  function tell(name, event) {
    let detail;
    try {
      detail = JSON.parse(event.data);
    } catch (_error) {
      return;
    }
    patience = 1000;
    correct(Date.parse(detail.now));
    alive = moment();
    if (detail.fresh === false) return;
    heard = alive;
    if (document.body.dataset.offset !== undefined) element.dataset.heard = String(heard.told);
    mark(false, heard);
    if (name === "beat") return;
    const kind = name === "snapshot" || name === "status" ? name : "delta";
    element.dispatchEvent(new CustomEvent("live:" + kind, { bubbles: true, detail }));
  }

  function open() {
    again = 0;
    if (source) source.close();
    source = new EventSource(element.dataset.liveUrl);
    for (const name of ["snapshot", "call", "place", "status", "beat"]) source.addEventListener(name, (event) => tell(name, event));
    source.onerror = () => {
      // The browser comes back by itself, with Last-Event-ID; only after a refusal it gives up, and we begin anew.
      if (source.readyState === EventSource.CLOSED) later();
    };
  }

  function later() {
    if (again) return;
    again = setTimeout(open, patience + Math.random() * patience);
    patience = Math.min(patience * 2, 30000);
  }

  open();
  setInterval(() => {
    if (past(heard) > QUIET) mark(true, heard);
    if (past(alive) > DEAD && source.readyState !== EventSource.CLOSED && !again) later();
  }, 1000);
  addEventListener("pagehide", () => source.close());
  addEventListener("pageshow", (event) => {
    if (event.persisted) open();
  });
}

function mark(stale, since) {
  for (const age of document.querySelectorAll("[data-live-age]")) {
    const ticks = stale && (age.dataset.stale || "").includes("{ago}");
    if (age.classList.contains("stale") === stale && age.textContent.trim() && !ticks) continue;
    age.classList.toggle("stale", stale);
    const language = document.documentElement.lang === "en" ? "en-GB" : "id-ID";
    const options = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: age.dataset.zone || undefined };
    const time = new Intl.DateTimeFormat(language, options).format(since.told);
    const words = (age.dataset.stale || "").replace("{time}", time).replace("{ago}", ago(since, language));
    age.textContent = stale ? words : age.dataset.fresh || "";
  }
}

// "40 detik", "3 menit", "2 jam".
function ago(since, language) {
  const seconds = Math.round(past(since) / 1000);
  const [number, unit] = seconds < 60 ? [seconds, "second"] : seconds < 3600 ? [seconds / 60, "minute"] : [seconds / 3600, "hour"];
  try {
    const style = { style: "unit", unit, unitDisplay: "long", maximumFractionDigits: 0 };
    return new Intl.NumberFormat(language, style).format(Math.floor(number));
  } catch (_error) {
    // TVs from before 2019 know no units.
    return Math.floor(number) + " " + { second: "s", minute: "min", hour: "h" }[unit];
  }
}

document.querySelectorAll("[data-live-url]").forEach(watch);
