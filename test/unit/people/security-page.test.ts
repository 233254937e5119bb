import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { securityPage } from '../../make-security.js';

describe('the page about who may do what', () => {
  it('is what the routes and card actions say today (else: npm run security)', async () => {
    const stored = await readFile(new URL('../../../docs/security.md', import.meta.url), 'utf8');
    assert.equal(stored, securityPage());
  });

  it('names modules that exist', () => {
    const named = [...securityPage().matchAll(/`(src\/[^`]+\.ts)`/g)].map(([, path = '']) => path);
    assert.ok(named.length > 10);
    assert.deepEqual(
      named.filter((path) => !existsSync(path)),
      [],
    );
  });
});
