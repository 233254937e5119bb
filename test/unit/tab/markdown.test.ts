import assert from 'node:assert/strict';
import { isSafeLink } from '../../../src/shared/links.js';
import { createMarkdown } from '../../../tab/shared/editor/markdown.js';

const { read, write } = createMarkdown();
const again = (markdown: string) => write(read(markdown));

describe('Markdown in the editor', () => {
  it('comes out as it went in, for all that the editor offers', () => {
    const text = [
      'Ensimmäinen kappale, jossa on **lihavaa**, *kursiivia* ja [linkki](https://elma.example.org).',
      '## Väliotsikko',
      'Rivi\njatkuu uudella rivillä.',
      '- yksi\n- kaksi',
      '1. ensin\n2. sitten',
      '> Lainaus, jota "sanottiin".',
    ].join('\n\n');
    assert.equal(again(text), text);
  });

  it('is settled after one round, whatever it was', () => {
    for (const text of [
      'a\\b',
      '1. x\n\n   y',
      '* * *',
      '<b>x</b> & <script>alert(1)</script>',
      '${title}',
      '😀 ~~x~~ `y`',
    ]) {
      assert.equal(again(again(text)), again(text), text);
    }
  });

  it('keeps HTML and templates as plain text', () => {
    assert.equal(read('<b>x</b> ${title}').textContent, '<b>x</b> ${title}');
  });

  it('lets only web and mail addresses be links', () => {
    assert.equal(isSafeLink('https://elma.example.org'), true);
    assert.equal(isSafeLink('mailto:a@example.org'), true);
    assert.equal(isSafeLink('javascript:alert(1)'), false);
    assert.equal(isSafeLink('elma.fi'), false);
    assert.equal(again('[x](javascript:alert(1))'), 'x');
  });
});
