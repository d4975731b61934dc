// A signature drawn by finger, pen or mouse.

export class Hand {
  constructor(canvas) {
    this.canvas = canvas;
    this.ink = canvas.getContext("2d");
    this.clear();
    canvas.addEventListener("pointerdown", (event) => this.begin(event));
    canvas.addEventListener("pointermove", (event) => this.draw(event));
    for (const name of ["pointerup", "pointercancel"]) canvas.addEventListener(name, () => (this.last = null));
  }

  clear() {
    this.ink.fillStyle = "#fff";
    this.ink.fillRect(0, 0, this.canvas.width, this.canvas.height);
    this.ink.strokeStyle = "#041225";
    this.ink.lineWidth = 4;
    this.ink.lineCap = this.ink.lineJoin = "round";
    this.last = null;
    this.length = 0;
  }

  at(event) {
    const box = this.canvas.getBoundingClientRect();
    const scale = this.canvas.width / box.width;
    return { x: (event.clientX - box.left) * scale, y: (event.clientY - box.top) * scale };
  }

  begin(event) {
    event.preventDefault();
    this.canvas.setPointerCapture(event.pointerId);
    this.last = this.at(event);
  }

  draw(event) {
    if (!this.last) return;
    const next = this.at(event);
    this.ink.beginPath();
    this.ink.moveTo(this.last.x, this.last.y);
    this.ink.lineTo(next.x, next.y);
    this.ink.stroke();
    this.length += Math.hypot(next.x - this.last.x, next.y - this.last.y);
    this.last = next;
  }

  // A slip of the finger is no signature.
  get isDrawn() {
    return this.length > 60;
  }

  picture() {
    return new Promise((resolve) => this.canvas.toBlob(resolve, "image/png"));
  }
}
