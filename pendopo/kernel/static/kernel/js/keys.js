// A key presses the element that names it: <button data-key="F2">. Innermost open <details> first, so that the same
// digit can mean an outcome and, one step deeper, a reason.

const FUNCTION_KEY = /^F([1-9]|1[0-2])$/;
const TYPING = "input:not([type=radio]):not([type=checkbox]):not([type=hidden]), textarea, select, [contenteditable]";

function depth(element) {
  let count = 0;
  for (let up = element.closest("details[open]"); up; up = up.parentElement.closest("details[open]")) count += 1;
  return count;
}

function shown(element) {
  if (element.disabled || !element.getClientRects().length) return false;
  const closed = element.closest("details:not([open])");
  return !closed || element.parentElement === closed;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || event.isComposing) return;
  const isFunction = FUNCTION_KEY.test(event.key);
  if (!isFunction && event.target.closest && event.target.closest(TYPING)) return;
  if (document.querySelector("dialog[open]")) return;
  const named = [...document.querySelectorAll(`[data-key="${CSS.escape(event.key)}"]`)];
  if (!named.length) return;
  event.preventDefault(); // F3 searches and F6 jumps elsewhere, otherwise, even when the button is not for now
  const found = named.filter(shown).sort((one, other) => depth(other) - depth(one))[0];
  if (!found || event.repeat) return;
  found.focus();
  found.click();
});
