import assert from 'node:assert/strict';
import ICAL from 'ical.js';
import { languages, type Language } from '../../../../src/shared/languages.js';
import type { Mail, Mailer } from '../../../../src/delivery/mail/mailer.js';
import { mailTransport, type Recipient } from '../../../../src/delivery/fan-out/kind.js';
import type { SendOutcome } from '../../../../src/delivery/fan-out/kind.js';
import type { SessionContent } from '../../../../src/sessions/fan-outs.js';
import type { Contact } from '../../../../src/audience/contact.js';
import { fanOutRecipients } from '../../../../src/sessions/reminders/recipients.js';
import { sessionMails } from '../../../../src/sessions/mails/session-mails.js';
import { coordinator, programme } from '../../../make.js';
import { sampleNames, sampleSessionMail } from '../../../make-session-mails.js';
import {
  contactForm,
  december,
  radio,
  record,
  remindersWorld,
  series,
  seriesId,
  start,
  type RemindersWorld,
} from '../reminders/reminders-world.js';

const reminder: SessionContent = { kind: 'reminder', occurrenceId: december, offset: 1440, start };
const invitation: SessionContent = { kind: 'invitation', seriesId: radio, sequence: 0 };

const recipientOf = ({ id, language }: Contact): Recipient => ({
  key: `contact:${id}`,
  way: 'mail',
  language,
});

const seen = (html: string): string =>
  html
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

describe('mails about sessions', () => {
  const subjects: Readonly<Record<Language, readonly string[]>> = {
    fi: [
      'Kutsu: Hankeradio, joka kuukauden ensimmäinen tiistai klo 9.00',
      'Kutsu: Selkeä tiedotus, joka kuukauden ensimmäinen tiistai klo 9.00',
      'Kutsu on päättynyt: Hankeradio',
      'Huomenna klo 9.00: Hankeradio – Elma neuvoo elintavoissa: mitä chatbot oppi ensimmäisenä vuotenaan',
      'Hankeradio: 1.12. pidetäänkin ti 8.12. klo 9.00',
      'Peruttu: Hankeradio, ti 1.12. klo 9.00',
      'Hankeradio 1.12. – aineisto ja tallenne',
    ],
    sv: [
      'Inbjudan: Hankeradio, första tisdagen i varje månad kl. 9.00',
      'Inbjudan: Tydlig information, första tisdagen i varje månad kl. 9.00',
      'Inbjudan gäller inte längre: Hankeradio',
      'I morgon kl. 9.00: Hankeradio – Elma neuvoo elintavoissa: mitä chatbot oppi ensimmäisenä vuotenaan',
      'Hankeradio: 1.12 hålls i stället tis 8.12 kl. 9.00',
      'Ställs in: Hankeradio, tis 1.12 kl. 9.00',
      'Hankeradio 1.12 – material och inspelning',
    ],
    en: [
      'Invitation: Hankeradio, the first Tuesday of every month at 9:00',
      'Invitation: Clear communication, the first Tuesday of every month at 9:00',
      'Invitation ended: Hankeradio',
      'Tomorrow at 9:00: Hankeradio – Elma neuvoo elintavoissa: mitä chatbot oppi ensimmäisenä vuotenaan',
      'Hankeradio: 1 Dec moves to Tue 8 Dec, 9:00',
      'Cancelled: Hankeradio, Tue 1 Dec, 9:00',
      'Hankeradio 1 Dec – material and recording',
    ],
  };

  for (const language of languages) {
    it(`say in ${language} what it is in the subject, and in the footer whose it is, why and how to stop`, async () => {
      const mails = await Promise.all(sampleNames.map((name) => sampleSessionMail(name, language)));
      assert.deepEqual(
        mails.map(({ subject }) => subject),
        subjects[language],
      );
      for (const { html, text, unsubscribeUrl = '', pictures = [] } of mails) {
        assert.ok(html.includes(`<html lang="${language}"`));
        assert.match(unsubscribeUrl, /^https:\/\/bigroom\.example\.test\/stop\/[0-9a-f]{40}$/);
        assert.ok(html.includes(`href="${unsubscribeUrl}"`) && text.includes(unsubscribeUrl));
        assert.doesNotMatch(html, /<(?:link|script|iframe|form)\b|@import|url\(/i);
        // No picture is fetched: each travels with the mail.
        assert.deepEqual(
          [...html.matchAll(/<img [^>]*?src="([^"]*)"/g)].map(([, source]) => source),
          pictures.map(({ cid }) => `cid:${cid}`),
        );
        assert.ok(Buffer.byteLength(html) < 102_000);
      }
    });
  }

  it('say the same in HTML and in text', async () => {
    const { html, text } = await sampleSessionMail('thanks', 'fi');
    for (const words of [
      'Kiitos, että olit mukana.',
      'Vilma Virtanen, Hanke elma',
      'Elman diat',
      'Tiistai 5.1.2027 klo 9.00–9.30',
    ]) {
      assert.ok(seen(html).includes(words), words);
      assert.ok(text.includes(words), words);
    }
    for (const url of ['https://video.example.test/hankeradio-12', 'https://intra.example.test/elma-diat']) {
      assert.ok(html.includes(`href="${url}"`) && text.includes(url), url);
    }
  });

  it('mark text in another language, and hold nothing about a single reader in what all get', async () => {
    const { html } = await sampleSessionMail('reminder', 'sv');
    assert.ok(html.includes('<span lang="fi">Elma neuvoo elintavoissa'));
    assert.doesNotMatch(html, /Outi|jarjesto/);
  });

  describe('to contacts', () => {
    let world: RemindersWorld;
    let sent: Mail[];
    let contact: Contact;
    const kind = () =>
      sessionMails({
        contacts: world.contactRows,
        sessions: world.sessions,
        answers: world.answers,
        signatures: world.signatures,
        programme: () => Promise.resolve(programme),
        publicUrl: 'https://bigroom.example.test',
        organiser: 'radio@bigroom.example.test',
      });
    const recipients = () =>
      fanOutRecipients({
        sessions: world.sessions,
        people: world.people,
        preferences: world.preferenceRows,
        answers: world.answers,
        contacts: world.contactRows,
      });
    const namespace = 'bigroom.example.test';
    const mailer: Mailer = {
      send: (mail) => {
        sent.push(mail);
        return Promise.resolve({ result: 'sent' });
      },
    };
    const transport = () =>
      mailTransport(mailer, { mail: (content, language) => kind()(content as SessionContent, language) });
    const send = async (content: SessionContent, to = contact): Promise<SendOutcome> =>
      transport().send(await transport().prepare(content, to.language), recipientOf(to));
    const events = (mail: Mail | undefined): ICAL.Component[] =>
      (mail?.attachments ?? []).flatMap(({ content }) =>
        new ICAL.Component(ICAL.parse(content) as string[]).getAllSubcomponents('vevent'),
      );

    beforeEach(async () => {
      sent = [];
      world = remindersWorld();
      await world.keep(series(1));
      contact = await world.contacts.add(coordinator, contactForm());
    });

    it('go to the address, with an id of their own that is the same when sent again', async () => {
      const other = await world.contacts.add(
        coordinator,
        contactForm({ address: 'b@x.example', name: 'Bo' }),
      );
      assert.deepEqual(await send(reminder), { result: 'sent' });
      await send(reminder);
      await send(reminder, other);
      await send(invitation);
      const [first, again, third, fourth] = sent;
      assert.deepEqual(first?.to, { name: 'Outi Ollila', address: 'outi@jarjesto.example' });
      assert.equal(first.id, again?.id);
      assert.equal(new Set([first.id, third?.id, fourth?.id]).size, 3);
      assert.ok(!third?.html.includes(contact.stopKey) && third?.html.includes(other.stopKey));
    });

    it('do not leave once consent is withdrawn, the contact is removed or not invited any more', async () => {
      const preparedMessage = await transport().prepare(reminder, 'fi');
      const sendNow = () => transport().send(preparedMessage, recipientOf(contact));
      await world.contacts.stop(contact.stopKey);
      assert.deepEqual(await sendNow(), { result: 'undeliverable', reason: 'noConsent' });
      await world.contacts.takeStopBack(contact.stopKey);
      await world.contacts.edit(coordinator, contact.id, contactForm({ series: [] }));
      assert.deepEqual(await sendNow(), { result: 'undeliverable', reason: 'notInvited' });
      await world.contacts.remove(coordinator, contact.id);
      assert.deepEqual(await sendNow(), { result: 'undeliverable', reason: 'contactGone' });
      assert.deepEqual(sent, []);
    });

    it('bring an invitation that names the one invited, one file for each stretch of the series', async () => {
      const [segment] = series(1).segments;
      assert.ok(segment);
      const later = {
        ...segment,
        number: 2,
        from: '2027-02-03',
        rule: { ...segment.rule, weekday: 3 } as never,
      };
      await world.keep(series(1, { segments: [{ ...segment, until: '2027-02-02' }, later] }));
      const reached = await recipients().recipients(invitation);
      assert.deepEqual(
        reached.map(({ key }) => key),
        [1, 2].map((number) => `contact:${contact.id}:${radio}:${number}`),
      );
      const prepared = await transport().prepare(invitation, 'fi');
      for (const each of reached) await transport().send(prepared, each);
      assert.deepEqual(
        sent.map(({ attachments }) => attachments.map(({ fileName, type }) => [fileName, type])),
        [1, 2].map(() => [['kutsu.ics', 'text/calendar; method=REQUEST; charset=utf-8']]),
      );
      assert.deepEqual(
        sent.map((mail) =>
          ['uid', 'dtstart', 'attendee'].map((name) => String(events(mail)[0]?.getFirstPropertyValue(name))),
        ),
        [
          [`${radio}-1@${namespace}`, '2026-12-01T09:00:00', 'mailto:outi@jarjesto.example'],
          [`${radio}-2@${namespace}`, '2027-02-03T09:00:00', 'mailto:outi@jarjesto.example'],
        ],
      );
      assert.match(sent[0]?.text ?? '', /Viimeinen kerta: Viimeistään [^\n]*2\.2\.2027/);
      assert.match(sent[1]?.subject ?? '', /keskiviikko klo 9\.00/);
      assert.ok(sent[1]?.text.includes('https://bigroom.example.test/calendar/feed-key/fi.ics'));
    });

    it('take out of the calendar what has ended or is not open any more', async () => {
      await send(invitation);
      sent = [];
      await world.keep(series(1, { isOpenToContacts: false, sequence: 1 }));
      await send({ ...invitation, sequence: 1 });
      assert.match(sent[0]?.attachments[0]?.type ?? '', /method=CANCEL/);
      assert.match(sent[0]?.text ?? '', /ei enää kutsuta/);
    });

    it('leave in the calendar what is still to come today of a series that ended, and take it out when nothing is', async () => {
      const [segment] = series(1).segments;
      assert.ok(segment);
      const ended = (until: string, sequence: number) =>
        series(1, {
          state: { status: 'ended', at: '2026-11-23T08:00:00Z' },
          segments: [{ ...segment, rule: { every: 'day', interval: 1 }, time: '12:00', until }],
          sequence,
        });
      await world.keep(ended('2026-11-23', 1));
      await send({ ...invitation, sequence: 1 });
      assert.match(sent[0]?.attachments[0]?.type ?? '', /method=REQUEST/);
      assert.match(sent[0]?.attachments[0]?.content ?? '', /UNTIL=20261123T100000Z/);
      assert.match(sent[0]?.subject ?? '', /^Hankeradio päättyy 23\.11\.$/);
      await world.keep(ended('2026-11-22', 2));
      await send({ ...invitation, sequence: 2 });
      assert.match(sent[1]?.attachments[0]?.type ?? '', /method=CANCEL/);
      assert.match(sent[1]?.text ?? '', /Sarja on päättynyt/);
    });

    it('bring the one session that is moved or cancelled, of those who have the series', async () => {
      await send(invitation);
      const moved = { start: '2026-12-08T07:00:00Z', end: '2026-12-08T07:30:00Z' };
      await world.keepRecord(record(radio, '2026-12-01', { moved }));
      const change = { kind: 'change', occurrenceId: december, start: moved.start, was: start } as const;
      await send({ ...change, change: 'moved' });
      const [override, ...others] = events(sent[1]);
      assert.deepEqual(others, []);
      assert.equal(String(override?.getFirstPropertyValue('recurrence-id')), '2026-12-01T09:00:00');
      assert.match(
        sent[1]?.text ?? '',
        /Uusi aika: Tiistai 8\.12\.2026 klo 9\.00–9\.30\nAiempi aika: Ti 1\.12\. klo 9\.00/,
      );
      const by = { id: coordinator.id, name: coordinator.name };
      const is = { status: 'cancelled', at: start, by, was: 'planned', reason: 'Sairaus.' } as const;
      await world.keepRecord(record(radio, '2026-12-01', { state: is }));
      await send({ ...change, start, change: 'cancelled' });
      const [event] = events(sent[2]);
      assert.match(sent[2]?.attachments[0]?.type ?? '', /method=CANCEL/);
      assert.equal(String(event?.getFirstPropertyValue('recurrence-id')), '2026-12-01T09:00:00');
      assert.match(sent[2]?.text ?? '', /Syy: Sairaus\./);
      assert.doesNotMatch(sent[2]?.text ?? '', /Liity/);
    });

    describe('ask whether they come', () => {
      const answerLinks = (text: string): (string | undefined)[] =>
        [...text.matchAll(/https:\/\/bigroom\.example\.test(\/coming\/\S+)/g)].map(([, path]) => path);

      it('with links of their own, in invitations, reminders and changes', async () => {
        const other = await world.contacts.add(
          coordinator,
          contactForm({ address: 'bo@jarjesto.example', name: 'Bo', language: 'sv' }),
        );
        const moved = { start: '2026-12-08T07:00:00Z', end: '2026-12-08T07:30:00Z' };
        await send(invitation);
        await send(reminder, other);
        await world.keepRecord(record(radio, '2026-12-01', { moved }));
        await send(
          { kind: 'change', change: 'moved', occurrenceId: december, start: moved.start, was: start },
          contact,
        );
        for (const [index, who] of [contact, other, contact].entries()) {
          const signature = await world.signatures.ofAnswer(december, who);
          const { text = '', html = '' } = sent[index] ?? {};
          const paths = ['coming', 'notComing'].map(
            (answer) => `/coming/${december}/${who.id}/${signature}?answer=${answer}`,
          );
          assert.deepEqual(answerLinks(text), paths);
          for (const path of paths)
            assert.ok(html.includes(`href="https://bigroom.example.test${path}"`), path);
        }
        assert.match(sent[0]?.text ?? '', /Tuletko tilaisuuteen\?\nTulen:/);
        assert.match(sent[1]?.text ?? '', /Kommer du till evenemanget\?\nJag kommer:/);
      });

      it('not those who have answered: they see what they said, and may change it', async () => {
        const signature = await world.signatures.ofAnswer(december, contact);
        const asked = (await world.coming.byLink(december, contact.id, signature)) ?? assert.fail();
        await world.coming.answerByLink(asked, 'coming', start);
        await send(reminder);
        const { text = '', html = '' } = sent[0] ?? {};
        assert.match(text, /Olet ilmoittanut tulevasi\.\nMuuta vastausta:/);
        assert.deepEqual(answerLinks(text), [
          `/coming/${december}/${contact.id}/${signature}?answer=notComing`,
        ]);
        assert.doesNotMatch(html, /Tuletko tilaisuuteen/);
      });

      it('but not to what is cancelled or over', async () => {
        const by = { id: coordinator.id, name: coordinator.name };
        const is = { status: 'cancelled', at: start, by, was: 'planned' } as const;
        await world.keepRecord(record(radio, '2026-12-01', { state: is }));
        await send(
          { kind: 'change', change: 'cancelled', occurrenceId: december, start, was: start },
          contact,
        );
        await send({ kind: 'thanks', occurrenceId: december, round: 1 });
        assert.equal(sent.length, 2);
        for (const { text } of sent) assert.deepEqual(answerLinks(text), []);
      });
    });

    it('lead to the public pages of the series and of the session, where the series is open', async () => {
      await send(invitation);
      await send(reminder);
      const page = `https://bigroom.example.test/open/${await world.signatures.pageKey({ id: radio })}`;
      for (const path of ['/2026-12-01?language=fi', '?language=fi'])
        assert.ok(sent[0]?.text.includes(page + path) && sent[0].html.includes(`"${page}${path}"`), path);
      assert.ok(sent[1]?.text.includes(`Tilaisuuden sivu:\n${page}/2026-12-01?language=fi`));
      await world.keep(series(1, { isOpenToContacts: false, sequence: 1 }));
      await send({ ...invitation, sequence: 1 });
      await send(reminder);
      assert.equal(sent.length, 4);
      for (const { text, html } of sent.slice(2)) assert.doesNotMatch(text + html, /\/open\//);
    });

    it('name dates that were chosen by hand as they are now: moved ones by their new day, cancelled ones not at all', async () => {
      const dates = ['2026-12-10', '2026-12-24', '2027-01-18', '2027-03-01'];
      const [segment] = series(1).segments;
      assert.ok(segment);
      const chosen = { ...segment, from: '2026-12-10', rule: { every: 'dates', dates } } as const;
      await world.keep(series(1, { segments: [chosen] }));
      const to = (start: string, end: string) => ({ moved: { start, end } });
      for (const each of [
        record(radio, '2026-12-10', to('2026-12-11T07:00:00Z', '2026-12-11T07:30:00Z')),
        record(radio, '2026-12-24', to('2026-12-28T07:00:00Z', '2026-12-28T07:30:00Z')),
        record(radio, '2027-01-18', {
          state: {
            status: 'cancelled',
            before: 'planned',
            at: start,
            by: { id: coordinator.id, name: 'Aino' },
          } as never,
        }),
      ])
        await world.keepRecord(each);
      await send(invitation);
      const [mail] = sent;
      assert.equal(mail?.subject, 'Kutsu: Hankeradio, pe 11.12.2026, ma 28.12.2026 ja ma 1.3.2027 klo 9.00');
      assert.match(mail.text, /Pe 11\.12\.2026, ma 28\.12\.2026 ja ma 1\.3\.2027 klo 9\.00/);
      assert.doesNotMatch(mail.text, /10\.12\.|24\.12\.|18\.1\./);
    });

    it('say with each agenda entry when it begins', async () => {
      const agenda = [
        { id: 'a', title: { fi: 'Avaus' }, minutes: 5 },
        { id: 'b', title: { fi: 'Päivän hanke' } },
        { id: 'c', title: { fi: 'Kysymykset' }, minutes: 10 },
      ];
      await world.keep(series(1, { agenda }));
      await send(reminder);
      assert.match(
        sent[0]?.text ?? '',
        /Ohjelma\n-+\n9\.00 Avaus \(5 minuuttia\)\n9\.05 Päivän hanke\n9\.20 Kysymykset/,
      );
      assert.match(seen(sent[0]?.html ?? ''), /9\.20Kysymykset/);
    });

    it('say what the coordinator says with a move, however far away it is', async () => {
      await send(invitation);
      const march = { start: '2027-03-03T07:00:00Z', end: '2027-03-03T07:30:00Z' };
      const by = { id: coordinator.id, name: coordinator.name };
      const changeMessage = {
        start: march.start,
        message: 'Sali on varattu tiistaina.',
        language: 'fi',
        translations: { sv: { message: 'Salen är upptagen på tisdagen.' } },
        by,
      } as const;
      await world.keepRecord(record(radio, '2027-03-02', { moved: march, changeMessage }));
      await world.keep(series(1, { sequence: 1 }));
      await send({ ...invitation, sequence: 1 });
      const { text = '', html = '' } = sent[1] ?? {};
      assert.match(text, /2\.3\. pidetäänkin ke 3\.3\. klo 9\.00\.\n\nViesti: Sali on varattu tiistaina\./);
      assert.ok(html.includes('Sali on varattu tiistaina.'));
    });

    it('say topic and reason in the language of the readers, else as they were written', async () => {
      const by = { id: coordinator.id, name: coordinator.name };
      const talk = {
        topic: 'Elma neuvoo',
        presenter: 'Vilma Virtanen, projektipäällikkö',
        language: 'fi',
        translations: { sv: { topic: 'Elma ger råd', presenter: 'Vilma Virtanen, projektchef' } },
        by,
        at: start,
      } as const;
      const contacts = await Promise.all(
        languages.map((language) =>
          world.contacts.add(coordinator, contactForm({ language, address: `${language}@example.org` })),
        ),
      );
      const mailOf = async (content: SessionContent, language: Language): Promise<Mail> => {
        const contact = contacts.find((each) => each.language === language) ?? assert.fail();
        await send(content, contact);
        return sent.at(-1) ?? assert.fail();
      };
      await world.keepRecord(record(radio, '2026-12-01', { talk }));
      const swedish = await mailOf(reminder, 'sv');
      assert.match(swedish.subject, /Elma ger råd$/);
      assert.match(swedish.text, /Elma ger råd\n.*Vilma Virtanen, projektchef/);
      assert.match(swedish.text, /Språk: finska/);
      const english = await mailOf(reminder, 'en');
      assert.match(english.html, /lang="fi"[^>]*>Elma neuvoo/);
      assert.match(english.text, /Language: Finnish/);
      assert.doesNotMatch((await mailOf(reminder, 'fi')).text, /Kieli: /);
      const state = {
        status: 'cancelled',
        at: start,
        by,
        was: 'planned',
        reason: 'Sairaus.',
        language: 'fi',
        translations: { sv: { reason: 'Sjukdom.' } },
      } as const;
      await world.keepRecord(record(radio, '2026-12-01', { state }));
      const change = {
        kind: 'change',
        occurrenceId: december,
        start,
        was: start,
        change: 'cancelled',
      } as const;
      assert.match((await mailOf(change, 'sv')).text, /Sjukdom\./);
      assert.match((await mailOf(change, 'en')).html, /lang="fi"[^>]*>Sairaus\./);
    });

    it('bring one session to add with a reminder, named by how near it is', async () => {
      await send(reminder);
      world.clock.forward({ days: 7 });
      await send(reminder);
      world.clock.forward({ days: 1 });
      world.clock.forward({ hours: -2 });
      await send(reminder);
      assert.deepEqual(
        sent.map(({ subject }) => subject),
        ['Ti 1.12. klo 9.00: Hankeradio', 'Huomenna klo 9.00: Hankeradio', 'Tänään klo 9.00: Hankeradio'],
      );
      const [event] = events(sent[0]);
      assert.equal(String(event?.getFirstPropertyValue('dtstart')), '2026-12-01T09:00:00');
      assert.equal(sent[0]?.attachments[0]?.type, 'text/calendar; charset=utf-8');
    });

    it('show what people typed as they typed it, on one line where it is a subject', async () => {
      const hostile = '<script>alert(1)</script> "><img src=x> <br data-place="footer"> {name} $& &amp;';
      const names = { fi: hostile, sv: hostile, en: hostile };
      const talk = {
        topic: hostile,
        presenter: hostile,
        language: 'fi',
        by: coordinator,
        at: start,
      } as const;
      await world.keep(series(1, { names, descriptions: names, joinUrl: 'javascript:alert(1)' }));
      await world.keepRecord(record(radio, '2026-12-01', { talk }));
      for (const content of [invitation, reminder]) await send(content);
      for (const { html, text, subject } of sent) {
        assert.doesNotMatch(html, /<(?:script|b|img(?! src="cid:))\b|href="javascript/i);
        assert.ok(seen(html).split(hostile).length > 2);
        assert.ok(text.includes(hostile));
        assert.doesNotMatch(subject, /[\r\n]/);
      }
    });

    it('are not written for what is not there any more', async () => {
      const missing = transport().prepare({ ...invitation, seriesId: seriesId(9) }, 'fi');
      await assert.rejects(missing, { code: 'series.notFound' });
    });
  });
});
