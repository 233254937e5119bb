import assert from 'node:assert/strict';
import { programmePartition } from '../../../src/compose.js';
import type { ImportId } from '../../../src/audience/imports/import.js';
import { coordinator } from '../../make.js';
import { rejectsWith } from '../../world/outbox.js';
import { contactForm } from '../sessions/reminders/reminders-world.js';
import { mailsWorld, type MailsWorld } from './mails-world.js';

describe('erasing contacts', () => {
  let big: MailsWorld;

  beforeEach(async () => {
    big = await mailsWorld();
  });

  /** Fails the first so many commits that erase rows of this kind. */
  function breakErasing(prefix: string, times: number): void {
    const { commit } = big.rows;
    let left = times;
    big.rows.commit = async (partition, changes) => {
      if (left > 0 && changes.every(({ op, key }) => op === 'delete' && key.startsWith(prefix))) {
        left -= 1;
        throw new Error('crashed');
      }
      return commit.call(big.rows, partition, changes);
    };
  }
  const trail = async (): Promise<readonly string[]> => {
    const range = { from: 'contact-audit|', to: 'contact-audit}', limit: 1_000 };
    const { rows } = await big.rows.range(programmePartition, range);
    return [...new Set(rows.map(({ key }) => key.split('|')[1] ?? ''))];
  };
  const longTrail = async (id: Awaited<ReturnType<typeof big.bigRoom.contacts.add>>['id']): Promise<void> => {
    for (let number = 1; number <= 90; number += 1)
      await big.bigRoom.contacts.edit(coordinator, id, {
        name: `Outi ${number}`,
        address: 'outi@x.example',
        language: 'fi',
        series: [],
      });
  };

  it('goes on where it ended right after somebody was removed', async () => {
    const form = contactForm({ name: 'Outi', address: 'outi@x.example', series: [] });
    const { id } = await big.bigRoom.contacts.add(coordinator, form);
    await longTrail(id);
    breakErasing('contact-audit|', 1);
    await assert.rejects(big.bigRoom.contacts.remove(coordinator, id));
    await rejectsWith(big.bigRoom.contacts.get(coordinator, id), 'contact.notFound');
    assert.deepEqual((await trail()).includes(id), true);
    await big.runs(90);
    assert.deepEqual(await trail(), ['removed']);
  });

  async function imported(chunks: readonly (readonly (readonly string[])[])[]): Promise<ImportId> {
    const { id } = await big.bigRoom.imports.create(coordinator, {
      formId: 'form-of-import',
      name: 'Järjestöt',
      columns: ['name', 'address'],
      sizes: chunks.map(({ length }) => length),
      series: [],
      consent: { given: true, how: 'Lomake' },
      language: 'fi',
    });
    for (const [chunk, rows] of chunks.entries())
      await big.bigRoom.imports.addChunk(coordinator, id, chunk, { rows });
    return id;
  }

  it('goes on where an undo of an import ended right after it had removed somebody', async () => {
    const id = await imported([[['Outi', 'outi@x.example']]]);
    await big.bigRoom.imports.start(coordinator, id, { sendAt: null });
    await big.runs(3);
    const [outi] = (await big.bigRoom.contacts.list(coordinator, {})).lines;
    assert.ok(outi);
    await longTrail(outi.id);
    breakErasing('contact-audit|', 2);
    await big.bigRoom.imports.undo(coordinator, id);
    await big.runs(600);
    assert.equal((await big.bigRoom.imports.get(coordinator, id)).state.status, 'undone');
    assert.deepEqual(await trail(), ['removed']);
  });

  /** More chunks than one transaction erases. */
  const many = Array.from({ length: 230 }, (_, number) => [[`Nimi ${number}`, `nimi${number}@`]]);
  const leftOfList = async (id: ImportId): Promise<number> =>
    (await big.rows.range(`contact-import-${id}`, { from: ' ', to: '~', limit: 1_000 })).rows.length;

  it('erases a list however many chunks it has: one that was taken away, and one that was kept long enough', async () => {
    const away = await imported(many);
    await big.bigRoom.imports.discard(coordinator, away);
    assert.equal(await leftOfList(away), 0);
    big = await mailsWorld();
    const kept = await imported(many);
    assert.equal(await leftOfList(kept), 230);
    big.clock.forward({ hours: 24 * 15 });
    await big.runs(30);
    assert.equal(await leftOfList(kept), 0);
  });

  it('erases a list that was taken away, or kept long enough, where it ended halfway', async () => {
    for (const isTakenAway of [true, false]) {
      big = await mailsWorld();
      const id = await imported(many);
      breakErasing('rows|', 1);
      if (isTakenAway) await assert.rejects(big.bigRoom.imports.discard(coordinator, id));
      assert.equal(await leftOfList(id), 230);
      big.clock.forward({ hours: 24 * 15 });
      await big.runs(600);
      assert.equal(await leftOfList(id), 0);
    }
  });
});
