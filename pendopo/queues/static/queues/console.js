// Somebody came or went: the lists are fetched anew, the rest of the desk stays as it is under the hands.

const desk = document.querySelector("[data-console]");

for (const name of ["live:snapshot", "live:delta"]) {
  desk.addEventListener(name, () => {
    if (window.htmx) window.htmx.trigger(document.body, "arrived");
  });
}

const TYPING = "input:not([type=radio]):not([type=checkbox]), textarea, select";

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    // Steps back out of a choice.
    const open = [...document.querySelectorAll("#desk .choice-menu[open], #desk .choice-menu details[open]")].pop();
    if (!open) return;
    open.open = false;
    open.querySelector("summary").focus();
  } else if (event.key === "F2" && !document.querySelector('[data-key="F2"]')) {
    // One person at a time: say how to finish with whoever is here.
    const words = document.querySelector("[data-finish-first]");
    if (!words) return;
    event.preventDefault();
    words.hidden = false;
    words.focus();
  } else if (event.key === "?" && !event.target.closest(TYPING)) {
    const help = document.getElementById("shortcuts");
    help.open = true;
    help.querySelector("summary").focus();
  }
});

// A choice that begins with words takes the keyboard at once.
document.addEventListener(
  "toggle",
  (event) => {
    const first = event.target.open && event.target.querySelector("[data-first]");
    if (first) first.focus();
  },
  true,
);

// The strip stands beside the agency's own system, in a window of its own.
document.addEventListener("click", (event) => {
  const link = event.target.closest && event.target.closest("[data-strip]");
  if (!link) return;
  const opened = window.open(link.href, "pendopo-strip", `popup,width=360,height=${screen.availHeight},left=0,top=0`);
  if (opened) event.preventDefault();
});
