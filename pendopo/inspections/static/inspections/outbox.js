// What an inspector fills in, kept on the phone first and sent when there is a network. A part stays until the
// inspection is signed; each has a number of its own, so that the server takes it once, however often it comes.
// An inspection that begins without a network is told to the server before its parts, by a number of its own too.

const NAME = "pendopo-inspections";
const PATIENCE = 30000; // ms that one part may take
const isCopy = "copy" in document.documentElement.dataset;
// The phone's clock may be wrong; a fresh page carries the server's.
const offset = isCopy ? Number(localStorage.getItem("pendopo-offset")) || 0 : Date.parse(document.body.dataset.now) - Date.now();
if (!isCopy) localStorage.setItem("pendopo-offset", String(offset));

export function now() {
  return new Date(Date.now() + offset).toISOString();
}

export function uuid() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

// For the service worker, which shows it when there is no network.
export async function keepCopy(path, patience = PATIENCE) {
  try {
    const answer = await fetch(path, { cache: "no-store", signal: AbortSignal.timeout(patience) });
    if (!answer.ok || answer.redirected) return false;
    await (await caches.open(`inspection ${path}`)).put(path, answer);
    return true;
  } catch (_error) {
    return false;
  }
}

function asked(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

let base = null;

function opened() {
  if (base) return base;
  const request = indexedDB.open(NAME, 2);
  request.onupgradeneeded = () => {
    const stores = request.result.objectStoreNames;
    if (!stores.contains("parts")) {
      const parts = request.result.createObjectStore("parts", { keyPath: ["inspection", "key"] });
      parts.createIndex("inspection", "inspection");
    }
    if (!stores.contains("beginnings")) request.result.createObjectStore("beginnings", { keyPath: "id" });
  };
  base = asked(request);
  return base;
}

// Written to the disk before it counts as done: a phone that dies the next moment has it.
async function written(store, change) {
  const transaction = (await opened()).transaction(store, "readwrite", { durability: "strict" });
  change(transaction.objectStore(store));
  await new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}

// Changes a row where it still is what the change expects: what was removed meanwhile does not come back.
function amended(store, key, change) {
  return written(store, (all) => {
    all.get(key).onsuccess = (event) => {
      const row = event.target.result && change(event.target.result);
      if (row) all.put(row);
    };
  });
}

// Does it once at a time. Who asks while it is done has it done again, if it did not get through.
export function oneAtATime(work) {
  let running = null;
  let isAskedAgain = false;
  const run = async () => {
    let outcome;
    do {
      isAskedAgain = false;
      outcome = await work();
    } while (isAskedAgain && outcome === "away");
    return outcome;
  };
  return () => {
    if (running) isAskedAgain = true;
    else running = run().finally(() => (running = null));
    return running;
  };
}

// Whether there is somebody to send to, and who is signed in: what is filled in by one is sent by nobody else.
async function knock(address, account, patience) {
  try {
    const signal = AbortSignal.timeout(patience);
    const answer = await fetch(address, { headers: { Accept: "application/json" }, cache: "no-store", signal });
    if (answer.redirected || answer.status === 403 || answer.status === 404) return { outcome: "signed-out" };
    if (!answer.ok) return { outcome: "away" };
    const door = await answer.json();
    return String(door.account) === account ? door : { outcome: "other" };
  } catch (_error) {
    return { outcome: "away" };
  }
}

async function posted(address, body, csrf, patience) {
  try {
    const answer = await fetch(address, {
      method: "POST",
      body,
      headers: { Accept: "application/json", "X-CSRFToken": csrf },
      signal: AbortSignal.timeout(patience),
    });
    if (answer.status >= 500 || answer.redirected) return null;
    const told = await answer.json().catch(() => ({}));
    return answer.ok || told.detail ? { ok: answer.ok, told } : null;
  } catch (_error) {
    return null;
  }
}

// The inspections that began on this phone, each until it is signed.
export class Beginnings {
  constructor(mall, address) {
    this.mall = mall;
    this.address = address;
  }

  put(beginning) {
    return written("beginnings", (all) => all.put({ ...beginning, mall: this.mall }));
  }

  amend(id, news) {
    return amended("beginnings", id, (beginning) => ({ ...beginning, ...news }));
  }

  remove(id) {
    return written("beginnings", (all) => all.delete(id));
  }

  async get(id) {
    return asked((await opened()).transaction("beginnings").objectStore("beginnings").get(id));
  }

  async all() {
    const found = await asked((await opened()).transaction("beginnings").objectStore("beginnings").getAll());
    return found.filter((each) => each.mall === this.mall).sort((one, other) => one.at.localeCompare(other.at));
  }

  // Tells the server that it began. Says how it went: begun, away, signed-out, other, refused, gone (another page took it).
  async tell(id, patience = PATIENCE) {
    const beginning = await this.get(id);
    if (!beginning) return "gone";
    if (beginning.parts) return "begun";
    const door = await knock(this.address, beginning.account, patience);
    if (door.outcome) return door.outcome;
    const body = new FormData();
    for (const name of ["id", "at", "checklist", "team"]) body.set(name, beginning[name]);
    if (beginning.away) body.set("away", "1");
    for (const site of beginning.sites) body.append("sites", site);
    body.set("others", beginning.others.join("\n"));
    const answer = await posted(this.address, body, door.csrf, patience);
    if (!answer) return "away";
    await this.amend(id, answer.ok ? { ...answer.told, why: "" } : { why: answer.told.detail });
    return answer.ok ? "begun" : "refused";
  }
}

export class Outbox {
  constructor(inspection, address, account, beginnings) {
    this.inspection = inspection;
    this.address = address;
    this.account = account;
    this.beginnings = beginnings;
    this.isSigned = false;
    // Sends what waits, one part after another. Says how it went: sent, away, signed-out, other, refused, signed,
    // gone.
    this.send = oneAtATime(() => this.sent());
  }

  put(part) {
    return written("parts", (parts) => parts.put({ ...part, inspection: this.inspection }));
  }

  remove(key) {
    return written("parts", (parts) => parts.delete([this.inspection, key]));
  }

  async clear() {
    const keys = (await this.all()).map((part) => part.key);
    await written("parts", (parts) => keys.forEach((key) => parts.delete([this.inspection, key])));
  }

  async all() {
    const parts = (await opened()).transaction("parts").objectStore("parts").index("inspection");
    const found = await asked(parts.getAll(this.inspection));
    return found.sort((one, other) => one.at.localeCompare(other.at));
  }

  async waiting() {
    const found = (await this.all()).filter((part) => part.state === "waiting" && part.kind !== "draft");
    // The signature ends it: it goes last.
    return found.sort((one, other) => (one.kind === "signature") - (other.kind === "signature"));
  }

  async sent() {
    if (!this.address) {
      const outcome = await this.beginnings.tell(this.inspection);
      if (outcome !== "begun") return outcome;
      this.address = (await this.beginnings.get(this.inspection)).parts;
    }
    const door = await knock(this.address, this.account, PATIENCE);
    if (door.outcome) return door.outcome;
    this.isSigned = door.is_signed;
    for (const part of await this.waiting()) {
      if (part.kind === "signature" && (await this.all()).some((other) => other.state === "refused")) return "refused";
      const outcome = await this.sendOne(part, door.csrf);
      if (outcome === "away") return "away";
      if (outcome === "signed") return "signed";
    }
    const left = await this.all();
    if (left.some((part) => part.state === "refused")) return "refused";
    return (await this.waiting()).length ? this.sent() : "sent";
  }

  async sendOne(part, csrf) {
    const body = new FormData();
    for (const [name, value] of Object.entries(part.fields)) body.append(name, value);
    body.set("kind", part.kind);
    body.set("id", part.id);
    body.set("at", part.at);
    if (part.file) body.set("file", part.file, part.file.type === "image/png" ? "gambar.png" : "gambar.jpg");
    const answer = await posted(this.address, body, csrf, PATIENCE);
    if (!answer) return "away";
    await this.noted(part, answer.ok ? { state: "sent", why: "" } : { state: "refused", why: answer.told.detail });
    return answer.ok && part.kind === "signature" ? "signed" : "done";
  }

  // What was changed while it was on its way waits on.
  noted(part, news) {
    return amended("parts", [this.inspection, part.key], (now) => now.id === part.id && { ...now, ...news });
  }
}
