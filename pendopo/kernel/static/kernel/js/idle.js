// A kiosk goes back to its first page when nobody touches it, and never to a browser's error page: it asks first.

const home = document.body.dataset.home;
const seconds = Number(document.body.dataset.idle) || 30;
const atHome = home === location.pathname;
let timer = 0;

function wait(time) {
  clearTimeout(timer);
  timer = setTimeout(leave, time * 1000);
}

async function leave() {
  // Somebody waits for the answer to what they pressed.
  if ("unanswered" in document.body.dataset) return wait(5);
  scrollTo(0, 0);
  try {
    const answer = await fetch(home, { cache: "no-store", credentials: "same-origin" });
    if (answer.ok) {
      location.replace(home);
      return;
    }
  } catch (_error) {
    // The server is away: what is on the screen stays.
  }
  wait(5);
}

if (home) {
  // The first page renews itself too, rarely: its figures grow old.
  const patience = atHome ? seconds * 10 : seconds;
  for (const name of ["pointerdown", "keydown", "scroll"]) addEventListener(name, () => wait(patience), { passive: true });
  wait(patience);
}
