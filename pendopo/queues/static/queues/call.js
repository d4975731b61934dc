// Sound, vibration and a wakeful screen for whoever waits. Browsers give sound only after a touch: the button is
// that. Listens to `ticket:near`, `ticket:called` and `ticket:quiet` of the document.

const button = document.querySelector("[data-sound]");
const REMEMBERED = "pendopo sound";
const TIMES = 5; // that a call sounds, until somebody touches the page
let context = null;
let lock = null;
let repeating = 0;

function beep(tones) {
  if (!context || context.state !== "running") return;
  let at = context.currentTime + 0.02;
  for (const [hertz, seconds] of tones) {
    const tone = context.createOscillator();
    const volume = context.createGain();
    tone.frequency.value = hertz;
    // Without a slope a tone begins and ends with a crack.
    volume.gain.setValueAtTime(0.0001, at);
    volume.gain.exponentialRampToValueAtTime(0.5, at + 0.02);
    volume.gain.setValueAtTime(0.5, at + seconds - 0.03);
    volume.gain.exponentialRampToValueAtTime(0.0001, at + seconds);
    tone.connect(volume).connect(context.destination);
    tone.start(at);
    tone.stop(at + seconds);
    at += seconds + 0.05;
  }
}

const NEAR = [[660, 0.18], [660, 0.18]];
const CALLED = [[660, 0.2], [880, 0.2], [1100, 0.45]];

function vibrate(pattern) {
  if (navigator.vibrate) navigator.vibrate(pattern);
}

async function stayAwake() {
  if (!("wakeLock" in navigator) || document.hidden) return;
  try {
    lock = await navigator.wakeLock.request("screen");
  } catch (_error) {
    // Refused to save the battery: the sound is enough.
  }
}

async function switchTo(on) {
  if (on) {
    context = context || new (window.AudioContext || window.webkitAudioContext)();
    await context.resume();
    stayAwake();
    beep(NEAR.slice(0, 1));
  } else if (context) {
    await context.suspend();
    if (lock) lock.release();
  }
  button.setAttribute("aria-pressed", String(on));
  button.querySelector("span").textContent = on ? button.dataset.on : button.dataset.off;
  try {
    localStorage.setItem(REMEMBERED, on ? "1" : "");
  } catch (_error) {
    // Private windows may keep nothing.
  }
}

function quiet() {
  clearInterval(repeating);
}

document.addEventListener("ticket:quiet", quiet);
document.addEventListener("ticket:near", () => {
  beep(NEAR);
  vibrate([200, 100, 200]);
});
document.addEventListener("ticket:called", () => {
  quiet();
  let left = TIMES;
  const tell = () => {
    beep(CALLED);
    vibrate([400, 150, 400, 150, 800]);
    left -= 1;
    if (!left) quiet();
  };
  tell();
  repeating = setInterval(tell, 4000);
});
for (const name of ["pointerdown", "keydown"]) addEventListener(name, quiet);

if (button && (window.AudioContext || window.webkitAudioContext)) {
  button.hidden = false;
  button.addEventListener("click", () => switchTo(button.getAttribute("aria-pressed") !== "true"));
  document.addEventListener("visibilitychange", () => {
    if (button.getAttribute("aria-pressed") === "true") stayAwake();
  });
  let remembered = "";
  try {
    remembered = localStorage.getItem(REMEMBERED) || "";
  } catch (_error) {
    // Nothing is remembered.
  }
  // Asked for before: the next touch of the page, whatever it is, switches it on again.
  if (remembered) {
    addEventListener("pointerdown", (event) => {
      if (!event.target.closest("[data-sound]") && button.getAttribute("aria-pressed") !== "true") switchTo(true);
    }, { once: true });
  }
}
