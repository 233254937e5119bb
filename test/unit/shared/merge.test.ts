import assert from 'node:assert/strict';
import { isSame, isSameOrder, merge, seenAfter, type Fields } from '../../../src/shared/merge.js';

/** What is stored after a merge, or what collides. */
function outcome(seen: Fields, mine: Fields, current: Fields): unknown {
  const { merged, collisions } = merge({ seen, mine, current });
  return collisions.length === 0
    ? merged
    : Object.fromEntries(collisions.map(({ path, theirs }) => [path, theirs]));
}

const item = (id: string, fi: string, more: Fields = {}) => ({ id, title: { fi, ...more } });
const agenda = (...items: readonly Fields[]): Fields => ({ items });

describe('putting two changes together', () => {
  it('keeps what its writer did not change as the other one has it', () => {
    const seen = { names: 'A', joinUrl: 'x', months: [7] };
    assert.deepEqual(outcome(seen, { ...seen, names: 'B' }, { ...seen, months: [6, 7] }), {
      names: 'B',
      joinUrl: 'x',
      months: [6, 7],
    });
  });

  it('keeps the Finnish text of one and the Swedish text of the other', () => {
    const stored = { descriptions: { sv: 'Radio' } };
    assert.deepEqual(outcome({ descriptions: {} }, { descriptions: { fi: 'Radio', sv: '' } }, stored), {
      descriptions: { fi: 'Radio', sv: 'Radio' },
    });
  });

  it('collides where both changed the same to something else, and not where they agree', () => {
    const seen = { descriptions: { fi: 'Vanha', sv: 'Gammal' } };
    const mine = { descriptions: { fi: 'Uusi', sv: 'Ny' } };
    assert.deepEqual(outcome(seen, mine, { descriptions: { fi: 'Toinen', sv: 'Ny' } }), {
      'descriptions.fi': 'Toinen',
    });
    assert.deepEqual(outcome(seen, mine, mine), mine);
  });

  it('takes away what its writer emptied, unless the other one wrote into it', () => {
    const seen = { link: 'https://a.example', descriptions: { fi: 'A' } };
    const emptied = { link: null, descriptions: {} };
    assert.deepEqual(outcome(seen, emptied, seen), { link: null, descriptions: {} });
    assert.deepEqual(outcome(seen, emptied, { ...seen, descriptions: { fi: 'B' } }), {
      'descriptions.fi': 'B',
    });
  });

  it('does not look at fields that the change leaves out', () => {
    assert.deepEqual(outcome({ a: 1 }, { a: 2, b: undefined }, { a: 1, b: 7 }), { a: 2 });
  });

  it('takes a list without ids for one value', () => {
    assert.deepEqual(outcome({ months: [7] }, { months: [6, 7] }, { months: [7, 8] }), { months: [7, 8] });
  });

  describe('of lists whose entries have ids', () => {
    const seen = agenda(item('a', 'Avaus'), item('b', 'Tilanne'), item('c', 'Lopetus'));

    it('keeps items and languages of both', () => {
      const mine = agenda(
        item('a', 'Avaus'),
        item('b', 'Tilannekuva'),
        item('c', 'Lopetus'),
        item('d', 'Kahvi'),
      );
      const current = agenda(
        item('x', 'Tervetuloa'),
        item('a', 'Avaus', { sv: 'Öppning' }),
        item('b', 'Tilanne'),
        item('c', 'Lopetus'),
      );
      assert.deepEqual(
        outcome(seen, mine, current),
        agenda(
          item('x', 'Tervetuloa'),
          item('a', 'Avaus', { sv: 'Öppning' }),
          item('b', 'Tilannekuva'),
          item('c', 'Lopetus'),
          item('d', 'Kahvi'),
        ),
      );
    });

    it('takes the order of whoever moved something', () => {
      const moved = agenda(item('b', 'Tilanne'), item('a', 'Avaus'), item('c', 'Lopetus'));
      const written = agenda(
        item('a', 'Avaus'),
        item('b', 'Tilanne'),
        item('c', 'Loppu'),
        item('d', 'Kahvi'),
      );
      const both = agenda(item('b', 'Tilanne'), item('a', 'Avaus'), item('c', 'Loppu'), item('d', 'Kahvi'));
      assert.deepEqual(outcome(seen, moved, written), both);
      assert.deepEqual(outcome(seen, written, moved), both);
    });

    it('collides in one item, in the order, and where one removes what the other changed', () => {
      const changed = agenda(item('a', 'Alku'), item('b', 'Tilanne'), item('c', 'Lopetus'));
      const other = agenda(item('a', 'Aloitus'), item('b', 'Tilanne'), item('c', 'Lopetus'));
      assert.deepEqual(outcome(seen, changed, other), { 'items.a.title.fi': 'Aloitus' });
      const without = agenda(item('b', 'Tilanne'), item('c', 'Lopetus'));
      assert.deepEqual(outcome(seen, without, other), { 'items.a': item('a', 'Aloitus') });
      assert.deepEqual(outcome(seen, other, without), { 'items.a': null });
      const oneOrder = agenda(item('b', 'Tilanne'), item('a', 'Avaus'), item('c', 'Lopetus'));
      const another = agenda(item('a', 'Avaus'), item('c', 'Lopetus'), item('b', 'Tilanne'));
      assert.deepEqual(outcome(seen, oneOrder, another), { items: another.items });
    });

    it('removes what one removed and the other left', () => {
      const without = agenda(item('a', 'Avaus'), item('c', 'Lopetus'));
      const changed = agenda(item('a', 'Alku'), item('b', 'Tilanne'), item('c', 'Lopetus'));
      const both = agenda(item('a', 'Alku'), item('c', 'Lopetus'));
      assert.deepEqual(outcome(seen, without, changed), both);
      assert.deepEqual(outcome(seen, changed, without), both);
    });
  });

  describe('after the writer was shown what collides', () => {
    /** What is stored when the same is sent again, over what was seen by then. */
    function again(seen: Fields, mine: Fields, current: Fields): unknown {
      const { collisions } = merge({ seen, mine, current });
      const theirs = Object.fromEntries(collisions.map(({ path, theirs }) => [path, theirs]));
      return outcome(seenAfter(seen, theirs), mine, current);
    }

    it('replaces that and nothing else', () => {
      const seen = { descriptions: { fi: 'Vanha', sv: 'Gammal' }, count: 3 };
      const mine = { ...seen, descriptions: { fi: 'Uusi', sv: 'Gammal' } };
      const current = { descriptions: { fi: 'Toinen', sv: 'Ny' }, count: 4 };
      assert.deepEqual(again(seen, mine, current), { descriptions: { fi: 'Uusi', sv: 'Ny' }, count: 4 });
    });

    it('does so in lists: an item, one that was removed, and the order', () => {
      const seen = agenda(item('a', 'Avaus'), item('b', 'Tilanne'), item('c', 'Lopetus'));
      const mine = agenda(item('c', 'Lopetus'), item('a', 'Alku'), item('b', 'Uusi'));
      const current = agenda(item('a', 'Aloitus'), item('c', 'Lopetus'), item('d', 'Kahvi'));
      assert.deepEqual(
        again(seen, mine, current),
        agenda(item('c', 'Lopetus'), item('d', 'Kahvi'), item('a', 'Alku'), item('b', 'Uusi')),
      );
      const another = agenda(
        item('b', 'Tilanne'),
        item('a', 'Avaus'),
        item('d', 'Kahvi'),
        item('c', 'Lopetus'),
      );
      assert.deepEqual(
        again(seen, agenda(item('c', 'Lopetus'), item('a', 'Avaus'), item('b', 'Tilanne')), another),
        agenda(item('c', 'Lopetus'), item('a', 'Avaus'), item('d', 'Kahvi'), item('b', 'Tilanne')),
      );
    });
  });

  it('takes what is absent, null and an empty text for the same nothing', () => {
    assert.ok(isSame({ a: '', b: [{}] }, { b: [{ c: null }] }));
    assert.ok(!isSame(0, null));
    assert.ok(!isSame([''], []));
  });

  it('compares the order of what two lists have in common', () => {
    assert.ok(isSameOrder(['a', 'b', 'c'], ['x', 'a', 'c']));
    assert.ok(!isSameOrder(['a', 'b'], ['b', 'x', 'a']));
  });
});
