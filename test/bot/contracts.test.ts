import assert from 'node:assert/strict';
import { withContracts } from '../world/contracts.js';

describe('tests against the contracts of Teams', () => {
  function run(folder: URL): { defined: URL[]; lines: string[] } {
    const defined: URL[] = [];
    const lines: string[] = [];
    withContracts('cards', (contracts) => defined.push(contracts), {
      folder,
      print: (line) => lines.push(line),
    });
    return { defined, lines };
  }

  it('are there where the contracts are', () => {
    const here = new URL('./', import.meta.url);
    assert.deepEqual(run(here), { defined: [here], lines: [] });
  });

  it('are left out with one clear line where they are not, and none of them is pending', () => {
    const { defined, lines } = run(new URL('./no-such-folder/', import.meta.url));
    assert.deepEqual(defined, []);
    assert.deepEqual(lines.length, 1);
    assert.match(lines[0] ?? '', /^Skipped.*: cards$/);
  });
});
