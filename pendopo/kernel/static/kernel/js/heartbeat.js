// A kiosk or board tells each half minute that it is alive; a page that is no device has nothing to tell.

const EVERY = 30000; // ms

function beat(form) {
  fetch(form.action, { method: "POST", body: new FormData(form), credentials: "same-origin" }).catch(() => {});
}

for (const form of document.querySelectorAll("form[data-heartbeat]")) {
  beat(form);
  setInterval(() => beat(form), EVERY);
}
