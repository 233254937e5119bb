import assert from 'node:assert/strict';
import { renderMail } from '../../../src/newsletter/mail/mail.js';
import type { IssueView } from '../../../src/newsletter/view.js';
import {
  orderBody,
  placeOf,
  withSectionAt,
  withStoryAt,
} from '../../../tab/features/newsletter/issue-view.js';
import { inScheme } from '../../../tab/features/newsletter/preview/mail-view.js';
import { sampleMail } from '../../make-newsletter.js';

const issue = {
  id: 'issue',
  arranged: false,
  lead: { id: 'lead' },
  sections: [
    { projectId: 'a', stories: [{ id: 'a1' }, { id: 'a2' }, { id: 'a3' }] },
    { projectId: 'b', stories: [{ id: 'b1' }] },
  ],
} as unknown as IssueView;

const stories = (view: IssueView | undefined): string => orderBody(view ?? assert.fail()).stories.join(' ');

describe('arranging in the outline', () => {
  it('moves a story within its section', () => {
    assert.equal(stories(withStoryAt(issue, 'a1', 1)), 'a2 a1 a3 b1');
    assert.equal(stories(withStoryAt(issue, 'a3', 0)), 'a3 a1 a2 b1');
    assert.equal(withStoryAt(issue, 'a3', 0)?.arranged, true);
  });

  it('has no place beyond the ends, nor for what is no part of a section', () => {
    for (const [id, to] of [
      ['a1', -1],
      ['a3', 3],
      ['a2', 1],
      ['lead', 0],
      ['nobody', 0],
    ] as const) {
      assert.equal(withStoryAt(issue, id, to), undefined);
    }
    assert.equal(placeOf(issue, 'a2')?.index, 1);
  });

  it('moves sections', () => {
    assert.deepEqual(orderBody(withSectionAt(issue, 'b', 0) ?? assert.fail()).projects, ['b', 'a']);
    assert.equal(withSectionAt(issue, 'a', -1), undefined);
    assert.equal(withSectionAt(issue, 'b', 2), undefined);
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
