// What htmx could not bring is said in words; an answer without the wanted part (signed out, gone) loads the page anew.

const failure = document.getElementById("failure");
let timer = 0;

function say(text) {
  failure.textContent = text;
  failure.hidden = false;
  clearTimeout(timer);
  timer = setTimeout(() => (failure.hidden = true), 12000);
}

function parsed(event) {
  return new DOMParser().parseFromString(event.detail.xhr.responseText || "", "text/html");
}

document.addEventListener("htmx:beforeSwap", (event) => {
  const holder = event.detail.requestConfig.elt.closest("[hx-select]"); // whoever asked, not whoever is replaced
  if (!event.detail.shouldSwap || event.detail.xhr.status === 204 || !holder) return;
  if (!parsed(event).querySelector(holder.getAttribute("hx-select"))) {
    event.detail.shouldSwap = false;
    location.reload();
  }
});

document.addEventListener("htmx:responseError", (event) => {
  const page = parsed(event);
  const words = page.querySelector("main .note") || page.querySelector("main h1");
  say(words ? words.textContent.trim() : failure.dataset.unreachable);
});

document.addEventListener("htmx:sendError", () => say(failure.dataset.unreachable));
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful && event.detail.requestConfig.verb === "get") failure.hidden = true;
});
