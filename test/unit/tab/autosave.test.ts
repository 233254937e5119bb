import assert from 'node:assert/strict';
import type { PersonId } from '../../../src/platform/ids.js';
import type { Text, TextContent } from '../../../src/content/text.js';
import { ApiError } from '../../../tab/api.js';
import * as autosave from '../../../tab/shared/writing/autosave.js';
import { isStorable, itemText, versionOf, type ItemText } from '../../../tab/shared/writing/item-text.js';

const content = (title: string): TextContent => ({ title, lead: 'Ingressi', body: 'Teksti' });
type Event = autosave.WritingEvent<TextContent, number>;
const text = (title: string, revision: number) => versionOf(textOf(title, revision));
const textOf = (title: string, revision: number): Text => ({
  ...content(title),
  revision,
  by: { id: 'anna' as PersonId, name: 'Anna' },
  at: '2026-11-22T10:00:00Z',
  ready: 0,
  checked: {},
});
const after = (writing: ItemText, ...events: Event[]): ItemText =>
  events.reduce((before, event) => autosave.write(itemText, before, event), writing);
const startWriting = (stored: Text | undefined, draft?: autosave.Draft<TextContent, number>): ItemText =>
  autosave.startWriting(itemText, versionOf(stored), draft);
const typed = (title: string): Event => ({ type: 'typed', content: content(title) });

describe('a text while it is written', () => {
  const start = startWriting(textOf('A', 3));

  it('is saved over the revision that was stored', () => {
    const saving = after(start, typed('B'), { type: 'sending' });
    assert.equal(saving.phase, 'saving');
    const saved = after(saving, { type: 'saved', version: text('B', 4) });
    assert.equal(saved.phase, 'clean');
    assert.equal(saved.stored.mark, 4);
    assert.equal(saved.savedAt, '2026-11-22T10:00:00Z');
    assert.equal(saved.epoch, 0, 'the editor is not drawn again while somebody writes');
  });

  it('is unsaved again when somebody typed while it was on its way', () => {
    const saved = after(start, typed('B'), { type: 'sending' }, typed('C'), {
      type: 'saved',
      version: text('B', 4),
    });
    assert.equal(saved.phase, 'dirty');
    assert.equal(saved.content.title, 'C');
    assert.equal(saved.stored.mark, 4);
  });

  it('is clean when the text is what it was', () => {
    assert.equal(after(start, typed('B'), typed('A')).phase, 'clean');
  });

  it('keeps the text when saving fails', () => {
    const failed = after(
      start,
      typed('B'),
      { type: 'sending' },
      { type: 'failed', error: new Error('down') },
    );
    assert.equal(failed.phase, 'failed');
    assert.equal(failed.content.title, 'B');
    assert.equal(autosave.isUnsaved(failed), true);
    assert.equal(after(failed, typed('BC')).phase, 'dirty', 'and tries again after more typing');
  });

  it('wants a title before it is sent', () => {
    assert.equal(isStorable({ title: '  ', lead: 'x', body: 'y' }), false);
    assert.equal(isStorable(content('A')), true);
  });
});

describe('two people write one text', () => {
  const start = startWriting(textOf('A', 3));
  const conflict = after(
    start,
    typed('Mine'),
    { type: 'sending' },
    {
      type: 'conflict',
      theirs: text('Theirs', 4),
    },
  );

  it('shows both and goes on typing in one’s own', () => {
    const more = after(conflict, typed('Mine and more'));
    assert.equal(more.phase, 'conflict');
    assert.equal(more.content.title, 'Mine and more');
    assert.equal(more.theirs?.content.title, 'Theirs');
  });

  it('sends nothing before the person has chosen', () => {
    assert.equal(after(conflict, { type: 'sending' }), conflict);
  });

  it('keeps mine over theirs', () => {
    const kept = after(conflict, { type: 'resolved', content: content('Mine') });
    assert.equal(kept.phase, 'dirty');
    assert.equal(kept.stored.mark, 4);
    assert.equal(kept.theirs, undefined);
  });

  it('takes theirs, and then there is nothing to save', () => {
    const taken = after(conflict, { type: 'resolved', content: content('Theirs') });
    assert.equal(taken.phase, 'clean');
    assert.equal(taken.content.title, 'Theirs');
    assert.equal(taken.epoch, 1);
  });
});

describe('news of a newer text', () => {
  const start = startWriting(textOf('A', 3));

  it('is shown when nothing is unsaved', () => {
    const arrived = after(start, { type: 'arrived', version: text('B', 4) });
    assert.equal(arrived.content.title, 'B');
    assert.equal(arrived.epoch, 1);
  });

  it('never replaces a text that is not stored', () => {
    const typing = after(start, typed('Mine'));
    assert.equal(after(typing, { type: 'arrived', version: text('B', 4) }), typing);
  });

  it('is ignored when it is old', () => {
    assert.equal(after(start, { type: 'arrived', version: text('Z', 3) }), start);
  });
});

describe('a text left on this device', () => {
  it('come back over the revision on which they were written', () => {
    const back = startWriting(textOf('B', 4), { mark: 3, content: content('Mine') });
    assert.equal(back.phase, 'dirty');
    assert.equal(back.content.title, 'Mine');
    assert.equal(back.stored.mark, 3, 'so that the server sees the other text and refuses');
  });

  it('are let go when they were stored after all', () => {
    const back = startWriting(textOf('Mine', 4), {
      mark: 3,
      content: { title: 'Mine ', lead: 'Ingressi\n', body: 'Teksti  ' },
    });
    assert.equal(back.phase, 'clean');
  });

  it('come back where there is no text yet', () => {
    const back = startWriting(undefined, { mark: 0, content: content('First') });
    assert.equal(back.phase, 'dirty');
    assert.equal(back.stored.mark, 0);
  });

  it('an older revision put back is saved like typed text', () => {
    const restored = after(startWriting(textOf('B', 4)), { type: 'replaced', content: content('A') });
    assert.equal(restored.phase, 'dirty');
    assert.equal(restored.epoch, 1);
  });

  for (const error of [
    new ApiError('text.personalData', 400),
    new ApiError('input.invalid', 400, [{ field: 'title', code: 'personalId' }]),
  ])
    it(`are withheld from this device from a personal identity code on until they are stored: ${error.code}`, () => {
      const refused = after(
        startWriting(textOf('A', 1)),
        typed('B'),
        { type: 'sending' },
        { type: 'failed', error },
      );
      assert.equal(refused.isWithheld, true);
      assert.equal(refused.content.title, 'B');
      const again = after(refused, typed('C'), { type: 'sending' });
      assert.equal(again.isWithheld, true);
      assert.equal(after(again, { type: 'saved', version: text('C', 2) }).isWithheld, undefined);
    });
});
