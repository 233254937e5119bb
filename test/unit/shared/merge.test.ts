import assert from 'node:assert/strict';
import { isSame, isSameOrder, merge, seenAfter, type Fields } from '../../../src/shared/merge.js';
import { randomFrom } from '../../world/fuzz.js';

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

  it('looks into what both added', () => {
    const mine = { talk: { sv: { topic: 'Ämne', speaker: 'Vilma' } } };
    assert.deepEqual(outcome({}, mine, { talk: { sv: { topic: 'Annat' }, en: { topic: 'Other' } } }), {
      'talk.sv.topic': 'Annat',
    });
    assert.deepEqual(outcome({}, mine, { talk: { sv: { topic: 'Ämne' }, en: { topic: 'Other' } } }), {
      talk: { sv: { topic: 'Ämne', speaker: 'Vilma' }, en: { topic: 'Other' } },
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

  describe('of two agendas, whatever two people do', () => {
    const rounds = 2_000;
    type Item = { readonly id: string; readonly title: Readonly<Record<string, string>> };

    /** A few changes at random: texts written in one language, items added, removed and moved. */
    function edited(items: readonly Item[], who: string, random: () => number): readonly Item[] {
      const below = (count: number): number => Math.floor(random() * count);
      return Array.from({ length: 1 + below(4) }).reduce<readonly Item[]>((list, _, step) => {
        const at = below(list.length);
        const mark = `${who}${step}`;
        const [taken] = list.slice(at, at + 1);
        const others = list.filter((_item, index) => index !== at);
        switch (below(4)) {
          case 0:
            return [...list.slice(0, at), { id: mark, title: { fi: mark } }, ...list.slice(at)];
          case 1:
            return others;
          case 2: {
            const to = below(list.length);
            return taken === undefined ? list : [...others.slice(0, to), taken, ...others.slice(to)];
          }
          default: {
            const written = { [random() < 0.5 ? 'fi' : 'sv']: mark };
            return list.map((item, index) =>
              index === at ? { ...item, title: { ...item.title, ...written } } : item,
            );
          }
        }
      }, items);
    }

    const titlesOf = (items: readonly Item[]): string[] => items.flatMap(({ title }) => Object.values(title));

    function eachRound(
      check: (round: Readonly<Record<'seen' | 'mine' | 'current', readonly Item[]>>) => void,
    ): void {
      for (let seed = 1; seed <= rounds; seed += 1) {
        const random = randomFrom(seed);
        const seen = ['a', 'b', 'c', 'd'].map((id) => ({ id, title: { fi: id, sv: `${id}-sv` } }));
        check({ seen, mine: edited(seen, 'm', random), current: edited(seen, 't', random) });
      }
    }

    const merged = (seen: readonly Item[], mine: readonly Item[], current: readonly Item[]) => {
      const { merged: fields, collisions } = merge({
        seen: { items: seen },
        mine: { items: mine },
        current: { items: current },
      });
      return { items: fields.items as readonly Item[], collisions };
    };

    it('keeps every text that either wrote, or names the place where both did', () => {
      eachRound(({ seen, mine, current }) => {
        const { items, collisions } = merged(seen, mine, current);
        const kept = new Set(titlesOf(items));
        const written = titlesOf(current).filter((text) => !titlesOf(seen).includes(text));
        const named = JSON.stringify(collisions);
        for (const text of written) assert.ok(kept.has(text) || named.includes(text), `${text} is lost`);
        assert.equal(new Set(items.map(({ id }) => id)).size, items.length, 'an item is there twice');
      });
    });

    it('brings the same items and texts whoever was first, and collides for both or for none', () => {
      eachRound(({ seen, mine, current }) => {
        const [one, other] = [merged(seen, mine, current), merged(seen, current, mine)];
        assert.deepEqual(
          one.collisions.map(({ path }) => path).sort(),
          other.collisions.map(({ path }) => path).sort(),
        );
        if (one.collisions.length > 0) return;
        const sorted = (items: readonly Item[]) =>
          items.toSorted((first, second) => (first.id < second.id ? -1 : 1));
        assert.deepEqual(sorted(one.items), sorted(other.items));
      });
    });

    it('collides no more once it was shown, and then takes what the writer has', () => {
      eachRound(({ seen, mine, current }) => {
        const { collisions } = merged(seen, mine, current);
        const theirs = Object.fromEntries(collisions.map(({ path, theirs }) => [path, theirs]));
        const { items: shown } = seenAfter({ items: seen }, theirs) as { items: readonly Item[] };
        assert.deepEqual(merged(shown, mine, current).collisions, []);
      });
    });

    it('leaves an agenda alone that only one of them changed', () => {
      eachRound(({ seen, mine }) => {
        assert.deepEqual(merged(seen, mine, seen), { items: mine, collisions: [] });
        assert.deepEqual(merged(seen, seen, mine), { items: mine, collisions: [] });
      });
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
