import assert from 'node:assert/strict';
import { safeLinkSchema, webLinkSchema } from '../../../src/content/input.js';

describe('a link that people give', () => {
  for (const [kind, schema] of Object.entries({ webLinkSchema, safeLinkSchema })) {
    it(`gets the https:// that it lacks, and nothing where it has another scheme: ${kind}`, () => {
      for (const [typed, stored] of [
        ['www.diat.fi', 'https://www.diat.fi'],
        [' diat.fi/a?b=1 ', 'https://diat.fi/a?b=1'],
        ['diat.fi:8080', 'https://diat.fi:8080'],
        ['https://www.diat.fi', 'https://www.diat.fi'],
      ] as const)
        assert.equal(schema.parse(typed), stored);
      for (const typed of [
        'javascript:alert(1).fi',
        'data:text/html,x.fi',
        'file:///tmp/diat.fi',
        'ftp://diat.fi',
        'mailto:elma@diat.fi',
        'elma@diat.fi',
        'elma:secret@diat.fi',
        '//diat.fi',
        'diat.pptx',
        'diat',
        '',
      ])
        assert.equal(schema.safeParse(typed).success, false, typed);
    });
  }
});
