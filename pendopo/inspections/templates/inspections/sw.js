{% load static %}{% autoescape off %}// Keeps one inspection's page for when there is no connection. What is filled in is kept by inspections/outbox.js.

const PAGE = "{{ page|escapejs }}";
const KEPT = "inspection {{ page|escapejs }}";
const SHELL = "inspection shell {{ version }}";
const STATIC = "{{ static|escapejs }}";
const FILES = [
{% for file in files %}  "{{ file|escapejs }}",
{% endfor %}];
const PATIENCE = 6000; // ms that a server may take when a copy is kept

addEventListener("install", (event) => event.waitUntil(prepare().then(() => skipWaiting())));
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

async function prepare() {
  await (await caches.open(SHELL)).addAll(FILES);
  await keep(await fetch(PAGE, { credentials: "same-origin" }));
}

async function keep(answer) {
  const cache = await caches.open(KEPT);
  if (answer.ok && !answer.redirected) await cache.put(PAGE, answer);
}

addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== location.origin) return;
  if (event.request.mode === "navigate" && address.pathname === PAGE) {
    event.respondWith(page(event.request));
  } else if (address.pathname.startsWith(STATIC) || FILES.includes(address.pathname)) {
    event.respondWith(file(event.request));
  }
});

async function file(request) {
  return (await (await caches.open(SHELL)).match(request)) || fetch(request);
}

async function page(request) {
  const kept = await (await caches.open(KEPT)).match(PAGE);
  try {
    const answer = await (kept ? within(fetch(request)) : fetch(request));
    if (answer.status < 500 || !kept) {
      await keep(answer.clone());
      return answer;
    }
  } catch (_error) {
    // No connection: below.
  }
  return kept ? copy(kept) : Response.error();
}

function within(answer) {
  const late = new Promise((_resolve, reject) => setTimeout(reject, PATIENCE));
  return Promise.race([answer, late]);
}

// A copy says of itself that it is one: what was sent since then stands in the phone's own store.
async function copy(kept) {
  const html = (await kept.text()).replace("<html ", "<html data-copy ");
  const headers = { "Content-Type": "text/html; charset=utf-8" };
  const policy = kept.headers.get("Content-Security-Policy");
  if (policy) headers["Content-Security-Policy"] = policy;
  return new Response(html, { headers });
}
{% endautoescape %}
