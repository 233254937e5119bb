import assert from 'node:assert/strict';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { StoryId } from '../../../src/platform/ids.js';
import { publicLanguages } from '../../../src/shared/languages.js';
import { travelBytes } from '../../../src/delivery/mail/size.js';
import { fit, maxBytes, renderMail } from '../../../src/newsletter/mail/mail.js';
import type { Length, MailModel, MailStory } from '../../../src/newsletter/mail/model.js';
import { sampleMail } from '../../make-newsletter.js';

const story = (more: Partial<MailStory> = {}): MailStory => ({
  id: 'story' as StoryId,
  language: 'fi',
  title: 'Otsikko',
  lead: 'Ingressi',
  body: 'Leipäteksti',
  weight: 2,
  ...more,
});

const withStories = (...stories: MailStory[]): MailModel => ({
  ...sampleMail('fi', 1),
  sections: [{ name: 'Hanke', stories }],
});

const withLead = (more: Partial<MailStory>): MailModel => ({
  ...sampleMail('fi', 1),
  lead: story(more),
  sections: [],
});

describe('newsletter mail', () => {
  for (const language of publicLanguages) {
    it(`says in ${language} whose it is, which number, why one gets it and how to stop`, async () => {
      const { html, text, subject } = await renderMail(sampleMail(language));
      const expected = {
        fi: [
          'Hyvinvointialueen yhteiset hankkeet',
          'Uutiskirje 3 · joulukuu 2026',
          'Lisää aiheesta:',
          'Jos et enää halua uutiskirjettä, kerro siitä lähettäjälle.',
        ],
        sv: [
          'Välfärdsområdets gemensamma projekt',
          'Nyhetsbrev 3 · december 2026',
          'Mer om ämnet:',
          'Om du inte längre vill ha nyhetsbrevet kan du höra av dig till avsändaren.',
        ],
      }[language];
      for (const words of expected) {
        assert.ok(html.includes(words), words);
        assert.ok(text.includes(words), words);
      }
      assert.ok(html.includes(`<html lang="${language}"`));
      assert.equal(subject, sampleMail(language).lead?.title);
    });
  }

  it('shows the other language where the text is missing, and marks it', async () => {
    const { html } = await renderMail(sampleMail('sv'));
    assert.ok(html.includes('<span lang="fi">Uutiskirje ilmestyy myös suomeksi.</span>'));
    assert.match(
      html,
      /<div lang="fi"[^>]*><p class="q" lang="sv"[^>]*>Den här artikeln finns bara på finska\.<\/p><h3/,
    );
  });

  it('fetches nothing and runs nothing', async () => {
    const { html } = await renderMail(sampleMail('fi'));
    assert.doesNotMatch(html, /<(?:img|link|script|iframe|form)\b|@import|url\(/i);
    for (const [, href] of html.matchAll(/href="([^"]*)"/g)) assert.match(href ?? '', /^(?:https?|mailto):/);
  });

  it('follows dark mode where the mail program does', async () => {
    const { html } = await renderMail(sampleMail('fi'));
    assert.match(html, /<meta name="color-scheme" content="light dark">/);
    assert.match(html, /@media \(prefers-color-scheme: dark\)/);
  });

  const hostile = [
    '<script>alert(1)</script>',
    '<mj-button href="https://evil.example">x</mj-button>',
    '</mj-text></mj-column><mj-raw><b>x</b></mj-raw>',
    '${process.env.HOME} {{title}} <%= 1 %> *|MERGE|*',
    '"><img src=x onerror=alert(1)>',
    '<br data-place="stories"> $& $1 $`',
    '<!-- htmlmin:ignore --> <![endif]-->',
    '&lt;b&gt; &amp;nbsp;',
    '👩🏽‍⚕️ \u202Eoikealta',
  ];
  for (const words of hostile) {
    it(`shows ${JSON.stringify(words)} as it was typed`, async () => {
      const model = {
        ...withLead({ title: words, lead: words, body: `\\${words}`.slice(1) }),
        programme: words,
        sections: [{ name: words, stories: [story({ title: words, lead: words })] }],
      };
      const { html, text } = await renderMail(model);
      assert.doesNotMatch(html, /<(?:script|img|mj-[\w-]+|b)\b/i);
      const seen = html
        .replace(/<[^>]*>/g, '')
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&quot;', '"')
        .replaceAll('&#39;', "'")
        .replaceAll('&amp;', '&');
      assert.ok(seen.split(words).length > 5, `${seen.split(words).length - 1} times`);
      assert.ok(text.includes(words));
    });
  }

  it('links only to the web', async () => {
    const { html } = await renderMail(
      withStories(
        story({ link: 'javascript:alert(1)', body: '[x](javascript:alert(1)) [y](data:text/html,z)' }),
      ),
    );
    assert.doesNotMatch(html, /href="(?:javascript|data)/);
  });

  it('shows long stories whole, others up to where their own page goes on, and all of one without a page', async () => {
    const page = 'https://intranet.example/fi/elma';
    const link = 'https://example.org/elma';
    const body = 'Eka\n\nToka';
    const cases: [Partial<MailStory>, shown: string, more: boolean][] = [
      [{ weight: 3, page }, 'Eka Toka', false],
      [{ weight: 2, page }, 'Eka', true],
      [{ weight: 1, page }, '', true],
      [{ weight: 1, page, lead: '' }, 'Eka', true],
      [{ weight: 2 }, 'Eka Toka', false],
      [{ weight: 1 }, 'Eka Toka', false],
      [{ weight: 1, link }, 'Eka Toka', false],
    ];
    for (const [more, shown, isMore] of cases) {
      const { html, text } = await renderMail(withStories(story({ body, ...more })));
      for (const mail of [html, text]) {
        assert.equal(
          ['Eka', 'Toka'].filter((words) => mail.includes(words)).join(' '),
          shown,
          JSON.stringify(more),
        );
        assert.equal(mail.includes(page), isMore, JSON.stringify(more));
        assert.equal(mail.includes(link), more.link !== undefined);
      }
    }
  });

  it('says around its stories what was written for it, escaped, and says of a draft that it is one', async () => {
    const letter = {
      subject: 'Joulukuun <kirje>',
      preheader: 'Elma & muut',
      greeting: 'Hei <kaikki>,\ntässä uutiset.',
      signOff: 'Terveisin\nviestintä',
    };
    const model = { ...withLead({ body: 'Leipäteksti' }), letter };
    const { subject, html, text } = await renderMail(model);
    assert.equal(subject, letter.subject);
    assert.match(html, /Elma &amp; muut/);
    assert.match(
      html,
      /Hei &lt;kaikki&gt;,<br>tässä uutiset\.[\s\S]*Leipäteksti[\s\S]*Terveisin<br>viestintä/,
    );
    assert.match(text, /Hei <kaikki>,\ntässä uutiset\.[\s\S]*Leipäteksti[\s\S]*Terveisin\nviestintä/);
    assert.doesNotMatch(html + text, /luonnos/i);
    const draft = await renderMail({ ...model, isDraft: true });
    assert.equal(draft.subject, '[Luonnos] Joulukuun <kirje>');
    assert.match(draft.html, /Tämä on luonnos/);
    assert.match(draft.text, /Tämä on luonnos/);
    assert.equal(draft.bytes, travelBytes(draft.html));
  });

  it('keeps what Markdown means, in HTML and in text', async () => {
    const body =
      '## Väli\n\n1. yksi\n2. kaksi\n\n> lainaus\n\n**lihava** ja [linkki](https://example.org/a?b=1&c=2)';
    const { html, text } = await renderMail(withLead({ body }));
    assert.match(html, /<h5 style[^>]*>Väli<\/h5>/);
    assert.match(html, /<ol style[^>]*>\s*<li>yksi<\/li>/);
    assert.match(html, /href="https:\/\/example\.org\/a\?b=1&amp;c=2"/);
    assert.ok(
      text.includes('1. yksi\n2. kaksi\n\n> lainaus\n\nlihava ja linkki (https://example.org/a?b=1&c=2)'),
    );
  });

  it('takes an ordinary issue of 30 stories whole, well within the limit', async () => {
    const { bytes, html, shortened } = await renderMail(sampleMail('sv', 30));
    assert.equal(bytes, travelBytes(html));
    assert.ok(bytes < maxBytes / 2, String(bytes));
    assert.deepEqual(shortened, []);
  });

  it('keeps 150 stories within the limit by shortening the light ones, each with its title', async () => {
    const model = sampleMail('fi', 150);
    const { bytes, html, shortened, text } = await renderMail(model);
    assert.ok(bytes <= maxBytes, String(bytes));
    assert.ok(shortened.length > 0);
    assert.equal(html.match(/<h3/g)?.length, 149);
    assert.ok(!shortened.includes(model.lead?.id ?? ('' as StoryId)));
    // Plain text is not cut off, so it holds all.
    assert.equal(text.split('Polulla on kuusi vaihetta').length - 1, 30);
  });

  it('says by how much an issue is too long, and which stories take most of it', async () => {
    const [short, long] = [await renderMail(sampleMail('fi', 30)), await renderMail(sampleMail('fi', 200))];
    assert.deepEqual([short.excess, short.longest], [0, []]);
    assert.ok(long.excess > 0 && long.longest.length === 3);
    const sizes = long.longest.map(({ bytes }) => bytes);
    assert.deepEqual(
      sizes,
      [...sizes].sort((one, other) => other - one),
    );
    // What 100,135 bytes of Finnish text grew to was over the limit, and was said to be within it.
    const body = 'Hyvää päivää, näin työ etenee Äänekoskella. '.repeat(170);
    const all = Array.from({ length: 12 }, (_, index) =>
      story({ id: `s${String(index)}` as StoryId, title: `Juttu ${String(index)}`, weight: 3, body }),
    );
    const mail = await renderMail(withStories(...all));
    assert.ok(mail.shortened.length > 0);
    assert.ok(mail.bytes <= maxBytes && mail.excess > 0);
  });

  it('is as large as its HTML part when it travels', async () => {
    const htmls = [
      ...(await Promise.all((['fi', 'sv'] as const).map((language) => renderMail(sampleMail(language, 30))))),
      await renderMail(sampleMail('fi', 200)),
    ].map(({ html }) => html);
    for (const html of [
      ...htmls,
      'ä'.repeat(9000),
      'a b '.repeat(9000),
      'ä=\n'.repeat(5000),
      '👩🏽‍⚕️–'.repeat(2000),
    ]) {
      const composer = new MailComposer({ html, newline: 'windows', textEncoding: 'quoted-printable' });
      const { length } = await composer.compile().build();
      const counted = travelBytes(html);
      assert.ok(counted <= length * 1.02 + 50, `${counted} of ${length}`);
      // The mail's own headers are about 200 bytes.
      assert.ok(counted >= length - 300 - length * 0.005, `${counted} of ${length}`);
    }
  });

  it('says in a friendly way that an issue is empty', async () => {
    const { lead: _lead, leadProject: _project, ...rest } = sampleMail('sv', 1);
    const { html, text, subject } = await renderMail({ ...rest, sections: [] });
    assert.ok(html.includes('Det finns inga artiklar') && text.includes('Det finns inga artiklar'));
    assert.equal(subject, 'Nyhetsbrev 3 · december 2026');
  });
});

describe('fitting stories into a mail', () => {
  const piece = (weight: number, length: Length = 'whole') => ({
    weight,
    length,
    bytes: (of: Length) => ({ whole: 100, brief: 40, title: 10 })[of],
  });
  const pieces = [piece(2), piece(3), piece(1), piece(1), piece(2, 'brief')];

  for (const [room, expected] of [
    [440, 'whole whole whole whole brief'],
    [439, 'whole whole whole brief brief'],
    [379, 'whole whole brief brief brief'],
    [319, 'whole brief brief brief brief'],
    [259, 'brief brief brief brief brief'],
    [199, 'brief brief brief title brief'],
    [0, 'title title title title title'],
  ] as const) {
    it(`in ${room} bytes: ${expected}`, () => {
      assert.equal(fit(pieces, room).join(' '), expected);
    });
  }
});
