// The form works without this. With it a photo is made small here, and what is still large goes in pieces that resume.

import { Tus } from "./tus.js";

const LARGEST = 2048;
const QUALITY = 0.85;
// A small file goes with the form: one request, nothing to resume.
const SMALL = 1024 * 1024;

async function shrunk(file) {
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, LARGEST / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const pen = canvas.getContext("2d");
  pen.fillStyle = "white";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
  if (!blob) throw new Error("no picture");
  return new File([blob], file.name.replace(/\.[^.]*$/, "") + ".jpg", { type: "image/jpeg" });
}

async function prepared(file) {
  if (!file.type.startsWith("image/") || file.type === "image/svg+xml") return file;
  try {
    const small = await shrunk(file);
    return small.size < file.size || file.type !== "image/jpeg" ? small : file;
  } catch {
    // What this browser cannot draw the server judges.
    return file;
  }
}

function start(form) {
  const field = form.querySelector('input[type="file"]');
  const box = form.querySelector("[data-progress]");
  const bar = form.querySelector("progress");
  const told = form.querySelector("[data-told]");
  const words = form.querySelector("[data-words]").dataset;
  const button = form.querySelector('button[type="submit"]');

  function say(text) {
    box.hidden = false;
    told.textContent = text;
  }

  async function send(file) {
    say(words.shrinking);
    const small = await prepared(file);
    if (small.size <= SMALL) {
      const chosen = new DataTransfer();
      chosen.items.add(small);
      field.files = chosen.files;
      form.submit();
      return;
    }
    say(words.sending);
    const about = { purpose: form.elements.purpose.value, filename: small.name };
    const tus = new Tus(form.dataset.upload, form.elements.csrfmiddlewaretoken.value, `${file.size}-${file.lastModified}`);
    tus.onProgress = (part) => (bar.value = Math.round(100 * part));
    tus.onWaiting = () => say(words.waiting);
    tus.onSending = () => say(words.sending);
    await tus.send(small, about);
    location.assign(location.pathname);
  }

  form.addEventListener("submit", (event) => {
    const file = field.files[0];
    // Without a file or a purpose the server says what is missing, as without this script.
    if (!file || !form.elements.purpose.value) return;
    event.preventDefault();
    send(file).catch((error) => {
      say(error.words || words.failed);
      form.dispatchEvent(new Event("answered"));
    });
  });
}

document.querySelectorAll("form[data-upload]").forEach(start);
