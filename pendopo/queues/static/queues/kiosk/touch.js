// A finger that slips a little, or rests too long, still touched what it first met; further away it touched nothing.

const TOLERANCE = 48; // CSS pixels between down and up
const TOUCHED = "a[href], button, label, summary";

let begun = null;
let latest = null;

addEventListener(
  "pointerdown",
  (event) => {
    const target = event.isPrimary && event.target.closest ? event.target.closest(TOUCHED) : null;
    begun = target && { target, x: event.clientX, y: event.clientY, isClicked: false };
    latest = begun;
  },
  { passive: true, capture: true },
);

addEventListener(
  "pointerup",
  (event) => {
    const start = begun;
    begun = null;
    if (!start || !event.isPrimary) return;
    if (Math.hypot(event.clientX - start.x, event.clientY - start.y) > TOLERANCE) return;
    // The browser's own click comes right after this event, if it comes; after a slip it meets what holds both places.
    setTimeout(() => {
      if (!start.isClicked && start.target.isConnected) start.target.click();
    }, 50);
  },
  { passive: true, capture: true },
);

addEventListener("pointercancel", () => (begun = null), { passive: true, capture: true });
addEventListener(
  "click",
  (event) => {
    if (latest && latest.target.contains(event.target)) latest.isClicked = true;
  },
  true,
);
for (const name of ["contextmenu", "dragstart"]) addEventListener(name, (event) => event.preventDefault(), true);
