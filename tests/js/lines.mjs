// Reports node's tests for tests/test_javascript.py: a line for each failure, nothing when all is well.

const LONGEST = 400;

export default async function* lines(events) {
  let tests = 0;
  let errors = '';
  for await (const { type, data } of events) {
    if (type === 'test:pass' || type === 'test:fail') tests += 1;
    if (type === 'test:stderr') errors += data.message;
    // A suite fails because one of its tests did; that one has its own line.
    if (type !== 'test:fail' || data.details.error.failureType === 'subtestsFailed') continue;
    yield `${data.file}:${data.line}:${data.column} ${data.name}: ${reason(data, errors)}\n`;
    errors = '';
  }
  if (!tests) yield 'no test was run\n';
}

function reason({ details }, errors) {
  const { cause, message } = details.error;
  // A file that cannot be loaded in a process of its own says why on stderr only.
  const said = typeof cause === 'string' && errors.match(/^\w*Error\b.*/m);
  return `${said || (cause?.message ?? cause ?? message)}`.replace(/\s+/g, ' ').slice(0, LONGEST);
}
