// The one way in which our scripts make elements. Chat apps' browsers are old: no replaceChildren.

/** How words are shown: as they are, or as a bundle says (tools/core/text.js). @type {(text: string) => string} */
let shown = (text) => text;

/**
 * Make an element with its properties and children.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag @param {Partial<HTMLElementTagNameMap[Tag]>} properties @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
function make(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  if (properties.textContent) element.textContent = shown(properties.textContent);
  add(element, ...children);
  return element;
}

/** Let an element hold just these children. @param {Element} element @param {...(Node | string)} children */
function fill(element, ...children) {
  element.textContent = '';
  add(element, ...children);
}

/** @param {Element} element @param {...(Node | string)} children */
function add(element, ...children) {
  element.append(...children.map((child) => (typeof child === 'string' ? shown(child) : child)));
}

/** Let an element hold just this text; where it does already, it is not read out anew. @param {Element} element @param {string} text */
function setText(element, text) {
  if (element.textContent !== shown(text)) element.textContent = shown(text);
}

/**
 * Put values into a text of the interface: {count} becomes 3.
 * @param {string} text @param {Record<string, string | number>} values @returns {string}
 */
function filled(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name]));
}
