import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import type { CheckedActivity } from '../../bot/channel/activity.js';
import { holdsFile, writtenText } from '../../bot/channel/written-text.js';
import { draftOf } from '../../bot/conversation/understanding/story.js';

const asText = (text: string) => ({ text }) as CheckedActivity;
const asHtml = (content: string) =>
  ({ text: '', attachments: [{ contentType: 'text/html', content }] }) as unknown as CheckedActivity;

describe('what somebody wrote', function () {
  this.timeout(8_000);

  it('is without styles and comments, whatever letters stand before them', () => {
    assert.equal(writtenText(asText('İİİ <STYLE>p { color: red }</Style>Elma')), 'İİİ Elma');
    assert.equal(writtenText(asText('<!-- yksi -->Elma<!-- kaksi --> neuvoo')), 'Elma neuvoo');
    assert.equal(writtenText(asText('Elma <!-- ei loppua')), 'Elma <!-- ei loppua');
    assert.equal(writtenText(asText('p.MsoNormal { margin: 0 }\nElma')), 'Elma');
    assert.equal(writtenText(asText('  table Mso { margin: 0 }\nElma')), 'Elma');
    assert.equal(writtenText(asHtml('<p>Elma \n\n  neuvoo</p>')), 'Elma neuvoo');
  });

  // Where each look goes through the whole text again, these take a minute: more than the time that a test has.
  for (const mark of [
    ' ',
    '<!---->',
    '<style></style>',
    '<img ',
    '<a ',
    '<at ',
    '?',
    '!',
    '\n',
    '.',
    '<emoji ',
  ])
    it(`costs no more than its length, full of ${JSON.stringify(mark)}`, async () => {
      const text = `a${mark.repeat(Math.floor(250_000 / mark.length))}b`;
      for (const activity of [asText(text), asHtml(text)]) {
        assert.ok(writtenText(activity).startsWith('a'));
        assert.equal(holdsFile(activity), false);
      }
      assert.equal(draftOf(text, () => false)?.isNamed ?? false, false);
      // Only then the time of the test is looked at.
      await setImmediate();
    });
});
