import assert from 'node:assert/strict';
import { jsonLog } from '../../../src/platform/log.js';

describe('Log', () => {
  it('writes one JSON line an event, an error with its causes', () => {
    const lines: string[] = [];
    const log = jsonLog((line) => lines.push(line));
    log.info('ready', { port: 3978 });
    log.error('fault', { error: new Error('outer', { cause: new Error('inner\nline') }) });
    const [ready, fault] = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    assert.equal(ready?.level, 'info');
    assert.equal(ready.event, 'ready');
    assert.equal(ready.port, 3978);
    assert.match(String(ready.at), /^\d{4}-\d\d-\d\dT.*Z$/);
    const error = fault?.error as { message: string; cause: { message: string } };
    assert.equal(error.message, 'outer');
    assert.equal(error.cause.message, 'inner\nline');
    assert.ok(lines.every((line) => !line.includes('\n')));
  });
});
