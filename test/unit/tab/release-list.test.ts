import { describe, it } from 'mocha';
import assert from 'node:assert/strict';
import { listHolding, seenOf, faultText } from '../../../tab/features/releases/use-releases.js';

describe('release in the tab', () => {
  it('is shown beside the list that holds it', () => {
    assert.equal(listHolding('published'), 'archive');
    assert.equal(listHolding('cancelled'), 'archive');
    for (const state of ['draft', 'approved', 'scheduled', 'publishing', 'failed', 'uncertain'] as const) {
      assert.equal(listHolding(state), 'queue');
    }
  });

  it('goes out at the revisions that are shown, 0 where there is no text', () => {
    const text = { title: 'Digipolku', lead: '', body: 'Auki nyt.' };
    const by = { id: 'p1', name: 'Aino' };
    const fi = { ...text, revision: 7, by, at: '2026-12-01T07:00:00Z' };
    assert.deepEqual(seenOf({ item: { texts: { fi } } } as unknown as Parameters<typeof seenOf>[0]), {
      fi: 7,
      sv: 0,
    });
  });

  it('says why it was not published, with a general text where the reason has none', () => {
    const known = new Map([
      ['release.fault.noAnswer', 'No answer.'],
      ['release.fault.unexpected', 'Something unexpected.'],
    ]);
    const texts = { t: (key: string) => known.get(key) ?? key };
    assert.equal(faultText(texts, 'noAnswer'), 'No answer.');
    assert.equal(faultText(texts, 'interrupted'), 'Something unexpected.');
  });
});
