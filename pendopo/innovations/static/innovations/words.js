// Counts words while somebody writes, as the server counts them: whatever blanks part.
for (const area of document.querySelectorAll("textarea[data-most]")) {
  const line = document.getElementById(area.dataset.counter);
  const shown = line.querySelector("[data-words]");
  const most = Number(area.dataset.most);
  const count = () => {
    const words = (area.value.match(/\S+/g) ?? []).length;
    shown.textContent = String(words);
    line.classList.toggle("over", words > most);
    line.querySelector("[data-over]").hidden = words <= most;
  };
  area.addEventListener("input", count);
  count();
}
