// The page of an inspection. All that is filled in goes to the phone's own store at once, and from there to the server;
// without scripts the same forms are sent by their buttons.

const page = document.querySelector("main");
// By the names that carry their content: an old file never meets a new one.
const module = (name) => import(document.querySelector(`[data-module=${name}]`).href);
const loaded = await Promise.all(["outbox", "pictures", "hand"].map(module));
const [{ Beginnings, Outbox, keepCopy, now, uuid }, { shown, small, spot }, { Hand }] = loaded;
const status = page.querySelector("[data-inspection]");
const isCopy = "copy" in document.documentElement.dataset;
// Written by the phone itself (pocket.js): the server never made this page.
const isLocal = "local" in status.dataset;
const beginnings = new Beginnings(status.dataset.mall, status.dataset.begun);
const outbox = new Outbox(status.dataset.inspection, status.dataset.parts, status.dataset.account, beginnings);
const AGAIN = 10000; // ms
const PAUSE = 800; // ms after the last letter
const HINDERED = { "signed-out": "signedOut", other: "other" };
let timer = 0;

// --- what happens with the parts

async function tell(outcome) {
  const parts = await outbox.all();
  const begun = (isLocal && (await beginnings.get(outbox.inspection))) || {};
  const unsent = parts.filter((part) => part.state === "waiting" && part.kind !== "draft").length;
  const waiting = unsent + (outbox.address ? 0 : 1);
  const refused = parts.filter((part) => part.state === "refused").length;
  const name = HINDERED[outcome] || (refused ? "refused" : waiting ? outcome || "waiting" : "sent");
  const count = name === "refused" ? refused : waiting;
  status.textContent = (status.dataset[name] || status.dataset.waiting).replace("{count}", count);
  if (begun.why) status.textContent = begun.why;
  if (begun.news) {
    const news = page.querySelector("[data-news]");
    news.textContent = begun.news;
    news.hidden = false;
  }
  if (name === "signedOut" || name === "other") {
    const link = document.createElement("a");
    link.href = status.dataset.login;
    link.textContent = status.dataset.loginText;
    status.append(" ", link);
  }
  status.classList.toggle("done", name === "sent");
  status.classList.toggle("bad", name === "refused" || name === "signedOut" || name === "other" || Boolean(begun.why));
  status.hidden = name === "sent" && !parts.length && !begun.why;
  status.dataset.name = name;
}

async function send() {
  clearTimeout(timer);
  if (!outbox.address || (await outbox.waiting()).length) {
    await tell(navigator.onLine ? "sending" : "waiting");
    const outcome = await outbox.send();
    if (outcome === "signed") return finish();
    await show();
    await tell(outcome in HINDERED ? outcome : "waiting");
  }
  timer = setTimeout(send, AGAIN);
}

function soon() {
  clearTimeout(timer);
  timer = setTimeout(send, PAUSE);
}

async function finish() {
  const begun = await beginnings.get(outbox.inspection);
  await outbox.clear();
  await beginnings.remove(outbox.inspection);
  // The page that begins an inspection stays for the next one.
  if (!isLocal) await caches.delete(`inspection ${location.pathname}`);
  location.replace(status.dataset.done || begun.done);
}

// --- answers to the checklist

function fieldsOf(form, item) {
  const chosen = form.querySelector(`[name="a-${item}"]:checked`) || form.querySelector(`input[type=number][name="a-${item}"]`);
  return {
    place: form.dataset.answers,
    [`a-${item}`]: chosen ? chosen.value : "",
    [`n-${item}`]: form.querySelector(`[name="n-${item}"]`).value,
  };
}

function count(form) {
  for (const section of form.querySelectorAll(".section")) {
    const items = [...section.querySelectorAll("[data-item]")];
    const answered = items.filter((item) => fieldsOf(form, item.dataset.item)[`a-${item.dataset.item}`]).length;
    section.querySelector("[data-count]").textContent = `${answered}/${items.length}`;
  }
}

function set(form, name, value) {
  for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
    if (field.type === "radio" || field.type === "checkbox") field.checked = field.value === value;
    else if (field.type !== "file") field.value = value;
  }
}

function listen(form) {
  form.addEventListener("input", async (event) => {
    const ask = event.target.closest("[data-item]");
    if (!ask) return;
    const item = ask.dataset.item;
    const fields = fieldsOf(form, item);
    const key = `answer ${form.dataset.answers} ${item}`;
    count(form);
    await outbox.put({ key, id: uuid(), kind: "answers", at: now(), fields, state: "waiting", why: "" });
    await tell("waiting");
    soon();
  });
}

// --- photos, opinions, findings, the signature

function written(form) {
  const fields = {};
  for (const [name, value] of new FormData(form)) if (typeof value === "string") fields[name] = value;
  for (const name of ["csrfmiddlewaretoken", "kind", "id", "at"]) delete fields[name];
  return fields;
}

async function keep(form, file, more) {
  const kind = form.dataset.part;
  const id = uuid();
  const fields = { ...written(form), ...more };
  await outbox.put({ key: id, id, kind, at: now(), fields, file, state: "waiting", why: "", place: form.dataset.place });
  await outbox.remove(draftOf(form));
  form.reset();
  await show();
  await tell("waiting");
  soon();
}

// A form has a field named id, which hides its own.
function draftOf(form) {
  return `draft ${form.getAttribute("id")}`;
}

async function draft(form) {
  const picture = form.querySelector("input[type=file]");
  const file = picture && picture.files[0] ? await small(picture.files[0]).catch(() => undefined) : undefined;
  const known = (await outbox.all()).find((part) => part.key === draftOf(form));
  const kept = { key: draftOf(form), id: uuid(), kind: "draft", at: now(), fields: written(form), state: "draft", why: "" };
  await outbox.put({ ...kept, file: file || (known && known.file) });
}

function catchPart(form) {
  form.addEventListener("input", (event) => {
    if (event.target.type !== "file") draft(form);
  });
  form.addEventListener("change", (event) => {
    if (event.target.type !== "file" || !event.target.files.length) return;
    // A photo is kept as soon as it is taken; a finding's waits for its words.
    if (form.dataset.part === "photo") keepPicture(form, event.target);
    else draft(form);
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    delete form.dataset.sent;
    if (form.dataset.part === "signature") return sign(form);
    const drafted = (await outbox.all()).find((part) => part.key === draftOf(form));
    const file = drafted && drafted.file;
    if (form.dataset.part === "opinion" && !(written(form).first && written(form).second)) return form.reportValidity();
    if (form.dataset.part === "finding" && !written(form).words.trim()) return form.reportValidity();
    await keep(form, file, file ? await spot() : {});
  });
}

async function keepPicture(form, field) {
  try {
    await keep(form, await small(field.files[0]), await spot());
  } catch (_error) {
    field.setCustomValidity(status.dataset.noPicture);
    field.reportValidity();
    field.addEventListener("click", () => field.setCustomValidity(""), { once: true });
    field.value = "";
  }
}

// --- the signature

let hand = null;

async function sign(form) {
  const missing = form.querySelector("[data-missing]");
  missing.hidden = hand.isDrawn;
  if (!hand.isDrawn || !form.reportValidity()) return;
  for (const part of await outbox.all()) if (part.kind === "signature") await outbox.remove(part.key);
  await keep(form, await hand.picture(), {});
  hand.clear();
}

// --- what is kept on this phone, in its lists

function time(part) {
  const language = document.documentElement.lang === "en" ? "en-GB" : "id-ID";
  const options = { timeZone: status.dataset.zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  return new Intl.DateTimeFormat(language, options).format(new Date(part.at));
}

async function line(part) {
  const entry = document.createElement("li");
  entry.dataset.part = part.id;
  entry.dataset.state = part.state;
  if (part.file && part.kind !== "signature") entry.append(await shown(part.file, time(part)));
  const words = document.createElement("span");
  words.textContent = [time(part), part.fields.words || part.fields.name || ""].filter(Boolean).join(" ");
  entry.append(words);
  if (part.state === "refused") {
    const why = document.createElement("small");
    why.textContent = part.why;
    const away = document.createElement("button");
    away.type = "button";
    away.className = "button small bad";
    away.textContent = status.dataset.remove;
    away.setAttribute("aria-label", `${status.dataset.remove} ${words.textContent}`);
    away.addEventListener("click", async () => {
      await outbox.remove(part.key);
      await show();
      await tell();
      soon();
    });
    words.append(why);
    entry.append(away);
  }
  return entry;
}

async function show() {
  const parts = (await outbox.all()).filter((part) => part.kind !== "draft");
  for (const list of page.querySelectorAll("[data-kept]")) {
    const [kind, place] = list.dataset.kept.split("-");
    const own = parts.filter((part) => part.kind === kind && String(part.place || "") === place);
    const unknown = own.filter((part) => !page.querySelector(`[data-known="${part.id}"]`));
    list.replaceChildren(...(await Promise.all(unknown.map(line))));
    const many = page.querySelector(`[data-many="${list.dataset.kept}"]`);
    const known = list.parentElement.querySelectorAll("[data-known]").length;
    if (many) many.textContent = String(known + unknown.length);
  }
}

async function restore() {
  for (const part of await outbox.all()) {
    // A fresh page has what the server has; a copy is older than what was sent since.
    if (part.state === "sent" && !isCopy && !isLocal) {
      await outbox.remove(part.key);
      continue;
    }
    const form =
      part.kind === "answers"
        ? page.querySelector(`[data-answers="${part.fields.place}"]`)
        : part.kind === "draft" && document.getElementById(part.key.slice("draft ".length));
    if (form) for (const [name, value] of Object.entries(part.fields)) set(form, name, value);
  }
}

// --- from here on

async function begin() {
  try {
    await outbox.all();
  } catch (_error) {
    // A browser that keeps nothing: the forms are sent by their buttons.
    status.textContent = status.dataset.broken;
    status.hidden = false;
    return;
  }
  for (const plain of page.querySelectorAll("[data-plain]")) plain.hidden = true;
  const drawn = page.querySelector("[data-hand]");
  drawn.hidden = false;
  hand = new Hand(drawn.querySelector("canvas"));
  drawn.querySelector("[data-clear]").addEventListener("click", () => hand.clear());
  await restore();
  for (const form of page.querySelectorAll("[data-answers]")) {
    count(form);
    listen(form);
  }
  for (const form of page.querySelectorAll("form[data-part]")) catchPart(form);
  await show();
  await tell();
  page.dataset.ready = "";
  addEventListener("online", send);
  document.addEventListener("visibilitychange", () => document.hidden || send());
  send();
  if (navigator.storage && navigator.storage.persist) navigator.storage.persist();
  if (isLocal || isCopy) return;
  if ("serviceWorker" in navigator) navigator.serviceWorker.register(status.dataset.worker).catch(() => {});
  await keepCopy(location.pathname);
  // From here on this page has all that the server has, and the phone's own page of it would lack that.
  await beginnings.amend(outbox.inspection, { kept: true });
}

begin();
