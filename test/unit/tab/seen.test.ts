import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'mocha';
import { ApiError } from '../../../tab/api.js';
import { faultAt } from '../../../tab/shared/problem.js';
import { isAboutToChange, whileLookedAt } from '../../../tab/shared/use-fresh.js';
import { seenSince } from '../../../tab/shared/use-seen.js';
import { textsOf } from '../../../tab/text.js';

describe('what the writer of a form saw', () => {
  const seen = { descriptions: { fi: 'Vanha', sv: 'Gammal' }, count: 3 };

  it('is what was shown to them once somebody else’s change was not written over', () => {
    const refused = new ApiError('edit.conflict', 409, [], { theirs: { 'descriptions.fi': 'Toisen' } });
    assert.deepEqual(seenSince(seen, refused), { descriptions: { fi: 'Toisen', sv: 'Gammal' }, count: 3 });
  });

  it('stays where something else went wrong', () => {
    assert.equal(seenSince(seen, new ApiError('network', 0)), seen);
    assert.equal(seenSince(seen, new Error('bug')), seen);
  });

  it('is said at the field, with dates as people write them and projects by their names', async () => {
    const common = await readFile('src/i18n/common/fi.json', 'utf8');
    const texts = textsOf({ language: 'fi', texts: JSON.parse(common) as Record<string, string> });
    const at = (field: string, theirs: string, nameOf?: (value: string) => string) => {
      const values = { now: theirs === '' ? 'nothing' : 'text', theirs };
      const fault = new ApiError('edit.conflict', 409, [{ field, code: 'changedMeanwhile', values }]);
      return faultAt(texts, fault, field, [], nameOf).validationMessage;
    };
    assert.match(at('deadline', '2026-12-04') ?? '', /Nyt tässä on: ”4\.12\.2026”\./);
    assert.match(at('start', '2026-12-01T07:00:00Z') ?? '', /”ti 1\.12\. klo 9\.00”/);
    assert.match(at('projectId', 'elma', (id) => `Hanke ${id}`) ?? '', /”Hanke elma”/);
    assert.match(at('link', '', () => 'Hanke') ?? '', /^Joku muu tyhjensi tämän sillä välin\./);
  });
});

describe('a page that is open', () => {
  it('looks more often while something is on its way out', () => {
    const now = Date.parse('2026-11-23T08:00:00Z');
    for (const [status, due, expected] of [
      ['publishing', undefined, true],
      ['scheduled', '2026-11-23T08:00:59Z', true],
      // Its time is over, and it has not gone yet.
      ['scheduled', '2026-11-23T07:59:00Z', true],
      ['scheduled', '2026-11-23T08:01:01Z', false],
      ['scheduled', undefined, false],
      ['published', '2026-11-23T08:00:00Z', false],
      ['draft', undefined, false],
    ] as const)
      assert.equal(isAboutToChange({ status, due }, now), expected, `${status} ${due ?? ''}`);
  });

  it('looks again when somebody comes back and every half minute while they look, and no more when it closes', () => {
    const document = Object.assign(new EventTarget(), {
      visibilityState: 'visible',
    });
    let tick: (() => void) | undefined;
    let every = 0;
    const window = Object.assign(new EventTarget(), {
      setInterval: (call: () => void, milliseconds: number) => {
        [tick, every] = [call, milliseconds];
        return 1;
      },
      clearInterval: () => {
        tick = undefined;
      },
    });
    let looks = 0;
    const host = { document, window } as unknown as Parameters<typeof whileLookedAt>[1];
    const stop = whileLookedAt(() => {
      looks += 1;
    }, host);
    assert.equal(every, 30_000);
    tick?.();
    window.dispatchEvent(new Event('focus'));
    document.dispatchEvent(new Event('visibilitychange'));
    assert.equal(looks, 3);
    document.visibilityState = 'hidden';
    tick?.();
    document.dispatchEvent(new Event('visibilitychange'));
    assert.equal(looks, 3);
    stop();
    document.visibilityState = 'visible';
    document.dispatchEvent(new Event('visibilitychange'));
    window.dispatchEvent(new Event('focus'));
    assert.deepEqual([looks, tick], [3, undefined]);
  });
});
