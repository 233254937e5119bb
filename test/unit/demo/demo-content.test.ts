import assert from 'node:assert/strict';
import { newsStates } from '../../../src/news/types.js';
import { hasPersonalId } from '../../../src/content/personal-data.js';
import { textLimits, type TextContent } from '../../../src/content/text.js';
import { demoNews } from '../../../src/demo/news.js';
import { demoPeople, demoProgramme } from '../../../src/demo/people.js';
import { demoIssue, demoReleases } from '../../../src/demo/uses.js';

interface DemoText {
  readonly from: string;
  readonly language: string;
  readonly words: TextContent;
}

const newsTexts: DemoText[] = demoNews.flatMap(({ key, submission, then }) => [
  { from: key, language: submission.language, words: submission.words },
  ...then.flatMap((step) =>
    step.does === 'edit' ? [{ from: key, language: step.language, words: step.words }] : [],
  ),
]);
const releaseTexts: DemoText[] = demoReleases.flatMap(({ key, from }) =>
  'words' in from
    ? (['fi', 'sv'] as const).map((language) => ({ from: key, language, words: from.words[language] }))
    : [],
);
const allTexts = [...newsTexts, ...releaseTexts];
const all = ({ title, lead, body }: TextContent): string => `${title}\n${lead}\n${body}`;

/** The item of which one language is still being written. */
const translated = 'elma-reader-panel';

const endOf = {
  edit: 'inReview',
  accept: 'accepted',
  requestChanges: 'changesRequested',
  reject: 'rejected',
  withdraw: 'withdrawn',
  note: 'submitted',
} as const;

describe('the demo programme', () => {
  it('has three projects, each named in three languages', () => {
    assert.equal(demoProgramme.projects.length, 3);
    for (const { names } of demoProgramme.projects) {
      assert.equal(new Set(Object.values(names)).size, 3);
    }
  });

  it('has at least eight people: workers, coordinators and an admin, in three languages, each with an id of their own', () => {
    assert.ok(demoPeople.length >= 8);
    assert.equal(new Set(demoPeople.map((person) => person.id)).size, demoPeople.length);
    assert.deepEqual(
      new Set(demoPeople.map((person) => person.role)),
      new Set(['worker', 'coordinator', 'admin']),
    );
    assert.deepEqual(new Set(demoPeople.map((person) => person.language)), new Set(['fi', 'sv', 'en']));
  });

  it('has fourteen items, one or more in every state', () => {
    assert.equal(demoNews.length, 14);
    const ends = demoNews.map(({ then }) => {
      const moves = then.filter((step) => step.does !== 'edit' && step.does !== 'note');
      const last = moves.at(-1) ?? then.at(-1);
      return last === undefined ? 'submitted' : endOf[last.does];
    });
    assert.deepEqual(new Set(ends), new Set(newsStates));
  });

  it('lets nothing happen before its item was sent in, or after the first start', () => {
    for (const { key, hoursAgo, then } of demoNews) {
      const times = [0, ...then.map((step) => step.hoursLater)];
      assert.deepEqual(
        times,
        [...times].sort((one, other) => one - other),
        key,
      );
      assert.ok(hoursAgo - Math.max(...times) > 0, key);
    }
  });
});

describe('the texts of the demo', () => {
  it('show a newcomer a translation in progress, and a newsletter that greets its readers in both languages', () => {
    const unfinished = demoNews.flatMap(({ key, then }) =>
      then.some((step) => step.does === 'edit' && step.unfinished === true) ? [key] : [],
    );
    assert.deepEqual(unfinished, [translated]);
    for (const { greeting, signOff } of Object.values(demoIssue.letter))
      assert.ok(greeting.length > 40 && signOff.length > 40);
  });

  it('fit the limits, with room to spare in the title', () => {
    for (const { from, language, words } of allTexts) {
      assert.ok(words.title.length <= 90, `${from} ${language}: ${words.title.length} characters of title`);
      assert.ok(words.lead.length <= textLimits.lead, from);
      assert.ok(words.body.length <= textLimits.body, from);
    }
  });

  it('hold no exclamation marks, no personal data, and no address that could be somebody’s', () => {
    for (const { from, language, words } of allTexts) {
      const text = all(words);
      assert.doesNotMatch(text, /!/, `${from} ${language}`);
      assert.equal(hasPersonalId(text), false, from);
      for (const [, host = ''] of text.matchAll(/https?:\/\/([^/)\s]+)/g))
        assert.match(host, /(^|\.)example\.org$/);
    }
  });

  it('are as long as news is, once they were edited', () => {
    for (const { from, language, words } of allTexts) {
      const count = all(words).split(/\s+/).length;
      const isRough = from === 'recruitment-fair' && words.body.length < 300;
      assert.ok(isRough || (count >= 75 && count <= 420), `${from} ${language}: ${count} words`);
    }
  });

  it('say the same in both languages: as many headings, list items and links', () => {
    const shapeOf = (words: TextContent) => ({
      headings: words.body.match(/^#/gm)?.length,
      bullets: words.body.match(/^- /gm)?.length,
      steps: words.body.match(/^\d\. /gm)?.length,
      links: words.body.match(/\]\(/g)?.length,
    });
    // A translation in progress says less, for now.
    for (const from of new Set(allTexts.map((text) => text.from).filter((key) => key !== translated))) {
      const versions = allTexts.filter((text) => text.from === from);
      const [fi, sv] = ['fi', 'sv'].map((language) => versions.find((text) => text.language === language));
      if (fi !== undefined && sv !== undefined) assert.deepEqual(shapeOf(fi.words), shapeOf(sv.words), from);
    }
  });
});
