import assert from 'node:assert/strict';
import type { ContactView } from '../../../src/shared/answers/contacts.js';
import fi from '../../../src/i18n/tab/fi.json' with { type: 'json' };
import {
  bodyOf,
  draftOf,
  isInvited,
  isSameDraft,
  seriesToOffer,
  type SeriesOption,
} from '../../../tab/features/contacts/draft.js';
import { chooseAll } from '../../../tab/features/contacts/choosing.js';
import { faultName } from '../../../tab/features/contacts/draft.js';

const names = { fi: 'Sarja', sv: 'Serie', en: 'Series' };
const series = (id: string, isOpenToContacts = true, status: 'active' | 'ended' = 'active') =>
  ({ id, names, state: { status, at: '' }, isOpenToContacts }) as unknown as SeriesOption;

const by = { id: 'p', name: 'Aino' };
const agreed = { given: true, at: '2026-11-01T08:00:00Z', how: 'puhelimessa', by };
const notAsked = { given: false, at: '2026-11-01T08:00:00Z', why: 'notAsked' };

const contact = (part: Record<string, unknown>) =>
  ({
    id: 'c1',
    name: 'Anneli',
    address: 'anneli@example.org',
    language: 'fi',
    series: ['radio'],
    consent: notAsked,
    createdAt: '',
    ...part,
  }) as unknown as ContactView;

describe('a contact as it is written', () => {
  it('is invited from the start where there is only one series to choose', () => {
    assert.deepEqual(draftOf(undefined, [series('radio'), series('closed', false)]).series, ['radio']);
    assert.deepEqual(draftOf(undefined, [series('radio'), series('training')]).series, []);
  });

  it('is invited to the series from which one came, and to no other', () => {
    const all = [series('radio'), series('closed', false), series('training')];
    assert.deepEqual(draftOf(undefined, all, 'training').series, ['training']);
    assert.deepEqual(draftOf(undefined, [series('radio'), series('closed', false)], 'closed').series, []);
    assert.deepEqual(draftOf(contact({ series: ['radio'] }), all, 'training').series, ['radio']);
  });

  it('offers series that are open to contacts, and those in which they are already', () => {
    const all = [series('radio'), series('closed', false), series('ended', true, 'ended')];
    assert.deepEqual(
      seriesToOffer(all, ['ended']).map(({ id }) => id),
      ['radio', 'ended'],
    );
  });

  it('knows whether anything was changed, whatever the order of the series', () => {
    const draft = draftOf(contact({ series: ['a', 'b'] }), []);
    assert.ok(isSameDraft(draft, { ...draft, series: ['b', 'a'] }));
    assert.ok(!isSameDraft(draft, { ...draft, name: 'Anna' }));
    assert.ok(!isSameDraft(draft, { ...draft, consent: { isOther: true, how: '' } }));
  });

  it('says nothing of the consent where it stays as it is', () => {
    const given = contact({ consent: agreed });
    assert.equal(bodyOf(given, draftOf(given, [])).consent, undefined);
    assert.equal(bodyOf(undefined, draftOf(undefined, [])).consent, undefined);
  });

  it('inverts the consent where it is mentioned', () => {
    const given = contact({ consent: agreed });
    const draft = draftOf(given, []);
    assert.deepEqual(bodyOf(given, { ...draft, consent: { isOther: true, how: '' } }).consent, {
      given: false,
    });
    const consent = { isOther: true, how: 'lomakkeella' };
    assert.deepEqual(bodyOf(contact({}), { ...draft, consent }).consent, { given: true, how: 'lomakkeella' });
  });

  it('mentions an invitation only where one is sent', () => {
    const all = [series('radio'), series('closed', false)];
    const after = contact({ consent: agreed });
    assert.ok(isInvited(undefined, after, all));
    assert.ok(isInvited(contact({}), after, all), 'they agreed now');
    assert.ok(
      isInvited(contact({ consent: agreed, address: 'before@x.example' }), after, all),
      'another address',
    );
    assert.ok(!isInvited(contact({ consent: agreed }), after, all), 'invited before');
    assert.ok(!isInvited(undefined, contact({}), all), 'without consent');
    assert.ok(!isInvited(undefined, contact({ consent: agreed, series: ['closed'] }), all));
  });
});

describe('faults of a row', () => {
  it('have a text for every fault, without limits that a line does not know', () => {
    const codes = [
      'required',
      'tooLong',
      'notAnAddress',
      'localPartNotAscii',
      'unclear',
      'unknownChoice',
      'personalId',
      'standsAlready',
      'wrongType',
    ] as const;
    for (const code of codes) {
      const key = `contacts.fault.${faultName(code)}`;
      assert.ok(key in fi, key);
      assert.ok(!fi[key as keyof typeof fi].includes('{'), key);
    }
    assert.equal(faultName('wrongType'), 'other');
  });
});

describe('choosing all of a list of contacts', () => {
  /** A list of so many, in pages that do not divide what can be changed at once. */
  const listOf =
    (total: number) =>
    async (after = '0') => {
      await Promise.resolve();
      const from = Number(after);
      const ids = Array.from({ length: Math.min(48, total - from) }, (_, index) => `c${from + index}`);
      const next = from + 48 < total ? String(from + 48) : undefined;
      return { lines: ids.map((id) => contact({ id })), ...(next !== undefined && { next }) };
    };

  it('takes all that can be changed at once, and says how many are left out', async () => {
    for (const [total, leftOut] of [
      [0, 0],
      [49, 0],
      [5_000, 0],
      [5_001, 1],
      [5_321, 321],
    ] as const) {
      const all = await chooseAll(listOf(total));
      assert.deepEqual([all.chosen.size, all.leftOut], [total - leftOut, leftOut]);
    }
  });
});
