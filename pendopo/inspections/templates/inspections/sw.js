{% load static %}{% autoescape off %}// Shows the pages that begin and fill in inspections when there is no connection. They keep their own copies, and what is
// filled in (inspections/outbox.js).

const HOME = "{{ home|escapejs }}";
const NEW = "{{ new|escapejs }}";
const SHELL = `inspection shell ${HOME} {{ version }}`;
const STATIC = "{{ static|escapejs }}";
const FILES = [
{% for file in files %}  "{{ file|escapejs }}",
{% endfor %}];
const FORM = /^\d+\/form\/$/;
const PATIENCE = 6000; // ms that a server may take when a copy is kept

addEventListener("install", (event) => event.waitUntil(prepare().then(() => skipWaiting())));
addEventListener("activate", (event) => event.waitUntil(forget().then(() => clients.claim())));

async function prepare() {
  await (await caches.open(SHELL)).addAll(FILES);
}

// A copy of a form asks for the files of its own day.
async function forget() {
  const names = await caches.keys();
  if (names.some((name) => name.startsWith(`inspection ${HOME}`) && name !== `inspection ${NEW}`)) return;
  for (const name of names) if (name.startsWith(`inspection shell ${HOME} `) && name !== SHELL) await caches.delete(name);
}

addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== location.origin) return;
  if (event.request.mode === "navigate") {
    if (isKept(address.pathname)) event.respondWith(page(event.request, address.pathname));
    else if (address.pathname === HOME) event.respondWith(fetch(event.request).catch(() => Response.redirect(NEW)));
  } else if (address.pathname.startsWith(STATIC) || FILES.includes(address.pathname)) {
    event.respondWith(file(event.request));
  }
});

function isKept(path) {
  return path === NEW || (path.startsWith(HOME) && FORM.test(path.slice(HOME.length)));
}

async function file(request) {
  return (await caches.match(request)) || fetch(request);
}

async function page(request, path) {
  const kept = await caches.match(path, { cacheName: `inspection ${path}` });
  try {
    const answer = await (kept ? within(fetch(request)) : fetch(request));
    if (answer.status < 500 || !kept) return answer;
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
