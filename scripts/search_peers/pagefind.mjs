// Runs in the page: Pagefind through its JavaScript API. It cuts queries in Chinese itself since 1.5.

let pagefind = null;

/** Return the addresses of the first pages found, with their fragments fetched as its own interface would. */
export async function find(query, limit) {
  pagefind ??= await import('/pagefind/pagefind.js');
  const { results } = await pagefind.search(query);
  const pages = await Promise.all(results.slice(0, limit).map((result) => result.data()));
  return pages.map((page) => page.url);
}

/** Return the milliseconds from every keystroke of `text` to what is found. */
export async function type(text, limit) {
  const letters = [...text];
  const keys = [];
  for (let length = 1; length <= letters.length; length += 1) {
    const start = performance.now();
    await find(letters.slice(0, length).join(''), limit);
    keys.push({ list: performance.now() - start });
  }
  return keys;
}
