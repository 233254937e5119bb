import assert from 'node:assert/strict';
import { graphMailer } from '../../../../src/adapters/graph/graph-mailer.js';
import type { Mail, Mailer } from '../../../../src/delivery/mail/mailer.js';
import type { Outcome } from '../../../../src/delivery/outbox/message.js';
import type { GraphClient } from '../../../../src/adapters/graph/graph-client.js';
import { partsOf, shapeOf } from '../../../world/eml.js';
import { Graph, type GraphFailure } from '../../../world/graph/graph.js';
import { graphWorld, type GraphWorld } from '../../../world/graph/world.js';

const mail: Mail = {
  id: 'reminder|anna',
  to: { name: 'Anna Äng', address: 'anna@ngo.example' },
  language: 'sv',
  fromName: 'Välfärdsområdets projekt',
  replyTo: { name: 'Eeva Esimerkki', address: 'eeva@hyvinvointialue.example' },
  subject: 'Hankeradio på tisdag',
  html: '<p>Välkommen</p>',
  text: 'Välkommen',
  attachments: [
    {
      fileName: 'hankeradio.ics',
      type: 'text/calendar; method=REQUEST; charset=utf-8',
      content: 'BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Käynnistys\r\nEND:VCALENDAR\r\n',
    },
  ],
  unsubscribeUrl: 'https://big-room.example/stop/1',
};

describe('mail through Graph', () => {
  let world: GraphWorld;
  let mailer: Mailer;

  beforeEach(async () => {
    world = await graphWorld();
    mailer = graphMailer(world.client, world.graph.organiser, world.clock);
  });
  afterEach(() => world.close());

  it('hands a mail over once, as mail programs can answer to it', async () => {
    assert.deepEqual(await mailer.send(mail), { result: 'sent' });
    const [sent, ...others] = world.graph.mailed;
    assert.ok(sent);
    assert.deepEqual(others, []);
    const { mime, read } = sent;
    assert.equal(
      shapeOf(mime),
      'mixed(alternative(text/plain, text/html, text/calendar method=REQUEST), application/ics)',
    );
    assert.deepEqual(read.from, { name: 'Välfärdsområdets projekt', address: world.graph.organiser });
    assert.deepEqual(read.replyTo, [{ name: 'Eeva Esimerkki', address: 'eeva@hyvinvointialue.example' }]);
    assert.deepEqual(read.to, [mail.to]);
    assert.equal(read.subject, mail.subject);
    assert.equal(read.text?.trim(), mail.text);
    assert.equal(read.html?.trim(), mail.html);
    const headers = new Map(read.headers.map(({ key, value }) => [key, value]));
    assert.equal(headers.get('list-unsubscribe'), `<${mail.unsubscribeUrl}>`);
    assert.equal(headers.get('list-unsubscribe-post'), 'List-Unsubscribe=One-Click');
    const [file] = partsOf(mime).filter(({ headers: own }) => own.includes('application/ics'));
    assert.match(file?.content ?? '', /SUMMARY:Käynnistys/);
  });

  it('leaves the sender to the mailbox where that is named by its id', async () => {
    const id = '01234567-89ab-cdef-0123-456789abcdef';
    const sent: unknown[] = [];
    const client = { call: (...asked: unknown[]) => Promise.resolve(sent.push(asked)) };
    await graphMailer(client as unknown as GraphClient, id, world.clock).send(mail);
    const [[, { body }]] = sent as [[string, { body: string }]];
    assert.doesNotMatch(Buffer.from(body, 'base64').toString(), /^From:/m);
  });

  it('hands over a mail without files', async () => {
    assert.deepEqual(await mailer.send({ ...mail, attachments: [] }), { result: 'sent' });
  });

  const outcomes: readonly [string, GraphFailure, Outcome][] = [
    [
      'too fast',
      { status: 429, code: 'ApplicationThrottled', headers: { 'Retry-After': '5' } },
      { result: 'retry', reason: 'ApplicationThrottled', afterSeconds: 5 },
    ],
    [
      'too fast, without a time',
      { status: 429, code: 'TooManyRequests' },
      { result: 'retry', reason: 'TooManyRequests' },
    ],
    [
      'not available',
      { status: 503, code: 'ServiceUnavailable' },
      { result: 'retry', reason: 'ServiceUnavailable' },
    ],
    ['lost before it acted', { drops: 'before' }, { result: 'uncertain', reason: 'UND_ERR_SOCKET' }],
    ['lost after it acted', { drops: 'after' }, { result: 'uncertain', reason: 'UND_ERR_SOCKET' }],
    [
      'a gateway timeout',
      { status: 504, code: 'GatewayTimeout' },
      { result: 'uncertain', reason: 'GatewayTimeout' },
    ],
    [
      'not allowed',
      { status: 403, code: 'ErrorAccessDenied' },
      { result: 'failed', reason: 'ErrorAccessDenied' },
    ],
    [
      'too large',
      { status: 413, code: 'RequestEntityTooLarge' },
      { result: 'failed', reason: 'RequestEntityTooLarge' },
    ],
  ];
  for (const [how, failure, outcome] of outcomes)
    it(`returns the outcome: ${how}`, async () => {
      world.graph.fails(failure);
      assert.deepEqual(await mailer.send(mail), outcome);
      assert.equal(world.graph.mailed.length, failure.drops === 'after' ? 1 : 0);
      assert.deepEqual(world.waits, [], 'the pace is not its own');
    });

  it('fails for good where the address is none', async () => {
    const to = { name: 'Anna', address: 'anna' };
    assert.deepEqual(await mailer.send({ ...mail, to }), { result: 'failed', reason: 'notAnAddress' });
  });

  it('fails where the mailbox does not exist any more', async () => {
    world.graph.organiserLeaves();
    assert.deepEqual(await mailer.send(mail), { result: 'failed', reason: 'organiserGone' });
  });

  it('fails where a mail is larger than Graph takes', async () => {
    const large = { fileName: 'slides.txt', type: 'text/plain', content: 'a'.repeat(3 * 1024 * 1024 + 1) };
    const outcome = await mailer.send({ ...mail, attachments: [large] });
    assert.deepEqual(outcome, { result: 'failed', reason: 'RequestEntityTooLarge' });
  });

  it('tries again where nobody is there', async () => {
    const stopped = await new Graph().start();
    const { loginUrl } = stopped;
    await stopped.stop();
    const outcome = await graphMailer(world.another({ loginUrl }), world.graph.organiser, world.clock).send(
      mail,
    );
    assert.deepEqual(outcome, { result: 'retry', reason: 'ECONNREFUSED' });
  });

  it('tries again where signing in is refused, as somebody may be changing the secret', async () => {
    const outcome = await graphMailer(
      world.another({ credential: { secret: 'old' } }),
      world.graph.organiser,
      world.clock,
    ).send(mail);
    assert.deepEqual(outcome, { result: 'retry', reason: 'invalid_client' });
  });
});
