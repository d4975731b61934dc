// Follows the ticket: how many are ahead is written at once, a move fetches the ticket anew.

const page = document.querySelector("[data-ticket]");

function follow(place) {
  const card = document.getElementById("ticket");
  if (!card || typeof place.state !== "string") return;
  const counter = place.counter ? String(place.counter) : "";
  const known = card.dataset.counter.replace(/\D+/g, "");
  const ahead = card.querySelector("[data-ahead]");
  const moved = place.state !== card.dataset.state || (counter && counter !== known);
  if (moved || (ahead && place.ahead === 0)) {
    if (window.htmx) window.htmx.trigger(card, "moved");
    else location.reload();
    if (place.state === "called" && navigator.vibrate) navigator.vibrate([300, 150, 300]);
  } else if (ahead && Number.isInteger(place.ahead)) {
    const text = ahead.dataset.ahead.replace("{n}", String(place.ahead));
    if (ahead.textContent !== text) ahead.textContent = text;
  }
}

if (page) for (const name of ["live:snapshot", "live:delta"]) page.addEventListener(name, (event) => follow(event.detail));
document.addEventListener("htmx:afterSettle", () => {
  const number = document.querySelector(".ticket-number");
  const step = document.querySelector(".next-step b");
  if (number && step) document.title = `${number.textContent.trim()} · ${step.textContent.trim()}`;
});
