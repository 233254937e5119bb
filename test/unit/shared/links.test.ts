import assert from 'node:assert/strict';
import { toHtml } from '../../../src/content/markdown.js';
import { safeLinkSchema, webLinkSchema } from '../../../src/content/input.js';
import { isSafeLink } from '../../../src/shared/links.js';

const safe = [
  'https://elma.example.org/a?b=c@d',
  'http://elma.example.org',
  'mailto:a@example.org?subject=Hei%20sin%C3%A4',
];
const unsafe = [
  'https://user:pw@elma.example.org',
  'https://teams.microsoft.com@evil.example',
  'mailto:a@example.org%0d%0aBcc:b@example.org',
  'mailto:a@example.org?subject=x%0ABcc%3Ab@example.org',
  'javascript:alert(1)',
  'file:///etc/passwd',
  'elma.fi',
];

describe('links in what people write', () => {
  for (const address of safe) {
    it(`may be ${address}`, () => {
      assert.ok(isSafeLink(address));
      assert.match(toHtml(`[tästä](${address})`), /<a href/);
    });
  }

  for (const address of unsafe) {
    it(`may not be ${address}`, () => {
      assert.ok(!isSafeLink(address));
      // What is left of it as text may hold a plain address.
      assert.doesNotMatch(toHtml(`[tästä](${address})`), /href="(?!mailto:a@example\.org")/);
      // A field for a link completes it; see written-links.test.ts.
      if (address === 'elma.fi') return;
      assert.ok(!webLinkSchema.safeParse(address).success);
      assert.ok(!safeLinkSchema.safeParse(address).success);
    });
  }
});
