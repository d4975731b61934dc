// The box in which whoever takes a product signs; its picture goes with the form.
// By the name that carries its content: an old file never meets a new one.
const { Hand } = await import(document.querySelector("[data-module=hand]").href);

const form = document.querySelector("form[data-signing]");
const box = form.querySelector("[data-hand]");
const hand = new Hand(box.querySelector("canvas"));
const isDrawn = () => form.elements.signed.value === "drawn";

const show = () => (box.hidden = !isDrawn());
form.addEventListener("change", show);
box.querySelector("[data-clear]").addEventListener("click", () => hand.clear());
form.addEventListener("submit", () => {
  form.elements.drawn.value = isDrawn() && hand.isDrawn ? hand.canvas.toDataURL("image/png") : "";
});
show();
