import { makeBigRoom, type BigRoom } from '../../../src/compose.js';
import { MemoryRows } from '../../../src/adapters/memory/rows.js';
import type { Transport } from '../../../src/delivery/fan-out/kind.js';
import type { Mail } from '../../../src/delivery/mail/mailer.js';
import type { Outcome } from '../../../src/delivery/outbox/message.js';
import { programme } from '../../make.js';
import { testAdapters } from '../../world/adapters.js';
import { handClock, type HandClock } from '../../world/clock.js';

const noChat: Transport = {
  prepare: () => Promise.resolve({} as never),
  send: () => Promise.resolve({ result: 'sent' }),
};

/** The whole of Big Room on memory, whose mails are kept. Nothing leaves but while it `runs`. */
/** @param given rows that were there before; else it begins empty. */
export async function mailsWorld(given: { readonly rows?: MemoryRows } = {}) {
  let trips = 0;
  const clock: HandClock = handClock('2026-11-23T08:00:00Z');
  const rows = given.rows ?? new MemoryRows({ onTrip: () => (trips += 1) });
  const mails: Mail[] = [];
  const refused = new Set<string>();
  const faults: Outcome[] = [];
  const mailer = {
    send: (mail: Mail): Promise<Outcome> => {
      const fault = faults.shift();
      if (fault !== undefined) return Promise.resolve(fault);
      if (refused.has(mail.to.address))
        return Promise.resolve({ result: 'undeliverable', reason: 'ErrorInvalidRecipients' } as const);
      mails.push(mail);
      return Promise.resolve({ result: 'sent' } as const);
    },
  };
  const bigRoom: BigRoom = makeBigRoom(testAdapters({ rows, clock, mailer }));
  if (given.rows === undefined) await bigRoom.people.add(programme, []);
  const outbox = bigRoom.worker(() => Promise.resolve({ result: 'sent' }));
  const sender = bigRoom.fanOutWorker(noChat);
  const expand = async (): Promise<void> => {
    while ((await outbox.sweep()) > 0);
  };
  const send = async (): Promise<void> => {
    await sender.sweep();
    while ((await sender.work()) > 0);
  };
  return {
    bigRoom,
    clock,
    rows,
    mails,
    /** What the mailer answers to the next mails instead of sending them. */
    faults,
    /** Addresses at which there is nobody. */
    refused,
    trips: () => trips,
    expand,
    send,
    /** Lets so many seconds pass one by one, during which everything leaves. */
    runs: async (seconds: number): Promise<void> => {
      for (let second = 0; second < seconds; second += 1) {
        clock.forward({ seconds: 1 });
        await expand();
        await send();
      }
    },
  };
}

export type MailsWorld = Awaited<ReturnType<typeof mailsWorld>>;
