import assert from 'node:assert/strict';
import type { Text, TextContent } from '../../../src/content/text.js';
import type { PersonId } from '../../../src/platform/ids.js';
import { ApiError } from '../../../tab/api.js';
import { unsavedWritings, type UnsavedWriting } from '../../../tab/shared/context.js';
import { startWriting, createWriter, type Send } from '../../../tab/shared/writing/autosave.js';
import { itemText, versionOf } from '../../../tab/shared/writing/item-text.js';

const content = (title: string): TextContent => ({ title, lead: '', body: '' });
const textOf = (over: TextContent, revision: number): Text => ({
  ...over,
  revision,
  at: '2026-11-22T10:00:00Z',
  by: { id: 'p-1' as PersonId, name: 'Meri' },
  ready: 0,
  checked: {},
});

/** A server that stores by revision and keeps what it got. */
function server() {
  const stored: string[] = [];
  const send: Send<TextContent, number> = (sent, basedOn) => {
    stored.push(sent.title);
    return Promise.resolve(versionOf(textOf(sent, basedOn + 1)));
  };
  return { stored, send };
}

const writerOf = () =>
  createWriter(itemText, startWriting(itemText, versionOf(textOf(content('Vanha'), 1))), () => undefined);

describe('unsaved text before a move', () => {
  it('are stored at once, without waiting for a pause', async () => {
    const { stored, send } = server();
    const writer = writerOf();
    writer.apply({ type: 'typed', content: content('Uusi') });
    assert.equal(await writer.settle(send), true);
    assert.deepEqual(stored, ['Uusi']);
    assert.equal(await writer.settle(send), true, 'nothing is left');
    assert.deepEqual(stored, ['Uusi']);
  });

  it('are waited for while on their way, with what was typed meanwhile', async () => {
    const { stored, send } = server();
    const writer = writerOf();
    writer.apply({ type: 'typed', content: content('Uusi') });
    const first = writer.save(send);
    writer.apply({ type: 'typed', content: content('Uudempi') });
    assert.equal(await writer.settle(send), true);
    await first;
    assert.deepEqual(stored, ['Uusi', 'Uudempi']);
    assert.equal(writer.now().stored.mark, 3);
  });

  it('prevents the move when it cannot be stored', async () => {
    const failing: Send<TextContent, number> = () => Promise.reject(new ApiError('network', 0));
    const failed = writerOf();
    failed.apply({ type: 'typed', content: content('Uusi') });
    assert.equal(await failed.settle(failing), false);
    assert.equal(await failed.settle(server().send), true, 'tried again');

    const untitled = writerOf();
    untitled.apply({ type: 'typed', content: content(' ') });
    assert.equal(await untitled.settle(server().send), false);

    const refused = new ApiError('text.conflict', 409, [], { theirs: textOf(content('Toisen'), 2) });
    const torn = writerOf();
    torn.apply({ type: 'typed', content: content('Minun') });
    assert.equal(await torn.settle(() => Promise.reject(refused)), false);
    assert.equal(torn.now().phase, 'conflict');
    assert.equal(torn.now().content.title, 'Minun');
  });
});

describe('everything that is being written on the page', () => {
  const writing = (isStored: boolean): UnsavedWriting => ({
    settle: () => Promise.resolve(isStored),
    trouble: () => '',
    show: () => undefined,
  });

  it('is stored before a move, or names what could not be', async () => {
    const writings = unsavedWritings();
    assert.equal(await writings.settle(), undefined);
    writings.add(writing(true));
    const stuck = writing(false);
    const leave = writings.add(stuck);
    assert.equal(await writings.settle(), stuck);
    leave();
    assert.equal(await writings.settle(), undefined);
  });
});
