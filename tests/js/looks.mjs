// Compares pictures. Reads [[was, is, difference], ...] as JSON, paths of PNG files; writes the share of pixels that differ
// in each pair as JSON, 1 where the sizes differ, and a picture of the difference where there is one.
import { readFileSync, writeFileSync } from 'node:fs';

import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';

const THRESHOLD = 0.15; // of colour, 0 to 1; below it, the edges of letters differ from machine to machine

const shares = JSON.parse(readFileSync(0, 'utf8')).map(([was, is, difference]) => {
  const [before, after] = [was, is].map((file) => PNG.sync.read(readFileSync(file)));
  const { width, height } = before;
  if (width !== after.width || height !== after.height) return 1;
  const seen = new PNG({ width, height });
  const differing = pixelmatch(before.data, after.data, seen.data, width, height, { threshold: THRESHOLD });
  if (differing) writeFileSync(difference, PNG.sync.write(seen));
  return differing / (width * height);
});
process.stdout.write(JSON.stringify(shares));
