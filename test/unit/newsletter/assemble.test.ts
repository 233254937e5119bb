import assert from 'node:assert/strict';
import type { ProjectId, StoryId } from '../../../src/platform/ids.js';
import { assemble, inReadingOrder } from '../../../src/newsletter/view.js';
import type { Weight } from '../../../src/newsletter/types.js';

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
