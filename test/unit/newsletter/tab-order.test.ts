import assert from 'node:assert/strict';
import { renderMail } from '../../../src/newsletter/mail/mail.js';
import type { ProjectId } from '../../../src/platform/ids.js';
import type { IssueView } from '../../../src/newsletter/view.js';
import {
  orderBody,
  placeOf,
  stepOf,
  withHeading,
  withOtherHeading,
  withoutHeading,
  withSectionAt,
  withStoryAt,
} from '../../../tab/features/newsletter/issue-view.js';
import { inScheme } from '../../../tab/features/newsletter/preview/mail-view.js';
import { sampleMail } from '../../make-newsletter.js';

const names = { fi: 'x', sv: 'x', en: 'x' };
const project = (id: string) => ({ id, heading: { projectId: id as ProjectId, names } });

const issue = {
  id: 'issue',
  arranged: false,
  lead: { id: 'lead' },
  sections: [
    { ...project('a'), stories: [{ id: 'a1' }, { id: 'a2' }, { id: 'a3' }] },
    { ...project('b'), stories: [{ id: 'b1' }] },
  ],
} as unknown as IssueView;

/** "a: a1 a2 | b: b1" */
const read = (view: IssueView | undefined): string =>
  orderBody(view ?? assert.fail())
    .sections.map(({ id, stories }) => `${id}: ${stories.join(' ')}`)
    .join(' | ');

/** One step of a story with the arrow keys; as it was where there is no way on. */
function stepped(view: IssueView, story: string, by: -1 | 1): IssueView {
  const spot = stepOf(view, placeOf(view, story) ?? assert.fail(), by);
  return (spot && withStoryAt(view, story, spot)) ?? view;
}

describe('arranging in the outline', () => {
  it('moves a story within its section', () => {
    assert.equal(read(withStoryAt(issue, 'a1', { section: 'a', index: 1 })), 'a: a2 a1 a3 | b: b1');
    assert.equal(read(withStoryAt(issue, 'a3', { section: 'a', index: 0 })), 'a: a3 a1 a2 | b: b1');
    assert.equal(withStoryAt(issue, 'a3', { section: 'a', index: 0 })?.arranged, true);
  });

  it('moves a story under any other heading, and above the first', () => {
    assert.equal(read(withStoryAt(issue, 'a2', { section: 'b', index: 1 })), 'a: a1 a3 | b: b1 a2');
    const above = withStoryAt(issue, 'b1', { section: 'top', index: 0 });
    assert.equal(read(above), 'top: b1 | a: a1 a2 a3 | b: ');
    const back = withStoryAt(above ?? assert.fail(), 'b1', { section: 'b', index: 0 });
    assert.equal(read(back), 'a: a1 a2 a3 | b: b1', 'what has no heading and no story is gone');
  });

  it('has no place beyond the ends, nor for what is no part of a section', () => {
    for (const [id, section, index] of [
      ['a1', 'a', -1],
      ['a3', 'a', 3],
      ['a2', 'a', 1],
      ['a2', 'b', 2],
      ['a2', 'nowhere', 0],
      ['lead', 'a', 0],
      ['nobody', 'a', 0],
    ] as const)
      assert.equal(withStoryAt(issue, id, { section, index }), undefined, `${id} ${section} ${index}`);
    assert.equal(placeOf(issue, 'a2')?.index, 1);
  });

  it('steps through every place by keys, from the end to above the first heading and back', () => {
    const seen: string[] = [];
    let view = issue;
    for (let step = 0; step < 6; step += 1) seen.push(read((view = stepped(view, 'b1', -1))));
    assert.deepEqual(seen, [
      'a: a1 a2 a3 b1 | b: ',
      'a: a1 a2 b1 a3 | b: ',
      'a: a1 b1 a2 a3 | b: ',
      'a: b1 a1 a2 a3 | b: ',
      'top: b1 | a: a1 a2 a3 | b: ',
      'top: b1 | a: a1 a2 a3 | b: ',
    ]);
    for (let step = 0; step < 6; step += 1) view = stepped(view, 'b1', 1);
    assert.equal(read(view), read(issue));
  });

  it('moves sections, none above the stories without a heading', () => {
    assert.equal(read(withSectionAt(issue, 'b', 0)), 'b: b1 | a: a1 a2 a3');
    assert.equal(withSectionAt(issue, 'a', -1), undefined);
    assert.equal(withSectionAt(issue, 'b', 2), undefined);
    const above = withStoryAt(issue, 'a1', { section: 'top', index: 0 }) ?? assert.fail();
    assert.equal(withSectionAt(above, 'a', 0), undefined);
    assert.equal(withSectionAt(above, 'top', 1), undefined);
  });

  it('adds, changes and removes headings, and no story is lost', () => {
    const own = {
      own: { fi: 'Tulossa', sv: 'På gång' },
      names: { fi: 'Tulossa', sv: 'På gång', en: 'Tulossa' },
    };
    const split = withHeading(issue, { id: 'own-1', heading: own, above: 'a2' });
    assert.equal(read(split), 'a: a1 | own-1: a2 a3 | b: b1');
    assert.deepEqual(orderBody(split).sections[1]?.heading, { own: own.own });
    assert.equal(read(withHeading(issue, { id: 'own-1', heading: own })), 'a: a1 a2 a3 | b: b1 | own-1: ');
    assert.equal(read(withoutHeading(split, 'own-1')), read(issue));
    assert.equal(read(withoutHeading(issue, 'a')), 'top: a1 a2 a3 | b: b1');
    assert.equal(read(withoutHeading(withoutHeading(issue, 'a'), 'b')), 'top: a1 a2 a3 b1');
    assert.equal(
      read(withOtherHeading(issue, 'b', { id: 'own-2', heading: own })),
      'a: a1 a2 a3 | own-2: b1',
    );
  });
});

describe('the colour scheme of a previewed mail', () => {
  it('is the chosen one, whatever the device has', async () => {
    const { html } = await renderMail(sampleMail('fi'));
    const dark = inScheme(html, 'dark');
    const light = inScheme(html, 'light');
    assert.match(dark, /@media all \{\s+\.page/);
    assert.match(light, /@media not all \{\s+\.page/);
    assert.match(dark, /<meta name="color-scheme" content="dark">/);
    assert.ok(!/prefers-color-scheme|color-scheme: light dark/.test(dark + light));
  });
});
