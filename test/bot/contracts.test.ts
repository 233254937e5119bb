import assert from 'node:assert/strict';
import { withContracts } from '../world/contracts.js';

describe('tests against the contracts of Teams', () => {
  function run(folder: URL): { defined: URL[]; told: string[] } {
    const defined: URL[] = [];
    const told: string[] = [];
    withContracts('cards', (contracts) => defined.push(contracts), {
      folder,
      tell: (line) => told.push(line),
    });
    return { defined, told };
  }

  it('are there where the contracts are', () => {
    const here = new URL('./', import.meta.url);
    assert.deepEqual(run(here), { defined: [here], told: [] });
  });

  it('are left out with one clear line where they are not, and none of them is pending', () => {
    const { defined, told } = run(new URL('./no-such-folder/', import.meta.url));
    assert.deepEqual(defined, []);
    assert.deepEqual(told.length, 1);
    assert.match(told[0] ?? '', /^Skipped.*: cards$/);
  });
});
