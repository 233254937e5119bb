import assert from 'node:assert/strict';
import { isSafeLink } from '../../../src/shared/links.js';
import { parseText } from '../../../src/content/input.js';
import { toHtml, toPlainText, withAllowedLinks } from '../../../src/content/markdown.js';

const allowed = [
  'https://example.org',
  'http://example.org/a?b=1#c',
  'HTTPS://EXAMPLE.ORG/',
  'https://äänekoski.fi/å',
  'mailto:eeva@example.org',
  'mailto:eeva@example.org?subject=Hei%20vaan&body=Rivi',
  'tel:+358401234567',
  'tel:040-123%204567',
];

const refused = [
  'file:///C:/Users/etu.suku/a.docx',
  'file://palvelin/jako/a.docx',
  'C:\\Users\\a.docx',
  '\\\\palvelin\\jako',
  '#_ftn1',
  '/api/news',
  '//evil.example/x',
  'a.docx',
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'vbscript:x',
  'data:text/html,x',
  'blob:https://example.org/1',
  'about:blank',
  'cid:image001@example.org',
  'ms-word:ofe|u|https://example.org/a.docx',
  'onenote:https://example.org/a',
  'ftp://example.org',
  'https://',
  'https://example.org@evil.example/',
  'https://user:pass@example.org/',
  'mailto:',
  'mailto:eeva',
  'mailto:eeva@example.org?bcc=mallory@evil.example',
  'mailto:eeva@example.org?cc=mallory@evil.example',
  'mailto:eeva@example.org?BCC=mallory@evil.example',
  'mailto:eeva@example.org?subject=x%0D%0ABcc:mallory@evil.example',
  'mailto:eeva@example.org%0D%0ABcc:mallory@evil.example',
  'mailto:eeva@example.org,mallory@evil.example',
  'mailto:eeva@example.org?subject=a?bcc=b@c.fi',
  'mailto:eeva%3Cx@example.org',
  'tel:',
  'tel:soita',
  'tel:+358;phone-context=x',
];

describe('links in texts', () => {
  it('are to the web, a mail to one person or a telephone number', () => {
    for (const address of allowed) assert.equal(isSafeLink(address), true, address);
    for (const address of refused) assert.equal(isSafeLink(address), false, address);
  });

  it('are the same however often they are asked about', () => {
    for (let times = 0; times < 30_000; times += 1)
      assert.equal(isSafeLink('https://äänekoski.fi/å') && isSafeLink('https://x.fi/'), true, String(times));
  });

  it('are their text where readers can’t use them, in HTML and in plain text', () => {
    for (const address of refused) {
      const text = `Lue [tämä *tiedosto*](<${address}>) ensin`;
      assert.equal(toHtml(text), '<p>Lue tämä <em>tiedosto</em> ensin</p>\n', address);
      assert.equal(toPlainText(text), 'Lue tämä tiedosto ensin', address);
    }
    for (const address of allowed) {
      assert.match(toHtml(`[tämä](${address})`), /^<p><a href="[^"]+">tämä<\/a><\/p>\n$/, address);
      assert.match(toPlainText(`[tämä](${address})`), /^tämä \(.+\)$/, address);
    }
  });

  it('of other kinds leave the text at the gate, whoever sent it', () => {
    for (const address of refused.filter((each) => !/[\u0000\\]/.test(each)))
      for (const body of [`A [x](<${address}>) b`, `A [x](<${address}> "otsikko") b`])
        assert.equal(parseText({ title: 'T', lead: '', body }).body, 'A x b', address);
    for (const [before, after] of [
      ['[a \\[1\\]](file:///x) ja [b](https://x.fi)', 'a \\[1\\] ja [b](https://x.fi)'],
      ['[a [1]](#_ftn1)', 'a [1]'],
      ['[a](file:///C:/a_(1).docx).', 'a.'],
      ['\\[a](file:///x)', '\\[a](file:///x)'],
      ['[a](https://x.fi/b_(c)) [d](mailto:e@x.fi)', '[a](https://x.fi/b_(c)) [d](mailto:e@x.fi)'],
      ['- [a](#b)\n- [c](tel:112112)', '- a\n- [c](tel:112112)'],
    ] as const)
      assert.equal(withAllowedLinks(before), after);
  });
});
