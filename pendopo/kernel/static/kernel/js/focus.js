// After an answer the summary of errors, or whatever asks for it, takes the focus.

function focus(root) {
  const wanted = root.querySelector("[data-take-focus]");
  if (wanted) wanted.focus();
}

focus(document);
document.addEventListener("htmx:afterSettle", (event) => focus(event.target.parentElement || document));

// Printing without script in the page.
document.addEventListener("click", (event) => {
  if (event.target.closest && event.target.closest("[data-print]")) window.print();
});
