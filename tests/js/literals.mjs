// Print what a minified script says otherwise than its modules: node literals.mjs SCRIPT MODULE... Minifying must not
// touch text; a template within a template is taken for code and loses its spaces.

import { readFileSync } from 'node:fs';

import { parse } from 'acorn';

function literals(text) {
  const found = [];
  const walk = (node) => {
    if (!node || typeof node !== 'object') return;
    if (Array.isArray(node)) node.forEach(walk);
    else {
      if (node.type === 'TemplateElement') found.push(node.value.raw);
      if (node.type === 'Literal' && typeof node.value === 'string') found.push(node.value);
      Object.keys(node).forEach((key) => walk(node[key]));
    }
  };
  walk(parse(text, { ecmaVersion: 2019 }));
  return found;
}

const [script, ...modules] = process.argv.slice(2).map((file) => readFileSync(file, 'utf8'));
const written = literals(`(function () {'use strict';${modules.join('\n')}})();`);
literals(script).forEach((text, at) => {
  if (text !== written[at]) console.log(`${JSON.stringify(written[at])} became ${JSON.stringify(text)}`);
});
