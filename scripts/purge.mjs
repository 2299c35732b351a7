// Takes out of a style sheet what no page uses. Reads {css, tokens} as JSON, writes the rest of the sheet.
import { readFileSync } from 'node:fs';
import { PurgeCSS } from 'purgecss';

const { css, tokens } = JSON.parse(readFileSync(0, 'utf8'));
const used = { attributes: { names: [], values: [] }, classes: [], ids: [], tags: [], undetermined: tokens };
const [{ css: kept }] = await new PurgeCSS().purge({
  content: [{ raw: '', extension: 'none' }],
  css: [{ raw: css }],
  extractors: [{ extensions: ['none'], extractor: () => used }],
  variables: true,
  keyframes: true,
});
process.stdout.write(kept);
