// Shows the code at the door and fetches the next one in time. A code that is too old for the server is not shown.
// Written for the browsers of old TVs: no optional chaining.

const AGAIN = 10000; // ms, after a fetch that failed
const VALID = 60000; // ms for which the server takes a code after its own time

function show(place) {
  let gone = 0;

  function forget() {
    place.hidden = true;
  }

  function next(wait) {
    setTimeout(ask, wait);
  }

  async function ask() {
    try {
      const answer = await fetch(place.dataset.doorCode, { cache: "no-store", credentials: "same-origin" });
      if (answer.status === 204) {
        // Nobody must report now; the manager may decide otherwise.
        forget();
        next(60000);
        return;
      }
      if (!answer.ok) throw new Error(String(answer.status));
      const told = await answer.json();
      place.querySelector("b").textContent = `${told.code.slice(0, 3)} ${told.code.slice(3)}`;
      place.hidden = false;
      clearTimeout(gone);
      gone = setTimeout(forget, told.seconds * 1000 + VALID);
      next(told.seconds * 1000 + 500);
    } catch (_error) {
      next(AGAIN);
    }
  }

  ask();
}

document.querySelectorAll("[data-door-code]").forEach(show);
