// Inspections that begin on this phone, with a network or without: kept here, shown, and told to the server in order.

const page = document.querySelector("main");
// By the names that carry their content: an old file never meets a new one.
const module = (name) => import(document.querySelector(`[data-module=${name}]`).href);
const { Beginnings, Outbox, keepCopy, now, oneAtATime, uuid } = await module("outbox");
const left = page.querySelector("[data-left]");
const text = left.dataset;
const beginnings = new Beginnings(text.mall, text.begun);
const AGAIN = 10000; // ms
const SHORT = 6000; // ms that a server may take before the phone goes on alone
const DAY = 86400000; // ms
let timer = 0;

// --- beginning

function namesOf(form) {
  const sites = [...form.querySelectorAll("[name=sites]:checked")];
  const lines = form.querySelector("[name=others]").value.split("\n");
  const others = [...new Set(lines.map((line) => line.trim().replace(/\s+/g, " ")))].filter(Boolean);
  return { sites: sites.map((site) => site.value), others, places: [...sites.map((site) => site.labels[0].textContent.trim()), ...others] };
}

// What the server would refuse is refused here: nobody may learn only at the way out that nothing began.
function isInOrder(places) {
  const once = new Set(places.map((name) => name.toLowerCase()));
  return places.length > 0 && places.length <= Number(text.mostPlaces) && once.size === places.length && places.every((name) => name.length <= 120);
}

async function start(form) {
  const told = namesOf(form);
  const problem = page.querySelector("[data-problem]");
  problem.hidden = isInOrder(told.places);
  if (!problem.hidden) return problem.focus();
  form.querySelector("[type=submit]").disabled = true;
  const id = uuid();
  const team = form.querySelector("[name=team]").value;
  await beginnings.put({ id, at: now(), account: text.account, checklist: text.checklist, team, ...told });
  if (navigator.onLine && (await beginnings.tell(id, SHORT)) === "begun") {
    const begun = await beginnings.get(id);
    if (await keepCopy(begun.form, SHORT)) return location.assign(begun.form);
  }
  await beginnings.amend(id, { away: true });
  location.hash = id;
  location.reload();
}

// --- filling in where the server has not made a page

function copied(name, position = "") {
  const part = document.createElement("template");
  part.innerHTML = page.querySelector(`template[data-${name}]`).innerHTML.replaceAll(text.nth, position);
  return part.content;
}

function fill(beginning) {
  const sheet = copied("sheet");
  sheet.querySelector("[data-begun-at]").textContent = moment(beginning.at);
  sheet.querySelector("[data-team]").textContent = beginning.team;
  const status = sheet.querySelector("[data-inspection]");
  Object.assign(status.dataset, { local: "", inspection: beginning.id, account: beginning.account });
  Object.assign(status.dataset, { parts: beginning.parts || "", done: beginning.done || "" });
  const due = new Date(Date.parse(now()) + Number(text.dueIn) * DAY);
  const day = new Intl.DateTimeFormat("en-CA", { timeZone: text.zone }).format(due);
  const places = sheet.querySelector("[data-places]");
  beginning.places.forEach((name, index) => {
    const place = copied("place", String(index + 1));
    place.querySelector("[data-place-name]").textContent = name;
    place.querySelector("[name=due_on]").setAttribute("value", day);
    places.append(place);
  });
  page.querySelector("[data-beginning]").replaceWith(sheet);
  return module("form");
}

// --- what is on this phone

function moment(at) {
  const language = document.documentElement.lang === "en" ? "en-GB" : "id-ID";
  const options = { timeZone: text.zone, dateStyle: "long", timeStyle: "short", hourCycle: "h23" };
  return new Intl.DateTimeFormat(language, options).format(new Date(at));
}

function boxOf(beginning) {
  return new Outbox(beginning.id, beginning.parts || "", beginning.account, beginnings);
}

async function show() {
  const rows = await beginnings.all();
  left.hidden = !rows.length;
  const lines = await Promise.all(rows.map(line));
  left.querySelector("ul").replaceChildren(...lines);
}

async function line(beginning) {
  const entry = document.createElement("li");
  const link = document.createElement("a");
  link.className = "line";
  link.href = beginning.kept ? beginning.form : `${text.new}#${beginning.id}`;
  const name = document.createElement("b");
  name.textContent = beginning.places.join(", ");
  const when = document.createElement("small");
  const waiting = (await boxOf(beginning).waiting()).length + (beginning.parts ? 0 : 1);
  const state = waiting ? text.waiting.replace("{count}", waiting) : text.sent;
  when.textContent = [moment(beginning.at), beginning.why || state].join(" · ");
  link.append(name, when);
  entry.append(link);
  if (beginning.why) entry.append(removal(beginning));
  return entry;
}

function removal(beginning) {
  const away = document.createElement("button");
  away.type = "button";
  away.className = "button small bad";
  away.textContent = text.remove;
  away.setAttribute("aria-label", `${text.remove} ${beginning.places.join(", ")}`);
  away.addEventListener("click", async () => {
    if (!confirm(text.removeAsk)) return;
    await boxOf(beginning).clear();
    await beginnings.remove(beginning.id);
    await show();
  });
  return away;
}

// One after another, the oldest first: what was filled in on this phone goes up wherever the mall's pages are open.
const carry = oneAtATime(async () => {
  clearTimeout(timer);
  let outcome = "sent";
  for (const beginning of await beginnings.all()) {
    const box = boxOf(beginning);
    outcome = await box.send();
    if (outcome === "away") break;
    if (outcome === "signed" || (outcome === "sent" && box.isSigned)) {
      await box.clear();
      await beginnings.remove(beginning.id);
    }
  }
  await show();
  timer = setTimeout(carry, AGAIN);
  return outcome;
});

async function begin() {
  let own;
  try {
    own = location.hash && (await beginnings.get(location.hash.slice(1)));
  } catch (_error) {
    return; // A browser that keeps nothing: the form is sent by its button.
  }
  if (own && own.kept) return location.replace(own.form);
  if (own && page.querySelector("template[data-sheet]")) return fill(own);
  const form = page.querySelector("[data-beginning] form");
  if (form) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      start(form);
    });
  }
  addEventListener("hashchange", () => location.reload());
  await show();
  page.dataset.ready = "";
  if ("serviceWorker" in navigator) navigator.serviceWorker.register(text.worker).catch(() => {});
  if (!("copy" in document.documentElement.dataset)) await keepCopy(text.new);
  page.dataset.kept = "";
  addEventListener("online", carry);
  carry();
}

await begin();
