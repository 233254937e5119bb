import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { draftOf } from '../../bot/conversation/understanding/story.js';
import { learned, understandingOf } from '../understanding/learn.js';
import { learnedFrom, measured, page } from '../understanding/measure.js';

describe('bot: understanding people', () => {
  const tallies = Object.entries(measured());

  for (const [language, { asked, hits }] of tallies) {
    it(`does what is meant in at least 92 % of the held-out texts in ${language}`, () => {
      assert.ok(hits >= 0.92 * asked, `${String(hits)} of ${String(asked)}`);
    });
  }

  it('acts on at most 3 % of the off-topic texts', () => {
    const all = tallies.reduce((sum, [, { offTopic }]) => sum + offTopic, 0);
    const acted = tallies.reduce((sum, [, { falseActions }]) => sum + falseActions, 0);
    assert.ok(acted <= 0.03 * all, `${String(acted)} of ${String(all)}`);
  });

  it('has the weights that its utterances give, and says so in the documentation', function () {
    this.timeout(120_000);
    const weights = learned(learnedFrom);
    const stored: unknown = JSON.parse(readFileSync('bot/conversation/understanding/weights.json', 'utf8'));
    assert.deepEqual(stored, weights, 'run `npm run understanding`');
    // The formatter lines up the columns of tables.
    const bare = (text: string): string => text.replace(/[ \n-]+/g, ' ');
    assert.equal(bare(readFileSync('docs/understanding.md', 'utf8')), bare(page(weights)));
  });

  const { languageOf, isCommand } = understandingOf();
  const draft = (text: string) => draftOf(text, isCommand);

  it('tells the languages apart, and says nothing where they are alike', () => {
    assert.equal(languageOf('Jag vill berätta om vår nya tjänst'), 'sv');
    assert.equal(languageOf('mulla ois teille juttu'), 'fi');
    assert.equal(languageOf('when is the next training'), 'en');
    assert.equal(languageOf('👍'), undefined);
    assert.equal(languageOf('Big Room'), undefined);
    assert.equal(languageOf('Elma 2026'), undefined);
  });

  it('takes the first line for the title, or the first sentence of one paragraph', () => {
    const lines = draft('Moi!\nElma avattiin\nKävijöitä oli 240.\nJatkamme keväällä.');
    assert.deepEqual(
      [lines?.title, lines?.body],
      ['Elma avattiin', 'Kävijöitä oli 240.\n\nJatkamme keväällä.'],
    );
    const sentences = draft('Elma avattiin eilen Porvoossa. Kävijöitä oli 240. Jatkamme 1.12. klo 9.');
    assert.deepEqual(
      [sentences?.title, sentences?.body],
      ['Elma avattiin eilen Porvoossa', 'Kävijöitä oli 240. Jatkamme 1.12. klo 9.'],
    );
  });

  it('loses nothing of a title that is too long, or of a story of one sentence', () => {
    const sentence = `Elma ${'otettiin käyttöön '.repeat(20)}eilen`;
    const long = draft(`uutinen: ${sentence}`);
    assert.ok(long !== undefined && long.title.length <= 120 && long.title.endsWith('…'));
    assert.ok(sentence.startsWith(long.title.slice(0, -1)));
    assert.equal(long.body, sentence);
    const short = draft('nyhet: Mottagningen öppnade');
    assert.deepEqual([short?.title, short?.body], ['Mottagningen öppnade', 'Mottagningen öppnade']);
  });

  it('cuts a text of 30 pages at its limit and says how much is left', () => {
    const pages = 'Tämä on pitkän kertomuksen lause. '.repeat(2700);
    const { body = '', left = 0 } = draft(pages) ?? {};
    assert.ok(body.length <= 8000 && body.length > 7900);
    assert.ok(left > 80_000);
  });

  it('takes a link with hardly a word beside it', () => {
    assert.equal(draft('www.example.org/elma')?.link, 'www.example.org/elma');
    assert.deepEqual(draft('Tässä: https://example.org/a')?.link, 'https://example.org/a');
  });

  it('leaves small talk, questions and commands alone', () => {
    for (const text of [
      'Moi! Kiitos paljon avusta. Hyvää viikonloppua!',
      'Moi! Milloin seuraava hankeradio on?',
      'Hej! Jag har en nyhet.',
    ])
      assert.equal(draft(text), undefined, text);
  });
});
