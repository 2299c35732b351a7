// Print the source of every string and template chunk of each script, as a parser sees them: a line a script.

import { readFileSync } from 'node:fs';

import { tokenizer } from 'acorn';

for (const file of process.argv.slice(2)) {
  const text = readFileSync(file, 'utf8');
  const raw = [];
  for (const { type, start, end } of tokenizer(text, { ecmaVersion: 2020, sourceType: 'module' })) {
    if (type.label === 'string') raw.push(text.slice(start + 1, end - 1));
    if (type.label === 'template') raw.push(text.slice(start, end));
  }
  console.log(JSON.stringify(raw));
}
