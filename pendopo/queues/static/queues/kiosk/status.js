// A closing began or ended: what is said of agencies and services is fetched anew; what somebody fills in stays.

const SPREAD = 500; // ms: several kiosks need not ask in the same moment
const parts = document.querySelectorAll("[data-status]");
let due = 0;
let asked = 0;

async function renew() {
  const turn = (asked += 1);
  try {
    const answer = await fetch(document.body.dataset.again || location.href, { cache: "no-store", credentials: "same-origin" });
    if (!answer.ok || turn !== asked) return;
    const fetched = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of parts) {
      const found = fetched.getElementById(part.id);
      if (found) part.replaceChildren(...[...found.childNodes].map((node) => document.adoptNode(node)));
    }
  } catch (_error) {
    // The watchdog begins anew when the server is back.
  }
}

document.addEventListener("live:status", () => {
  clearTimeout(due);
  due = setTimeout(renew, Math.random() * SPREAD);
});
