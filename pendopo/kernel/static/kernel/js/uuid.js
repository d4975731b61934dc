// A form is sent once. Its hidden `id` lets the server know a repetition: the same until an answer came, then a new one.

function uuid() {
  // randomUUID is missing where a hall's PC is called by plain HTTP.
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

const IDS = 'form[method="post"] input[type="hidden"][name="id"]';

function fill(root) {
  for (const field of root.querySelectorAll(IDS)) if (!field.value) field.value = uuid();
}

function release(form) {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("[aria-busy]")) {
    button.removeAttribute("aria-busy");
    button.disabled = false;
  }
}

document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (form.dataset.sent) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    form.dataset.sent = "1";
    // After this event: a disabled button would not be sent along.
    setTimeout(() => {
      if (!form.dataset.sent) return;
      for (const button of form.querySelectorAll("button")) {
        if (button.disabled) continue;
        button.setAttribute("aria-busy", "true");
        button.disabled = true;
      }
    });
    // No answer: it may be sent again, with the same id.
    setTimeout(() => release(form), 8000);
  },
  true,
);

document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest && event.target.closest("form");
  if (!form) return;
  const field = form.querySelector('input[type="hidden"][name="id"]');
  if (field && event.detail.successful) field.value = uuid();
  release(form);
});
// A script that sends a form by itself tells when it may be sent again.
document.addEventListener("answered", (event) => release(event.target), true);
document.addEventListener("htmx:load", (event) => fill(event.target.parentElement || document));

// Whoever comes back to a form wants another act, be it kept in memory or read from the cache.
addEventListener("pageshow", (event) => {
  document.querySelectorAll("form[data-sent]").forEach(release);
  const navigation = performance.getEntriesByType("navigation")[0];
  if (!event.persisted && !(navigation && navigation.type === "back_forward")) return;
  for (const field of document.querySelectorAll(IDS)) field.value = uuid();
});

fill(document);
