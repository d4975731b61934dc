// The hall board. What the server rendered stands until the first snapshot; a call from the past is never shown as new.
// Written for the browsers of old TVs: no optional chaining.

const board = document.querySelector("[data-board]");
const card = board.querySelector("[data-now-card]");
const list = board.querySelector("[data-last]");
const row = board.querySelector("[data-row]");
const SHOWN = 5; // calls beside the current one
const FLASH = 10000; // ms that a new call is marked
const FRESH = 60000; // ms after which a call is no news
const HOLD = 4000; // ms that each call stays in front when several come at once

let calls = [];
let waiting = [];
let heldUntil = 0; // by the clock that nobody sets
let timer = 0;
let unmark = 0;

function write(holder, call) {
  holder.dataset.seq = String(call.seq);
  holder.querySelector("[data-number]").textContent = call.number;
  holder.querySelector("[data-counter]").textContent = board.dataset.counterWord + " " + call.counter;
  holder.querySelector("[data-agency]").textContent = call.agency || "";
}

function draw() {
  card.classList.toggle("empty-now", !calls.length);
  card.querySelector("[data-idle-words]").hidden = calls.length > 0;
  if (calls.length) write(card, calls[0]);
  card.classList.toggle("long", calls.length > 0 && calls[0].number.length > 6);
  list.textContent = "";
  for (const call of calls.slice(1, 1 + SHOWN)) {
    const item = row.content.firstElementChild.cloneNode(true);
    write(item, call);
    list.appendChild(item);
  }
}

function put(call) {
  // Each person once: a recall moves the number to the front.
  calls = [call].concat(calls.filter((other) => other.number !== call.number)).slice(0, 1 + SHOWN);
}

function isFresh(call) {
  const now = Date.now() + Number(document.body.dataset.offset || 0);
  const at = Date.parse(call.at || "");
  return isNaN(at) || now - at < FRESH;
}

function flash() {
  card.classList.remove("flash");
  void card.offsetWidth; // begins the animation anew when the same number is called again
  card.classList.add("flash");
  clearTimeout(unmark);
  unmark = setTimeout(() => card.classList.remove("flash"), FLASH);
}

function next() {
  clearTimeout(timer);
  const now = performance.now();
  if (!waiting.length) return;
  if (now < heldUntil && waiting.length < 4) {
    timer = setTimeout(next, heldUntil - now);
    return;
  }
  const call = waiting.shift();
  put(call);
  draw();
  if (isFresh(call)) {
    flash();
    heldUntil = now + HOLD;
  } else {
    card.classList.remove("flash");
  }
  next();
}

board.addEventListener("live:snapshot", (event) => {
  if (!Array.isArray(event.detail.calls)) return;
  waiting = [];
  calls = event.detail.calls.slice(0, 1 + SHOWN);
  if (!calls.length || String(calls[0].seq) !== card.dataset.seq) card.classList.remove("flash");
  draw();
});

board.addEventListener("live:delta", (event) => {
  const call = event.detail;
  if (call.kind !== "called" && call.kind !== "recalled") return;
  const known = calls.concat(waiting).some((other) => other.seq >= call.seq && other.number === call.number);
  if (known) return;
  waiting.push(call);
  next();
});
