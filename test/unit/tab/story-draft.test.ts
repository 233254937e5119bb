import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { keepStoryDraft, readStoryDraft } from '../../../tab/features/newsletter/story/story-draft.js';

const content = { title: 'Etäkuntoutus alkaa', lead: 'Ensi viikolla.', body: 'Lisää pian.' };
const place = { personId: 'p1', path: '/api/newsletter/1/stories/2', language: 'fi' } as const;

describe('draft of a story on the device', () => {
  const values = new Map<string, string>();
  beforeEach(() => {
    values.clear();
    const localStorage = {
      getItem: (key: string) => values.get(key) ?? null,
      setItem: (key: string, value: string) => values.set(key, value),
      removeItem: (key: string) => values.delete(key),
    };
    Object.assign(globalThis, { window: { localStorage } });
  });
  afterEach(() => {
    Reflect.deleteProperty(globalThis, 'window');
  });

  it('is there after leaving, with what it was written over', () => {
    keepStoryDraft(place, { content, replaces: '2026-12-01T07:00:00Z' });
    assert.deepEqual(readStoryDraft(place), { content, replaces: '2026-12-01T07:00:00Z' });
    keepStoryDraft(place, { content, replaces: null });
    assert.deepEqual(readStoryDraft(place), { content, replaces: null });
  });

  it('reads the drafts that lie on devices since before', () => {
    keepStoryDraft(place, { content, replaces: null });
    const [key = ''] = values.keys();
    assert.deepEqual(JSON.parse(values.get(key) ?? ''), { words: content, replaces: null });
  });

  it('belongs to one person, story and language', () => {
    keepStoryDraft(place, { content });
    assert.equal(readStoryDraft({ ...place, personId: 'p2' }), undefined);
    assert.equal(readStoryDraft({ ...place, path: '/api/newsletter/1/stories/3' }), undefined);
    assert.equal(readStoryDraft({ ...place, language: 'sv' }), undefined);
  });

  it('is removed once saved, and ignored where it is not a draft', () => {
    keepStoryDraft(place, { content });
    const [key = ''] = values.keys();
    keepStoryDraft(place, undefined);
    assert.equal(readStoryDraft(place), undefined);
    for (const text of [
      '{',
      '[]',
      '{"words":{"title":1}}',
      JSON.stringify({ words: content, replaces: 3 }),
    ]) {
      values.set(key, text);
      assert.equal(readStoryDraft(place), undefined);
    }
  });
});
