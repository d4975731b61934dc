// Keeps the last known state of a ticket's page for when there is no connection: a copy that says itself from when it
// is, without what needs the server. A kept copy asks again and again, and makes way for the page as soon as it can.

const page = document.querySelector("[data-ticket]");
const isKept = "kept" in document.documentElement.dataset;
const AGAIN = 15000; // ms
const MOST = 20; // tickets a phone
const navigation = performance.getEntriesByType("navigation")[0];
const loaded = Date.now();
const told = Date.parse(document.body.dataset.now || "");
// The device's clock may be wrong; the server has just told its own, and live.js hears it again.
if (!document.body.dataset.offset && told && navigation && navigation.type !== "back_forward") {
  document.body.dataset.offset = String(told - loaded);
}
const began = loaded + Number(document.body.dataset.offset || 0);
const store = page ? page.dataset.store : "";
let known = 0;

function written(moment, options) {
  const language = document.documentElement.lang === "en" ? "en-GB" : "id-ID";
  return new Intl.DateTimeFormat(language, { timeZone: page.dataset.zone, ...options }).format(moment);
}

function copy(moment) {
  const root = document.documentElement.cloneNode(true);
  root.dataset.kept = new Date(moment).toISOString();
  const time = written(moment, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const note = root.querySelector("#kept");
  note.hidden = false;
  note.querySelector("b").textContent = note.dataset.text.replace("{time}", time);
  note.querySelector("span").textContent = written(moment, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
  const number = root.querySelector(".ticket-number").textContent.trim();
  root.querySelector("title").textContent = `${time} · ${number}`;
  for (const element of root.querySelectorAll("[data-online], .languages, #failure")) element.remove();
  root.querySelector("[data-ticket]").removeAttribute("data-live-url");
  const headers = { "Content-Type": "text/html; charset=utf-8", "X-Kept": `${number} · ${time}`.replace(/[^-. :\w]/g, "") };
  return new Response(`<!DOCTYPE html>${root.outerHTML}`, { headers });
}

async function keep() {
  // Up to when all that is shown was true: the last word of the server.
  const moment = Number(page.dataset.heard) || began;
  if (isKept || !window.caches || !document.getElementById("ticket")) return;
  known = moment;
  const cache = await caches.open(store);
  await cache.put(page.dataset.path, copy(moment));
  const others = await cache.keys();
  for (const request of others.slice(0, Math.max(0, others.length - MOST))) await cache.delete(request);
}

async function renew() {
  try {
    const answer = await fetch(page.dataset.path, { method: "HEAD", cache: "no-store" });
    if (answer.status < 502) location.replace(page.dataset.path);
  } catch (_error) {
    // Still no connection.
  }
}

if (isKept) {
  addEventListener("online", renew);
  setInterval(renew, AGAIN);
} else if (page && "serviceWorker" in navigator) {
  const save = () => keep().catch(() => {});
  save();
  setInterval(() => {
    if ((Number(page.dataset.heard) || began) - known > 30000) save();
  }, 5000);
  addEventListener("pagehide", save);
  document.addEventListener("ticket:renewed", save);
  page.addEventListener("live:delta", save);
  addEventListener("load", () => navigator.serviceWorker.register(page.dataset.worker).catch(() => {}));
}
