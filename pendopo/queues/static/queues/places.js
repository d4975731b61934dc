// What is left of each service, every few seconds while somebody looks. A poll, not a stream: these pages have none
// open, one small answer serves all that a page shows, and it also tells what the clock changes, which no event does.

let marks = [];
let source = null;
const EVERY = 5000; // ms
const LATER = 15000; // ... of a page that has been open for long
const LONG = 180000;
const opened = Date.now();

// Asked each time: a kiosk puts its parts anew.
function find() {
  marks = [...document.querySelectorAll("[data-places]")];
  source = document.querySelector("[data-places-url]");
  return source && marks.length;
}

function address() {
  const codes = new Set(marks.map((mark) => mark.dataset.places));
  const asked = [...codes].map((code) => `service=${encodeURIComponent(code)}`);
  return `${source.dataset.placesUrl}?${[...asked, source.dataset.placesWhere].join("&")}`;
}

function show(places) {
  for (const mark of marks) {
    const now = places[mark.dataset.places] || { text: "", can_take: true };
    if (mark.textContent !== now.text) mark.textContent = now.text;
    mark.classList.toggle(mark.classList.contains("tag") ? "warn" : "none-left", !now.can_take);
  }
  const some = marks.some((mark) => (places[mark.dataset.places] || { can_take: true }).can_take);
  // Cases without a limit have no mark.
  const none = !some && marks.length >= Number(source.dataset.placesOf || 1);
  for (const button of document.querySelectorAll("[data-places-take]")) button.disabled = none;
  // A page that offers nothing else than taking is another page when that changes.
  if (source.dataset.placesCan && String(some) !== source.dataset.placesCan) location.reload();
}

async function look() {
  if (!document.hidden && find()) {
    try {
      const answer = await fetch(address(), { cache: "no-store", credentials: "same-origin" });
      if (answer.ok) show((await answer.json()).places);
    } catch (_error) {
      // Without connection what is shown stays; the next look tells.
    }
  }
  next();
}

function next() {
  const pause = Date.now() - opened < LONG ? EVERY : LATER;
  setTimeout(look, pause * (0.8 + Math.random() * 0.4));
}

if (find()) next();
