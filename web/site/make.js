// The one way in which our scripts make elements. Chat apps' browsers are old: no replaceChildren.

/**
 * Make an element with its properties and children.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag @param {Partial<HTMLElementTagNameMap[Tag]>} properties @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
function make(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

/** Let an element hold just these children. @param {Element} element @param {...(Node | string)} children */
function fill(element, ...children) {
  element.textContent = '';
  element.append(...children);
}

/**
 * Put values into a text of the interface: {count} becomes 3.
 * @param {string} text @param {Record<string, string | number>} values @returns {string}
 */
function filled(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name]));
}
