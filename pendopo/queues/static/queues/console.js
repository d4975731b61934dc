// Somebody came or went: the waiting list is fetched anew, the rest of the desk stays as it is under the hands.

const desk = document.querySelector("[data-console]");

for (const name of ["live:snapshot", "live:delta"]) {
  desk.addEventListener(name, () => {
    if (window.htmx) window.htmx.trigger(document.body, "arrived");
  });
}

// Escape steps back out of the choice of an outcome.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = [...document.querySelectorAll("#desk .outcome-choice[open], #desk .outcome-choice details[open]")].pop();
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});
