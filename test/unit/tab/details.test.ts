import assert from 'node:assert/strict';
import { audiences, channels, type Channel, type NewsItem } from '../../../src/news/types.js';
import { t } from '../../../src/i18n/messages.js';
import { languages } from '../../../src/shared/languages.js';
import { bodyOf, draftOf, toggled } from '../../../tab/features/news/item/details.js';

const item = {
  projectId: 'digi',
  audiences: ['residents'],
  wishedChannels: ['newsletter'],
  link: 'https://elma.example.org/',
} as unknown as NewsItem;

describe("an item's background while it is corrected", () => {
  it('goes back whole where nothing was changed', () => {
    assert.deepEqual(bodyOf(draftOf(item)), {
      projectId: 'digi',
      audiences: ['residents'],
      wishedChannels: ['newsletter'],
      link: 'https://elma.example.org/',
    });
  });

  it('drops a link and a day that were emptied', () => {
    const draft = { ...draftOf(item), link: ' ', earliestDate: '2026-12-01' };
    assert.equal('link' in bodyOf(draft), false);
    assert.equal(bodyOf(draft)['earliestDate'], '2026-12-01');
    assert.equal('earliestDate' in bodyOf({ ...draft, earliestDate: '' }), false);
  });

  it('has a name for each choice in every language', () => {
    for (const language of languages) {
      const names = [
        ...audiences.map((audience) => t(language, `audience.${audience}`)),
        ...channels.map((channel) => t(language, `channel.${channel}`)),
      ];
      assert.equal(new Set(names).size, audiences.length + channels.length);
    }
  });

  it('keeps choices in the order in which they are offered', () => {
    const offered: Channel[] = ['newsletter', 'intranet', 'media'];
    assert.deepEqual(toggled(offered, ['media'], 'newsletter'), ['newsletter', 'media']);
    assert.deepEqual(toggled(offered, ['newsletter', 'media'], 'newsletter'), ['media']);
  });
});
