// Chinese as MiniSearch's and FlexSearch's users cut it: pairs of neighbouring characters, other letters as words.

const RUNS = /\p{Script=Han}+|[\p{L}\p{N}]+?(?=\p{Script=Han}|[^\p{L}\p{N}]|$)/gu;

/** Return the terms of a text; a single Chinese character stands for itself. */
export function bigrams(text) {
  const terms = [];
  for (const [run] of text.normalize('NFKC').toLowerCase().matchAll(RUNS)) {
    const letters = [...run];
    if (!/\p{Script=Han}/u.test(run) || letters.length === 1) terms.push(run);
    else for (let at = 0; at + 1 < letters.length; at += 1) terms.push(letters[at] + letters[at + 1]);
  }
  return terms;
}
