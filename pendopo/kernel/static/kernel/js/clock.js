// The time of the mall, and timers. A device's own clock may be wrong: the server's, in data-now, corrects it, and
// live.js does when it is set while the page is open: what is to be added stands in data-offset of the body.

const language = document.documentElement.lang === "en" ? "en-GB" : "id-ID";
const told = Date.parse(document.body.dataset.now || "");
const navigation = performance.getEntriesByType("navigation")[0];
const remembered = navigation && navigation.type === "back_forward";
document.body.dataset.offset = String(isNaN(told) || remembered ? 0 : told - Date.now());

const formats = {};

function format(zone, options) {
  const key = zone + JSON.stringify(options);
  if (!formats[key]) formats[key] = new Intl.DateTimeFormat(language, Object.assign({ timeZone: zone }, options));
  return formats[key];
}

function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function tick() {
  const now = Date.now() + Number(document.body.dataset.offset);
  for (const clock of document.querySelectorAll("[data-clock]")) {
    write(clock, format(clock.dataset.clock, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(now));
  }
  for (const day of document.querySelectorAll("[data-day]")) {
    write(day, format(day.dataset.day, { weekday: "long", day: "numeric", month: "long", year: "numeric" }).format(now));
  }
  for (const timer of document.querySelectorAll("[data-since]")) {
    const seconds = Math.max(0, Math.floor((now - Date.parse(timer.dataset.since)) / 1000));
    const parts = [Math.floor(seconds / 60) % 60, seconds % 60];
    if (seconds >= 3600) parts.unshift(Math.floor(seconds / 3600));
    write(timer, parts.map((part) => String(part).padStart(2, "0")).join(":"));
  }
}

tick();
setInterval(tick, 1000);
