// What an inspector fills in, kept on the phone first and sent when there is a network. A part stays until the
// inspection is signed; each has a number of its own, so that the server takes it once, however often it comes.

const NAME = "pendopo-inspections";
const PATIENCE = 30000; // ms that one part may take

function asked(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function opened() {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => {
    const parts = request.result.createObjectStore("parts", { keyPath: ["inspection", "key"] });
    parts.createIndex("inspection", "inspection");
  };
  return asked(request);
}

export class Outbox {
  constructor(inspection, address) {
    this.inspection = inspection;
    this.address = address;
    this.base = opened();
    this.running = null;
  }

  // Written to the disk before it counts as done: a phone that dies the next moment has it.
  async written(change) {
    const transaction = (await this.base).transaction("parts", "readwrite", { durability: "strict" });
    change(transaction.objectStore("parts"));
    await new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  }

  put(part) {
    return this.written((parts) => parts.put({ ...part, inspection: this.inspection }));
  }

  remove(key) {
    return this.written((parts) => parts.delete([this.inspection, key]));
  }

  async clear() {
    const keys = (await this.all()).map((part) => part.key);
    await this.written((parts) => keys.forEach((key) => parts.delete([this.inspection, key])));
  }

  async all() {
    const parts = (await this.base).transaction("parts").objectStore("parts").index("inspection");
    const found = await asked(parts.getAll(this.inspection));
    return found.sort((one, other) => one.at.localeCompare(other.at));
  }

  async waiting() {
    const found = (await this.all()).filter((part) => part.state === "waiting" && part.kind !== "draft");
    // The signature ends it: it goes last.
    return found.sort((one, other) => (one.kind === "signature") - (other.kind === "signature"));
  }

  // Sends what waits, one part after another. Says how it went: sent, away, signed-out, refused, signed.
  send() {
    this.running = this.running || this.sent().finally(() => (this.running = null));
    return this.running;
  }

  async sent() {
    let door;
    try {
      const answer = await fetch(this.address, { headers: { Accept: "application/json" }, cache: "no-store" });
      if (answer.redirected || answer.status === 403 || answer.status === 404) return "signed-out";
      if (!answer.ok) return "away";
      door = await answer.json();
    } catch (_error) {
      return "away";
    }
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
    let answer;
    try {
      answer = await fetch(this.address, {
        method: "POST",
        body,
        headers: { Accept: "application/json", "X-CSRFToken": csrf },
        signal: AbortSignal.timeout(PATIENCE),
      });
    } catch (_error) {
      return "away";
    }
    if (answer.status >= 500 || answer.redirected) return "away";
    const told = await answer.json().catch(() => ({}));
    if (!answer.ok && !told.detail) return "away";
    await this.noted(part, answer.ok ? { state: "sent", why: "" } : { state: "refused", why: told.detail });
    return answer.ok && part.kind === "signature" ? "signed" : "done";
  }

  // What was changed while it was on its way waits on.
  async noted(part, news) {
    const now = (await this.all()).find((other) => other.key === part.key);
    if (now && now.id === part.id) await this.put({ ...now, ...news });
  }
}
