// The captcha solved by the browser: it looks for a number whose SHA-256 begins with enough zero bits, and whoever sits
// before it has nothing to do. Until it is found, and without a script, the question in words is there to be answered.
// SHA-256 is written out here because browsers offer theirs only under https, and one call at a time.

const K = new Uint32Array(64);
const START = new Uint32Array(8);
for (let n = 2, found = 0; found < 64; n += 1) {
  let prime = true;
  for (let d = 2; d * d <= n; d += 1) if (n % d === 0) prime = false;
  if (!prime) continue;
  const part = (root) => (root - Math.floor(root)) * 2 ** 32;
  if (found < 8) START[found] = part(Math.sqrt(n));
  K[found] = part(Math.cbrt(n));
  found += 1;
}

/** The first 32 bits of SHA-256 of a short ASCII text (at most 55 characters: one block). */
export function beginning(text) {
  const w = new Uint32Array(64);
  for (let i = 0; i < text.length; i += 1) w[i >> 2] |= text.charCodeAt(i) << (24 - (i % 4) * 8);
  w[text.length >> 2] |= 0x80 << (24 - (text.length % 4) * 8);
  w[15] = text.length * 8;
  const turn = (x, n) => (x >>> n) | (x << (32 - n));
  for (let i = 16; i < 64; i += 1) {
    const a = w[i - 15];
    const b = w[i - 2];
    w[i] = w[i - 16] + w[i - 7] + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10));
  }
  let [a, b, c, d, e, f, g, h] = START;
  for (let i = 0; i < 64; i += 1) {
    const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
    const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
  }
  return (START[0] + a) >>> 0;
}

const AT_ONCE = 2000;

function solve(box, done) {
  const { nonce, bits } = box.dataset;
  const below = 2 ** (32 - Number(bits));
  let counter = 0;
  const some = () => {
    for (const end = counter + AT_ONCE; counter < end; counter += 1) {
      if (beginning(`${nonce}:${counter}`) < below) {
        done(String(counter));
        return;
      }
    }
    setTimeout(some); // the page stays usable meanwhile
  };
  some();
}

for (const box of document.querySelectorAll("[data-captcha]")) {
  const work = box.querySelector("[data-captcha-work]");
  const answer = box.querySelector(".captcha-answer");
  const shown = (number) => {
    work.value = number;
    if (document.activeElement === answer || answer.value) return; // somebody is answering: nothing vanishes under them
    answer.required = false;
    answer.hidden = true;
    box.querySelector(".captcha-question").hidden = true;
    for (const one of box.closest("[data-captcha-field]")?.querySelectorAll("label, .field-help") ?? []) one.hidden = true;
    box.querySelector("[data-captcha-state]").textContent = "已自动完成验证，不需要填写。";
  };
  if (work.value) shown(work.value);
  else solve(box, shown);
}
