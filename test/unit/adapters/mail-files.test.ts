import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Mail, Mailer } from '../../../src/delivery/mail/mailer.js';
import { mailFiles } from '../../../src/adapters/mail-files/mail-files.js';
import { handClock } from '../../world/clock.js';
import { partsOf, shapeOf } from '../../world/eml.js';

const mail: Mail = {
  id: 'reminder.radio-20261201.anna',
  to: { name: 'Anna Äng', address: 'anna@ngo.example' },
  language: 'sv',
  subject: 'Hankeradio på tisdag: Åtgärder',
  html: '<p>Välkommen</p>',
  text: 'Välkommen',
  attachments: [],
};
const invitation = {
  fileName: 'hankeradio.ics',
  type: 'text/calendar; method=REQUEST; charset=utf-8',
  content: 'BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Käynnistys\r\nEND:VCALENDAR\r\n',
};

const unfolded = (text: string) => text.replace(/\r\n[ \t]/g, ' ');

describe('mail as files', () => {
  let dataDir: string;
  let mailer: Mailer;

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'big-room-mail-'));
    const sender = { name: 'Big Room', address: 'big-room@demo.example' };
    mailer = mailFiles({ dataDir, sender, clock: handClock() });
  });
  afterEach(() => rm(dataDir, { recursive: true }));

  const files = () => readdir(join(dataDir, 'mail'));
  const content = async () => readFile(join(dataDir, 'mail', (await files())[0] ?? ''), 'utf8');
  const headersOf = async () => unfolded((await content()).split('\r\n\r\n')[0] ?? '');

  it('is one file a mail, with both texts in the language of its reader', async () => {
    assert.deepEqual(await mailer.send(mail), { result: 'sent' });
    assert.deepEqual(await files(), ['reminder.radio-20261201.anna.eml']);
    const headers = await headersOf();
    assert.match(headers, /^Message-ID: <reminder\.radio-20261201\.anna@demo\.example>$/m);
    assert.match(headers, /^Date: Tue, 03 Nov 2026 08:00:00 \+0000$/m);
    assert.match(headers, /^From: Big Room <big-room@demo\.example>$/m);
    assert.match(headers, /^To: =\?UTF-8\?.*<anna@ngo\.example>$/m);
    assert.match(headers, /^Content-Language: sv$/m);
    assert.doesNotMatch(headers, /List-Unsubscribe/);
    const [text, html, ...others] = partsOf(await content());
    assert.match(text?.headers ?? '', /text\/plain; charset=utf-8/);
    assert.equal(text?.content, 'Välkommen');
    assert.match(html?.headers ?? '', /text\/html; charset=utf-8/);
    assert.equal(html?.content, '<p>Välkommen</p>');
    assert.deepEqual(others, []);
  });

  it('is the same file, byte for byte, when the same mail is sent again', async () => {
    await mailer.send(mail);
    const first = await content();
    await mailer.send(mail);
    assert.deepEqual((await files()).length, 1);
    assert.equal(await content(), first);
    await mailer.send({ ...mail, id: 'another' });
    assert.equal((await files()).length, 2);
  });

  it('erases mails after 30 days, and what a crash left of one, but nothing else', async () => {
    const files = mailFiles({
      dataDir,
      sender: { name: 'Big Room', address: 'b@x.example' },
      clock: handClock(),
    });
    assert.equal(await files.prune(), 0);
    await files.send(mail);
    await files.send({ ...mail, id: 'recent' });
    for (const name of ['.unfinished', 'own-notes.txt']) await writeFile(join(dataDir, 'mail', name), '');
    const age = async (name: string, days: number) => {
      const at = new Date(handClock().now().epochMilliseconds - days * 86_400_000);
      await utimes(join(dataDir, 'mail', name), at, at);
    };
    for (const name of [`${mail.id}.eml`, '.unfinished', 'own-notes.txt']) await age(name, 31);
    await age('recent.eml', 29);
    assert.equal(await files.prune(), 2);
    assert.deepEqual(await readdir(join(dataDir, 'mail')), ['own-notes.txt', 'recent.eml']);
  });

  it('lets its reader stop these mails by a button', async () => {
    await mailer.send({ ...mail, unsubscribeUrl: 'https://big-room.example/stop/abc?language=sv' });
    const headers = await headersOf();
    assert.match(headers, /^List-Unsubscribe: <https:\/\/big-room\.example\/stop\/abc\?language=sv>$/m);
    assert.match(headers, /^List-Unsubscribe-Post: List-Unsubscribe=One-Click$/m);
  });

  it('attaches an invitation as a part to answer to and as a file, and other files beside it', async () => {
    const agenda = { fileName: 'agenda.txt', type: 'text/plain; charset=utf-8', content: 'Käynnistys\n' };
    await mailer.send({ ...mail, attachments: [agenda, invitation] });
    const found = partsOf(await content());
    const calendar = found.find(({ headers }) => /^Content-Type: text\/calendar/im.test(headers));
    assert.match(calendar?.headers ?? '', /method=REQUEST/);
    assert.equal(calendar?.content, invitation.content.trimEnd());
    const named = (name: string) => found.find(({ headers }) => headers.includes(`filename=${name}`));
    assert.equal(named('hankeradio.ics')?.content, invitation.content.trimEnd());
    assert.equal(named('agenda.txt')?.content, agenda.content.trimEnd());
  });

  it('keeps the part to answer to among the alternatives, with other files beside it and without', async () => {
    const agenda = { fileName: 'agenda.txt', type: 'text/plain; charset=utf-8', content: 'Käynnistys\n' };
    const alternatives = 'alternative(text/plain, text/html, text/calendar method=REQUEST)';
    await mailer.send({ ...mail, attachments: [invitation] });
    assert.equal(shapeOf(await content()), `mixed(${alternatives}, application/ics)`);
    await mailer.send({ ...mail, attachments: [agenda, invitation] });
    assert.equal(shapeOf(await content()), `mixed(${alternatives}, text/plain, application/ics)`);
    const disposition = partsOf(await content()).find(({ headers }) => headers.includes('text/calendar'));
    assert.doesNotMatch(disposition?.headers ?? '', /Content-Disposition: attachment/i);
  });

  it('refuses an invitation whose part and file name two methods', async () => {
    const type = 'text/calendar; method=CANCEL; charset=utf-8';
    const outcome = await mailer.send({ ...mail, attachments: [{ ...invitation, type }] });
    assert.deepEqual(outcome, { result: 'retry', reason: 'unexpected' });
    assert.deepEqual(await files(), []);
  });

  it('takes any id without leaving its folder', async () => {
    for (const id of ['../../outside', 'a/b', 'send|anna|1', '.hidden', 'x'.repeat(300), '']) {
      assert.deepEqual(await mailer.send({ ...mail, id }), { result: 'sent' });
      await mailer.send({ ...mail, id });
    }
    const names = await files();
    assert.equal(names.length, 6);
    assert.ok(
      names.every((name) => /^mail|^[a-z0-9]{26}\.eml$/.test(name)),
      names.join(),
    );
    assert.deepEqual(await readdir(dataDir), ['mail']);
  });

  it('takes no header out of what people wrote', async () => {
    await mailer.send({
      ...mail,
      subject: 'Hello\r\nBcc: other@ngo.example',
      to: { name: 'A\r\nBcc: b@c.example', address: 'a@b.example' },
    });
    assert.doesNotMatch((await content()).split('\r\n\r\n')[0] ?? '', /^Bcc:/m);
  });

  it('may be tried again where the folder cannot be written', async () => {
    await writeFile(join(dataDir, 'mail'), 'in the way');
    assert.deepEqual((await mailer.send(mail)).result, 'retry');
    await rm(join(dataDir, 'mail'));
    assert.deepEqual(await mailer.send(mail), { result: 'sent' });
    assert.deepEqual(await files(), ['reminder.radio-20261201.anna.eml']);
  });
});
