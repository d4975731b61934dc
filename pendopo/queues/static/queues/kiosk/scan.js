// A USB scanner is a keyboard that types fast and ends with Enter. What it typed is the address or key of a ticket.

const PAUSE = 200; // ms between two keys after which it is another code
const SHORTEST = 8;

const form = document.querySelector("form[data-scan]");
let typed = "";
let last = 0;

addEventListener(
  "keydown",
  (event) => {
    if (!form || event.ctrlKey || event.altKey || event.metaKey) return;
    const now = Date.now();
    if (now - last > PAUSE) typed = "";
    last = now;
    if (event.key.length === 1) {
      typed += event.key;
    } else if (event.key === "Enter" && typed.length >= SHORTEST) {
      // Else the button that has the focus would be pressed.
      event.preventDefault();
      form.elements.code.value = typed.trim();
      typed = "";
      form.requestSubmit();
    }
  },
  true,
);
