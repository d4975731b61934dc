{% load static %}{% autoescape off %}// Keeps the shell of the mall's pages, and shows the last known state of a ticket when the server cannot be reached.
// What a ticket's page keeps (queues/kept.js) says itself from when it is: here nothing is made to look new.

const SHELL = "shell {{ home|escapejs }} {{ version }}";
const TICKETS = "tickets {{ home|escapejs }}";
const HOME = "{{ home|escapejs }}";
const OFFLINE = "{{ offline|escapejs }}";
const STATIC = "{{ static|escapejs }}";
const FILES = [
{% for file in files %}  "{{ file|escapejs }}",
{% endfor %}];
const TICKET = /^t\/[0-9a-z]+\/$/;
const PATIENCE = 8000; // ms that a server may take when something is kept to show meanwhile
// A kept page is written anew by no server: it brings its policy along.
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; " +
  "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

addEventListener("install", (event) => {
  event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll([...FILES, OFFLINE])).then(() => skipWaiting()));
});

addEventListener("activate", (event) => {
  event.waitUntil(forget().then(() => clients.claim()));
});

async function forget() {
  for (const name of await caches.keys()) {
    if (name.startsWith(`shell ${HOME} `) && name !== SHELL) await caches.delete(name);
  }
}

addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== location.origin) return;
  if (event.request.mode === "navigate") {
    if (address.pathname === HOME || isTicket(address.pathname)) event.respondWith(page(event.request, address.pathname));
  } else if (address.pathname.startsWith(STATIC) || FILES.includes(address.pathname)) {
    event.respondWith(caches.match(event.request).then((kept) => kept || fetch(event.request)));
  }
});

function isTicket(path) {
  return path.startsWith(HOME) && TICKET.test(path.slice(HOME.length));
}

async function page(request, path) {
  const tickets = await caches.open(TICKETS);
  const kept = isTicket(path) ? await tickets.match(path) : undefined;
  try {
    const answer = await (kept ? within(fetch(request)) : fetch(request));
    if (!kept || answer.status < 502) return answer;
  } catch (_error) {
    // No connection: below.
  }
  return kept ? written(await kept.text()) : offline(tickets);
}

function within(answer) {
  const late = new Promise((_resolve, reject) => setTimeout(reject, PATIENCE));
  return Promise.race([answer, late]);
}

async function offline(tickets) {
  const page = await caches.match(OFFLINE);
  if (!page) return Response.error();
  const lines = [];
  for (const request of await tickets.keys()) {
    const answer = await tickets.match(request);
    const words = (answer.headers.get("X-Kept") || "").replace(/[^-. :\w]/g, "");
    lines.unshift(`<li><a class="line" href="${new URL(request.url).pathname}"><b>${words}</b></a></li>`);
  }
  return written((await page.text()).replace("<!--kept-->", lines.join("")));
}

function written(html) {
  const headers = { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": POLICY };
  return new Response(html, { headers });
}
{% endautoescape %}
