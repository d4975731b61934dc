// tus 1.0.0, the client: creation, pieces, and going on after a broken connection or a closed page.

const VERSION = { "Tus-Resumable": "1.0.0" };
// On a slow line a piece takes seconds; what is lost with a broken connection is never more than one.
const PIECE = 256 * 1024;
const TRIES = 8;

function base64(text) {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

export class Refused extends Error {
  constructor(words) {
    super("refused");
    this.words = words;
  }
}

export class Tus {
  // `mark` recognises the same file after a reload: its size and its time, never its name.
  constructor(address, token, mark) {
    this.address = address;
    this.token = token;
    this.key = `pendopo-upload ${address} ${mark}`;
    this.onProgress = this.onWaiting = this.onSending = () => {};
  }

  async send(file, told) {
    let place = localStorage.getItem(this.key);
    let offset = place ? await this.offset(place) : null;
    for (let tries = 0; ; ) {
      try {
        if (offset === null) {
          place = await this.create(file, told);
          offset = 0;
          localStorage.setItem(this.key, place);
        }
        while (offset < file.size) {
          offset = await this.piece(place, file, offset);
          tries = 0;
          this.onSending();
          this.onProgress(offset / file.size);
        }
        localStorage.removeItem(this.key);
        return;
      } catch (error) {
        if (error instanceof Refused || ++tries > TRIES) throw error;
        this.onWaiting();
        await new Promise((resolve) => setTimeout(resolve, Math.min(30000, 500 * 2 ** tries)));
        if (place) offset = await this.offset(place).catch(() => offset);
      }
    }
  }

  async create(file, told) {
    const metadata = Object.entries(told).map(([name, value]) => `${name} ${base64(value)}`);
    const headers = { "Upload-Length": String(file.size), "Upload-Metadata": metadata.join(",") };
    const response = await this.ask(this.address, "POST", headers);
    return response.headers.get("Location");
  }

  // Where to go on; null when the server knows nothing of it any more.
  async offset(place) {
    try {
      const response = await this.ask(place, "HEAD", {});
      return Number(response.headers.get("Upload-Offset"));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      localStorage.removeItem(this.key);
      return null;
    }
  }

  async piece(place, file, offset) {
    const body = file.slice(offset, offset + PIECE);
    const headers = { "Upload-Offset": String(offset), "Content-Type": "application/offset+octet-stream" };
    const response = await this.ask(place, "PATCH", headers, body);
    return Number(response.headers.get("Upload-Offset"));
  }

  async ask(place, method, headers, body) {
    const all = { ...VERSION, "X-CSRFToken": this.token, Accept: "text/plain", ...headers };
    const response = await fetch(place, { method, headers: all, body, redirect: "manual" });
    if (response.ok) return response;
    // 409: another piece is on its way; 5xx: the server is busy. Both pass.
    if (response.status === 409 && method === "PATCH") throw new Error("again");
    if (response.status >= 500 || response.status === 429) throw new Error("later");
    // Signed out meanwhile, the answer leads elsewhere and says nothing here.
    throw new Refused(method === "HEAD" || response.type === "opaqueredirect" ? "" : await response.text());
  }
}
