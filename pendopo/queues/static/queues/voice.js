// The voice of a zone: a chime, then the sentence twice, one call after the other in the order of their numbers.
// What is still to be said is the server's to tell: so nothing is said twice, and a page that is loaded anew goes on.
// A call older than a minute is not said any more. Written for the browsers of old TVs: no optional chaining.
//
// Tells of itself by `voice:spoken` on the board ({seq, clips, began, ended}) and by data-spoken, the numbers said.

const board = document.querySelector("[data-board]");
const form = document.querySelector("form[data-speech]");
const button = document.querySelector("[data-voice-on]");
const NEWS = 60; // seconds after which a call is not said any more
const EVERY = 10000; // ms between two looks, should nothing be heard from `live`
const REST = 0.6; // seconds of silence between two sentences, and between two calls
const KEPT = 300; // decoded clips

const Audio = window.AudioContext || window.webkitAudioContext;
const context = Audio ? new Audio() : null;
const sounds = new Map();
const known = new Set(); // numbers that are waiting, being said, or said
let waiting = [];
let unsaid = []; // said, but the server does not know yet
let urls = {};
let speaking = false;
let asking = false;
let again = false;

// What is to be said

function look() {
  if (asking) {
    again = true;
    return;
  }
  asking = true;
  tell()
    .then(() => fetch(form.action + location.search, { credentials: "same-origin" }))
    .then((response) => (response.ok ? response.json() : Promise.reject(response)))
    .then(take)
    .catch(() => {})
    .then(() => {
      asking = false;
      if (again) {
        again = false;
        look();
      }
    });
}

function take(answer) {
  Object.assign(urls, answer.urls);
  for (const call of answer.calls) {
    if (known.has(call.seq)) continue;
    known.add(call.seq);
    waiting.push({ seq: call.seq, clips: call.clips, until: performance.now() + (NEWS - call.age) * 1000 });
    if (context) for (const clip of call.clips) if (urls[clip]) load(urls[clip]).catch(() => {});
  }
  waiting.sort((one, other) => one.seq - other.seq);
  next();
}

function tell() {
  const seq = unsaid[0];
  if (seq === undefined) return Promise.resolve();
  const body = new FormData(form);
  body.set("seq", String(seq));
  return fetch(form.action, { method: "POST", body, credentials: "same-origin" }).then((response) => {
    // A refusal will not turn into a yes; a server that is away may come back.
    if (response.status >= 500) return Promise.reject(response);
    unsaid.shift();
    return tell();
  });
}

// Saying it

function next() {
  if (speaking || !context || context.state !== "running") return;
  waiting = waiting.filter((call) => call.until > performance.now());
  const call = waiting.shift();
  if (!call) return;
  speaking = true;
  const began = performance.now();
  say(call).then((clips) => {
    const ended = performance.now();
    board.dataset.spoken = ((board.dataset.spoken || "") + " " + call.seq).trim();
    board.dispatchEvent(new CustomEvent("voice:spoken", { bubbles: true, detail: { seq: call.seq, clips, began, ended } }));
    unsaid.push(call.seq);
    look();
    setTimeout(() => {
      speaking = false;
      next();
    }, REST * 1000);
  });
}

function say(call) {
  const spoken = call.clips.slice(1);
  const all = call.clips.map((clip) => {
    if (urls[clip]) return load(urls[clip]).catch(() => null);
    return Promise.resolve(null);
  });
  return Promise.all(all).then((buffers) => {
    const words = buffers.slice(1);
    // Half a sentence would send people to the wrong counter: then the chime alone, and the board flashes.
    const whole = words.every((buffer) => buffer !== null);
    let end = buffers[0] ? play(buffers[0], context.currentTime) : ring(context.currentTime);
    if (whole) {
      words.forEach((buffer, place) => {
        const begins = place === 0 || spoken[place].endsWith("/nomor_antrean");
        end = play(buffer, end + (place > 0 && begins ? REST : 0));
      });
    }
    return until(end).then(() => (whole ? call.clips : call.clips.slice(0, 1)));
  });
}

function play(buffer, at) {
  const source = context.createBufferSource();
  source.buffer = buffer;
  source.connect(context.destination);
  source.start(at);
  return at + buffer.duration;
}

// Two falling tones, where the mall has no chime of its own.
function ring(at) {
  [[880, 0], [659, 0.35]].forEach(([pitch, late]) => {
    const tone = context.createOscillator();
    const loud = context.createGain();
    tone.frequency.value = pitch;
    loud.gain.setValueAtTime(0.0001, at + late);
    loud.gain.exponentialRampToValueAtTime(0.5, at + late + 0.02);
    loud.gain.exponentialRampToValueAtTime(0.0001, at + late + 0.8);
    tone.connect(loud);
    loud.connect(context.destination);
    tone.start(at + late);
    tone.stop(at + late + 0.8);
  });
  return at + 1.2;
}

// The context's own clock, for it is what plays; should it stand still, the voice must not stand still with it.
function until(end) {
  const patience = performance.now() + (end - context.currentTime) * 1000 + 3000;
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      if (context.currentTime < end && performance.now() < patience) return;
      clearInterval(timer);
      resolve();
    }, 50);
  });
}

function load(url) {
  if (!sounds.has(url)) {
    if (sounds.size >= KEPT) sounds.clear();
    const loaded = fetch(url, { credentials: "same-origin" })
      .then((response) => (response.status === 200 ? response.arrayBuffer() : Promise.reject(response)))
      // Old browsers know only the form with callbacks.
      .then((bytes) => new Promise((resolve, reject) => context.decodeAudioData(bytes, resolve, reject)));
    sounds.set(url, loaded);
    loaded.catch(() => sounds.delete(url));
  }
  return sounds.get(url);
}

// Browsers play nothing before somebody pressed something.

function show() {
  const running = context !== null && context.state === "running";
  button.hidden = running;
  board.dataset.voice = running ? "on" : "off";
  if (running) next();
}

function begin() {
  if (context) {
    context.onstatechange = show;
    for (const kind of ["click", "keydown"]) {
      document.addEventListener(kind, () => {
        if (context.state !== "running") context.resume().then(show, () => {});
      });
    }
    setTimeout(show, 500);
  }
  for (const name of ["live:snapshot", "live:delta"]) board.addEventListener(name, look);
  look();
  setInterval(look, EVERY);
}

// Two tabs of one device speak like one: the second waits until the first is closed.
if (navigator.locks) navigator.locks.request("pendopo-voice", () => new Promise(begin));
else begin();
