import assert from 'node:assert/strict';
import type { ProjectId, StoryId } from '../../../src/platform/ids.js';
import {
  arrangementOf,
  assemble,
  inReadingOrder,
  isAlike,
  layoutOf,
} from '../../../src/newsletter/arrangement.js';
import { seeded } from '../../world/teams/seeded.js';
import type { LaidSection, Weight } from '../../../src/newsletter/types.js';

const projects = ['a', 'b', 'c'] as ProjectId[];

/** "a2@3": of project a, weight 2, placed in minute 3; its id is the text. */
function story(text: string) {
  const [, project = '', weight = '', minute = ''] = /^(\w)(\d)@(\d)$/.exec(text) ?? [];
  return {
    id: text as StoryId,
    projectId: project as ProjectId,
    weight: Number(weight) as Weight,
    addedAt: `2026-11-23T08:0${minute}:00Z`,
  };
}

function read(stories: string, arrangement?: { projects?: string; stories?: string; lead?: string }): string {
  const assembled = assemble(stories.split(' ').filter(Boolean).map(story), projects, {
    ...(arrangement?.lead && { lead: arrangement.lead as StoryId }),
    ...(arrangement && {
      arrangement: {
        projects: (arrangement.projects ?? '').split(' ') as ProjectId[],
        stories: (arrangement.stories ?? '').split(' ') as StoryId[],
      },
    }),
  });
  const sections = assembled.sections.map((section) => section.stories.map(({ id }) => id).join(' '));
  return [assembled.lead?.id ?? '-', ...sections].join(' | ');
}

/** The same of an issue that was begun when the longest stories came first. */
function readBefore(stories: string): string {
  const { lead, sections } = assemble(stories.split(' ').map(story), projects, { byWeight: true });
  return [lead?.id ?? '-', ...sections.map((section) => section.stories.map(({ id }) => id).join(' '))].join(
    ' | ',
  );
}

/**
 * The same with sections laid by hand, "a: a1@1 a2@2 | own: b1@3 | : c1@4": under the name of a project (one letter), under what
 * somebody wrote, or, with nothing before the colon, under no heading.
 */
function laid(text: string): LaidSection[] {
  if (text === '') return [];
  return text.split(' | ').map((section) => {
    const [, name = '', ids = ''] = /^(\w*):\s*(.*)$/.exec(section) ?? [];
    const heading =
      name.length === 1 ? { projectId: name as ProjectId } : { own: { fi: `${name} fi`, sv: `${name} sv` } };
    const stories = ids.split(' ').filter(Boolean) as StoryId[];
    return { id: name || 'top', ...(name !== '' && { heading }), stories };
  });
}

function readLaid(stories: string, layout: string, lead?: string): string {
  const assembled = assemble(stories.split(' ').filter(Boolean).map(story), projects, {
    ...(lead !== undefined && { lead: lead as StoryId }),
    arrangement: arrangementOf(laid(layout)),
  });
  const sections = assembled.sections.map(
    ({ id, heading, stories: inside }) =>
      `${heading === undefined ? '' : id}: ${inside.map((each) => each.id).join(' ')}`,
  );
  return [assembled.lead?.id ?? '-', ...sections].join(' | ');
}

describe('assembling an issue laid by hand', () => {
  const stories = 'c3@0 a1@1 b1@2 a2@3';
  const cases: readonly [what: string, result: string, expected: string][] = [
    [
      'any story under any heading',
      readLaid(stories, 'b: a1@1 b1@2 | own: a2@3'),
      'c3@0 | b: a1@1 b1@2 | own: a2@3',
    ],
    ['no headings at all', readLaid(stories, ': a2@3 b1@2 a1@1'), 'c3@0 | : a2@3 b1@2 a1@1'],
    [
      'a later story under the heading of its project',
      readLaid(stories, 'a: a1@1 | own: b1@2'),
      'c3@0 | a: a1@1 a2@3 | own: b1@2',
    ],
    [
      'a later story without such a heading at the end',
      readLaid(stories, 'own: a1@1'),
      'c3@0 | own: a1@1 b1@2 a2@3',
    ],
    [
      'never under the name of another project: its own name follows',
      readLaid(stories, 'a: a1@1'),
      'c3@0 | a: a1@1 a2@3 | b: b1@2',
    ],
    [
      'a heading without stories stays, to be filled',
      readLaid('c3@0 a1@1', 'own: | a: a1@1'),
      'c3@0 | own:  | a: a1@1',
    ],
    [
      'stories that were taken out are forgotten',
      readLaid('c3@0 a1@1', ': b1@2 | a: a1@1 a2@3'),
      'c3@0 | a: a1@1',
    ],
    [
      'a lead story that another one took over from goes under its project',
      readLaid(stories, 'a: a1@1 | b: b1@2', 'a2@3'),
      'a2@3 | a: a1@1 | b: b1@2 | c: c3@0',
    ],
    ['nothing laid is by project', readLaid('c3@0 a1@1 b1@2', ''), 'c3@0 | a: a1@1 | b: b1@2'],
  ];
  for (const [what, result, expected] of cases)
    it(what, () => {
      assert.equal(result, expected);
    });

  it('has every story once, whatever was laid (200 seeded issues)', () => {
    const random = seeded(20_261_130);
    const any = (below: number): number => Math.floor(random() * below);
    for (let round = 0; round < 200; round += 1) {
      const all = Array.from({ length: any(12) }, (_, index) =>
        story(`${'abcxy'[any(5)] ?? 'a'}${any(3) + 1}@${index % 10}`),
      ).filter(({ id }, index, list) => list.findIndex((other) => other.id === id) === index);
      const names = ['', 'a', 'b', 'own', 'other', 'x'].slice(any(2)).slice(0, any(6));
      const layout = names.map((name) => {
        const inside = all.filter(() => random() < 0.4).map(({ id }) => id);
        return `${name}: ${[...inside, ...(random() < 0.2 ? ['gone'] : [])].join(' ')}`.trim();
      });
      const lead = random() < 0.5 ? all[any(all.length)]?.id : undefined;
      const assembled = assemble(all, projects, {
        ...(lead !== undefined && { lead }),
        arrangement: arrangementOf(laid(layout.join(' | '))),
      });
      const ids = inReadingOrder(assembled).map(({ id }) => id);
      assert.deepEqual([...ids].sort(), all.map(({ id }) => id).sort(), layout.join(' | '));
      const keys = assembled.sections.map(({ id }) => id);
      assert.equal(new Set(keys).size, keys.length, `sections ${keys.join(' ')}`);
      // What is shown, laid as it is, stays as it is.
      const again = assemble(all, projects, {
        ...(assembled.lead && { lead: assembled.lead.id }),
        arrangement: arrangementOf(layoutOf(assembled.sections)),
      });
      if (assembled.sections.length > 0) assert.deepEqual(again, assembled);
    }
  });
});

describe('two orders', () => {
  const cases: readonly [what: string, one: string, other: string, alike: boolean][] = [
    ['the same', 'a: 1 2 | own: 3', 'a: 1 2 | own: 3', true],
    ['a story that came or went', 'a: 1 2 | own: 3', 'a: 1 | own: 3 4', true],
    ['a project that came with a story', 'a: 1', 'a: 1 | b: 2', true],
    ['another order of stories', 'a: 1 2', 'a: 2 1', false],
    ['another order of sections', 'a: 1 | own: 2', 'own: 2 | a: 1', false],
    ['a story under another heading', 'a: 1 2 | own: 3', 'a: 1 | own: 2 3', false],
    ['a heading written since', 'a: 1 2', 'a: 1 2 | own:', false],
    ['another heading in the same place', 'own: 1', 'more: 1', false],
    ['a heading taken away', 'own: 1', ': 1', false],
  ];
  for (const [what, one, other, alike] of cases)
    it(`${what}: ${alike ? 'alike' : 'not alike'}`, () => {
      assert.equal(isAlike(laid(one), laid(other)), alike);
      assert.equal(isAlike(laid(other), laid(one)), alike);
    });

  it('with another text in the same heading: not alike', () => {
    const [section] = laid('own: 1');
    const other = { ...(section ?? assert.fail()), heading: { own: { fi: 'Toinen', sv: 'own sv' } } };
    assert.equal(isAlike(laid('own: 1'), [other]), false);
  });
});

describe('assembling an issue', () => {
  const cases: readonly [what: string, result: string, expected: string][] = [
    ['nothing', read(''), '-'],
    ['one story leads', read('b2@1'), 'b2@1'],
    ['the oldest leads, however short it is', read('a1@1 b3@2'), 'a1@1 | b3@2'],
    ['sections in the order of the programme', read('c1@1 b1@2 a1@3 a3@4'), 'c1@1 | a1@3 a3@4 | b1@2'],
    ['in a section by age', read('c3@0 a1@1 a2@3 a2@2 a3@4'), 'c3@0 | a1@1 a2@2 a2@3 a3@4'],
    [
      'an issue of before by length, then age',
      readBefore('c1@0 a1@1 a2@3 a2@2 a3@4'),
      'a3@4 | a2@2 a2@3 a1@1 | c1@0',
    ],
    ['a project that the programme does not know comes last', read('x3@0 z2@1 b1@2'), 'x3@0 | b1@2 | z2@1'],
    ['a lead story chosen by hand', read('a3@1 b1@2', { lead: 'b1@2' }), 'b1@2 | a3@1'],
    [
      'a chosen lead story that was taken out is forgotten',
      read('a3@1 b1@2', { lead: 'c1@1' }),
      'a3@1 | b1@2',
    ],
    [
      'stories in the order given by hand, new ones at the end of their section',
      read('c3@0 a1@1 a2@2 a3@3 a2@4', { stories: 'a1@1 a2@2' }),
      'c3@0 | a1@1 a2@2 a3@3 a2@4',
    ],
    [
      'sections in the order given by hand, new ones at the end',
      read('c3@0 a1@1 b1@2 c1@3', { projects: 'c b' }),
      'c3@0 | c1@3 | b1@2 | a1@1',
    ],
  ];
  for (const [what, result, expected] of cases) {
    it(what, () => {
      assert.equal(result, expected);
    });
  }

  it('keeps every story once, whatever the order given by hand', () => {
    const all = ['a1@1', 'a2@2', 'b3@3', 'b1@4', 'c2@5', 'x2@6'];
    const orders = [[], ['x2@6', 'nobody'], [...all].reverse(), ['b1@4', 'b1@4', 'a1@1']];
    for (const lead of [undefined, ...all]) {
      for (const order of orders) {
        const assembled = assemble(all.map(story), projects, {
          ...(lead !== undefined && { lead: lead as StoryId }),
          arrangement: { projects: ['c' as ProjectId], stories: order as StoryId[] },
        });
        assert.deepEqual(
          inReadingOrder(assembled)
            .map(({ id }) => id)
            .sort(),
          [...all].sort(),
        );
      }
    }
  });

  it('does not depend on the order in which the stories were read', () => {
    const one = 'a1@1 a2@2 b3@3 b1@4 c2@5';
    assert.equal(read(one.split(' ').reverse().join(' ')), read(one));
  });
});
