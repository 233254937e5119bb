import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import PostalMime from 'postal-mime';
import { smtpMailer } from '../../../src/adapters/smtp/smtp-mailer.js';
import type { Mail } from '../../../src/delivery/mail/mailer.js';
import { handClock } from '../../world/clock.js';

const mail: Mail = {
  id: 'mail-1',
  to: { name: 'Åsa Öst', address: 'asa@example.org' },
  language: 'sv',
  fromName: 'Mallbygdens projekt',
  subject: 'Hankeradio på tisdag',
  html: '<p>Välkommen</p>',
  text: 'Välkommen',
  attachments: [
    {
      fileName: 'invitation.ics',
      type: 'text/calendar; method=REQUEST; charset=utf-8',
      content: 'BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n',
    },
  ],
};

const refusal = (code: number): Error => Object.assign(new Error('no'), { responseCode: code });

describe('mail by a mail server', () => {
  const servers: SMTPServer[] = [];
  const taken: { readonly to: string; readonly raw: string; readonly user: unknown }[] = [];

  beforeEach(() => {
    taken.length = 0;
  });
  afterEach(async () => {
    for (const server of servers.splice(0)) await new Promise<void>((resolve) => server.close(resolve));
  });

  async function mailer(options: SMTPServerOptions = {}, user = 'sender:secret@') {
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onAuth: ({ username, password }, _session, done) => {
        if (password === 'secret') done(null, { user: username });
        else done(refusal(535));
      },
      onData: (stream, { envelope, user: who }, done) => {
        let raw = '';
        stream
          .on('data', (chunk: Buffer) => (raw += chunk.toString()))
          .on('end', () => {
            taken.push({ to: envelope.rcptTo.map(({ address }) => address).join(), raw, user: who });
            done();
          });
      },
      ...options,
    });
    servers.push(server);
    server.on('error', () => undefined);
    server.listen(0, '127.0.0.1');
    await once(server.server, 'listening');
    const { port } = server.server.address() as AddressInfo;
    const url = `smtp://${user}127.0.0.1:${String(port)}`;
    return smtpMailer({ url, sender: 'viestinta@county.example', clock: handClock(), timeoutMs: 500 });
  }

  it('goes whole, signed in, with its calendar file and from its sender', async () => {
    assert.deepEqual(await (await mailer()).send(mail), { result: 'sent' });
    const [arrived] = taken;
    assert.ok(arrived);
    assert.deepEqual([arrived.to, arrived.user], ['asa@example.org', 'sender']);
    const read = await PostalMime.parse(arrived.raw);
    assert.deepEqual(
      [read.from?.address, read.from?.name, read.subject],
      ['viestinta@county.example', 'Mallbygdens projekt', 'Hankeradio på tisdag'],
    );
    assert.match(arrived.raw, /text\/calendar; charset=utf-8; method=REQUEST/);
  });

  const outcomes: readonly (readonly [string, SMTPServerOptions, object])[] = [
    [
      'an address that the server does not take',
      { onRcptTo: (_address, _session, done) => done(refusal(550)) },
      { result: 'failed', reason: 'notAnAddress' },
    ],
    [
      'a mailbox that is full now',
      { onRcptTo: (_address, _session, done) => done(refusal(452)) },
      { result: 'retry' },
    ],
    [
      'a server that is busy after the text',
      { onData: (stream, _session, done) => void stream.resume().on('end', () => done(refusal(451))) },
      { result: 'retry' },
    ],
    [
      'a text that is refused',
      { onData: (stream, _session, done) => void stream.resume().on('end', () => done(refusal(554))) },
      { result: 'failed' },
    ],
    [
      'a sender that is refused',
      { onMailFrom: (_address, _session, done) => done(refusal(553)) },
      { result: 'failed' },
    ],
    [
      'a server that says nothing after the text',
      { onData: (stream) => void stream.resume() },
      { result: 'uncertain' },
    ],
  ];
  for (const [what, options, expected] of outcomes)
    it(`knows what ${what} means`, async () => {
      const outcome = await (await mailer(options)).send(mail);
      assert.deepEqual({ ...outcome, ...expected }, outcome, JSON.stringify(outcome));
    });

  it('tries again later where a password is wrong or nobody answers, and says neither', async () => {
    const wrong = await (await mailer({}, 'sender:other@')).send(mail);
    assert.equal(wrong.result, 'retry');
    const nowhere = smtpMailer({
      url: 'smtp://sender:secret@127.0.0.1:19999',
      sender: 'a@b.example',
      clock: handClock(),
    });
    const silent = await nowhere.send(mail);
    assert.equal(silent.result, 'retry');
    assert.ok(!JSON.stringify([wrong, silent]).includes('secret'));
  });

  it('says nothing in the clear to another machine', async () => {
    const server = new SMTPServer({ authOptional: true, disabledCommands: ['STARTTLS'] });
    servers.push(server);
    server.listen(0, '0.0.0.0');
    await once(server.server, 'listening');
    const { port } = server.server.address() as AddressInfo;
    // The same machine by a name that is not one of loopback.
    const outcome = await smtpMailer({
      url: `smtp://0.0.0.0:${String(port)}`,
      sender: 'a@b.example',
      clock: handClock(),
      timeoutMs: 500,
    }).send(mail);
    assert.equal(outcome.result, 'retry');
    assert.equal(taken.length, 0);
  });
});
