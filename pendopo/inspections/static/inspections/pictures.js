// A picture made small in the browser: what the camera wrote beside it stays on the phone.

const LARGEST = 1280;
const QUALITY = 0.8;

export async function small(file) {
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, LARGEST / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/jpeg", QUALITY);
  });
}

// Drawn, not fetched: the page's policy lets pictures come from the server only.
export async function shown(blob, words) {
  const bitmap = await createImageBitmap(blob);
  const canvas = document.createElement("canvas");
  const scale = Math.min(1, 320 / bitmap.width);
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", words);
  bitmap.close();
  return canvas;
}

// Where the phone is, if it may say so and knows soon.
export function spot() {
  return new Promise((resolve) => {
    if (!navigator.geolocation) return resolve({});
    const told = (position) => {
      const { latitude, longitude, accuracy } = position.coords;
      resolve({ latitude: latitude.toFixed(5), longitude: longitude.toFixed(5), accuracy: Math.round(accuracy) });
    };
    navigator.geolocation.getCurrentPosition(told, () => resolve({}), { timeout: 4000, maximumAge: 60000 });
  });
}
