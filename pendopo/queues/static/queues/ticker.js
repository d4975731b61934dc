// The line below a board: one sentence at a time, fetched anew each minute and when a closing begins or ends. A line that cannot be fetched stays.

const ticker = document.querySelector("[data-ticker]");
const TURN = 8000; // ms that each sentence stands
const EVERY = 60000; // ms
let place = 0;

function turn() {
  const lines = ticker.querySelectorAll("span");
  lines.forEach((line, number) => {
    line.hidden = number !== place % lines.length;
  });
  place += 1;
}

function renew() {
  fetch(location.href, { headers: { "HX-Request": "true" }, credentials: "same-origin" })
    .then((response) => (response.ok ? response.text() : Promise.reject(response)))
    .then((text) => {
      const fetched = new DOMParser().parseFromString(text, "text/html").querySelector("[data-ticker]");
      if (!fetched || !fetched.children.length) return;
      ticker.innerHTML = "";
      for (const line of [...fetched.children]) ticker.appendChild(line);
      turn();
    })
    .catch(() => {});
}

turn();
setInterval(turn, TURN);
setInterval(renew, EVERY);
document.addEventListener("live:status", renew);
