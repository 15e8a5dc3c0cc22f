// What a page remembers of its uploads, so that they survive a reload: in this tab only, because the address of an upload is
// the right to it, and a computer of a library has many users.

const key = (box) => `gongkai.uploads:${location.pathname}:${box.name}`;
const same = (one, file) => one.name === file.name && one.size === file.size && one.lastModified === file.lastModified;

/** All that this input had sent, or begun to send. */
export function known(box) {
  try {
    return JSON.parse(sessionStorage.getItem(key(box)) || "[]");
  } catch {
    return []; // no storage, or something else wrote there: uploads work all the same, they only begin anew
  }
}

/** What is known of this file. */
export const recall = (box, file) => known(box).find((one) => same(one, file));

/** Remember address and offset of a file; null forgets it. */
export function keep(box, file, what) {
  const rest = known(box).filter((one) => !same(one, file));
  if (what) rest.push({ name: file.name, size: file.size, lastModified: file.lastModified, ...what });
  try {
    sessionStorage.setItem(key(box), JSON.stringify(rest));
  } catch { /* see above */ }
}
