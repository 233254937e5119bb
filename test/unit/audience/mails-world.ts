import { makeBigRoom, type BigRoom } from '../../../src/compose.js';
import { MemoryRows } from '../../../src/adapters/memory/rows.js';
import type { Transport } from '../../../src/delivery/fan-out/kind.js';
import type { Mail } from '../../../src/delivery/mail/mailer.js';
import { programme } from '../../make.js';
import { testAdapters } from '../../world/adapters.js';
import { handClock, type HandClock } from '../../world/clock.js';

const noChat: Transport = {
  prepare: () => Promise.resolve({} as never),
  send: () => Promise.resolve({ result: 'sent' }),
};

/** The whole of Big Room on memory, whose mails are kept. Nothing leaves but while it `runs`. */
export async function mailsWorld() {
  let trips = 0;
  const clock: HandClock = handClock('2026-11-23T08:00:00Z');
  const rows = new MemoryRows({ onTrip: () => (trips += 1) });
  const mails: Mail[] = [];
  const mailer = {
    send: (mail: Mail) => {
      mails.push(mail);
      return Promise.resolve({ result: 'sent' } as const);
    },
  };
  const bigRoom: BigRoom = makeBigRoom(testAdapters({ rows, clock, mailer }));
  await bigRoom.people.add(programme, []);
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
