import assert from 'node:assert/strict';
import { toHtml, toPlainText } from '../../../src/content/markdown.js';

describe('Markdown', () => {
  it('renders what mail and the intranet keep', () => {
    const html = toHtml(
      '## Elma\n\nUusi **palvelu** ja [ohje](https://example.org/a?b=1&c=2).\n\n- yksi\n- kaksi\n\n> Hyvä.',
    );
    assert.match(html, /<h3>Elma<\/h3>/u);
    assert.match(html, /<strong>palvelu<\/strong>/u);
    assert.match(html, /<a href="https:\/\/example\.org\/a\?b=1&amp;c=2">ohje<\/a>/u);
    assert.match(html, /<ul>\s*<li>yksi<\/li>\s*<li>kaksi<\/li>\s*<\/ul>/u);
    assert.match(html, /<blockquote>\s*<p>Hyvä\.<\/p>/u);
  });

  it('puts headings below those of the page, never past the sixth level', () => {
    assert.equal(toHtml('# a', { firstHeading: 4 }), '<h4>a</h4>\n');
    assert.equal(toHtml('###### a', { firstHeading: 4 }), '<h6>a</h6>\n');
  });

  const hostile = [
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '[press](javascript:alert(1))',
    '[press](JaVaScRiPt&colon;alert(1))',
    '[press](data:text/html;base64,PHNjcmlwdD4=)',
    '[press](//evil.example/x)',
    '[press](/api/news)',
    '![pixel](https://evil.example/pixel.png)',
    '<javascript:alert(1)>',
    '[x]: javascript:alert(1)\n[x]',
    '[a](https://ok.example/"onmouseover="alert(1))',
  ];
  for (const text of hostile) {
    it(`lets nothing run in ${JSON.stringify(text)}`, () => {
      const html = toHtml(text);
      assert.doesNotMatch(html, /<(?!\/?(?:p|a|br)\b)/u);
      assert.doesNotMatch(html, /href="(?!https?:|mailto:)/iu);
      assert.doesNotMatch(html, /<a [^>]*\son/iu);
    });
  }

  it('links a whole address but does not guess at names', () => {
    assert.match(toHtml('Lue https://example.org/elma nyt'), /<a href="https:\/\/example\.org\/elma">/u);
    assert.doesNotMatch(toHtml('Käytä palvelua elma.fi'), /<a/u);
  });

  it('keeps emoji and template text as typed', () => {
    assert.equal(toHtml('Hei 👩🏽‍⚕️ ${title} {name, plural}'), '<p>Hei 👩🏽‍⚕️ ${title} {name, plural}</p>\n');
  });

  it('reads as plain text', () => {
    const text =
      '# Elma\n\nUusi **palvelu**,\nkatso [ohje](https://example.org).\n\n1. yksi\n2. kaksi\n   - sisällä\n\n> Hyvä\n> juttu\n\nKirjoita [a@b.fi](mailto:a@b.fi) &amp; kysy';
    assert.equal(
      toPlainText(text),
      'Elma\n\nUusi palvelu,\nkatso ohje (https://example.org).\n\n1. yksi\n2. kaksi\n   - sisällä\n\n> Hyvä\n> juttu\n\nKirjoita a@b.fi & kysy',
    );
  });

  it('takes a paragraph of 10,000 characters', () => {
    assert.equal(toPlainText('sana '.repeat(2000)).length, 9999);
  });
});
