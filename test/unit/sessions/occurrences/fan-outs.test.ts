import assert from 'node:assert/strict';
import type { OccurrenceId } from '../../../../src/platform/ids.js';
import { sendsOfOccurrence } from '../../../../src/sessions/occurrences/fan-outs.js';
import type { Send } from '../../../../src/delivery/fan-out/fan-out.js';
import { coordinator } from '../../../make.js';

describe('what was sent about an occurrence', () => {
  const about = (occurrenceId: string): Send => ({ content: { kind: 'reminder', occurrenceId } }) as Send;
  const pages = [[about('a'), about('b')], [about('b')], [about('a')]];
  const asked: (string | undefined)[] = [];
  const list = (_actor: unknown, after?: string) => {
    asked.push(after);
    const at = Number(after ?? 0);
    const isLast = at === pages.length - 1;
    return Promise.resolve({ lines: pages[at] ?? [], ...(!isLast && { next: String(at + 1) }) });
  };

  it('is found behind whatever was sent since', async () => {
    const found = await sendsOfOccurrence({ list }, coordinator, 'a' as OccurrenceId);
    assert.deepEqual(found, [about('a'), about('a')]);
    assert.deepEqual(asked, [undefined, '1', '2']);
  });
});
