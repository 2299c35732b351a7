// Lines of paths on standard input; their bytes as a server would send them: {gz, br}, each file by itself.

import { readFileSync } from 'node:fs';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const files = readFileSync(0, 'utf8').split('\n').filter(Boolean);
const sum = (compress) => files.reduce((total, file) => total + compress(readFileSync(file)).length, 0);
process.stdout.write(JSON.stringify({ gz: sum(gzipSync), br: sum(brotliCompressSync) }));
