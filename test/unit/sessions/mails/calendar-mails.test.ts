import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { calendarMails } from '../../../make-calendar-mails.js';

const folder = new URL('../../../../docs/calendar-mails/', import.meta.url);

describe('the calendar mails of the documentation', () => {
  it('are what leaves today (else: npm run calendar-mails)', async () => {
    const made = await calendarMails();
    const stored = (await readdir(folder, { recursive: true }))
      .filter((name) => /\.(eml|ics)$/.test(name))
      .sort();
    assert.deepEqual(
      stored,
      made.map(({ path }) => path),
    );
    for (const { path, content } of made)
      assert.equal(await readFile(new URL(path, folder), 'utf8'), content, path);
    assert.doesNotMatch(JSON.stringify(made), /@(?!(?:[\w.-]+\.)?example\.(?:org|net)\b)[\w-]+\.[a-z]{2,}/);
  });
});
