import { z } from 'zod';
import type { BotFeature } from '../bot/feature.js';
import type { FanOutKind, Recipient } from '../src/delivery/fan-out/kind.js';
import type { NoticeKind } from '../src/delivery/notices.js';
import type { DeliveryKind } from '../src/delivery/outbox/kind.js';
import type { AdapterModule } from '../src/module.js';
import { get, json } from '../src/http/route.js';

/** What the toy module has done. */
export interface Toy {
  readonly module: AdapterModule;
  readonly wound: string[];
  /** Releases that it put into its window. */
  readonly shown: string[];
  /** Who is to get its fan-outs. */
  recipients: readonly Recipient[];
  /** Whether the toy still runs. */
  isRunning: boolean;
}

/** A module of its own kinds, from outside `src`: it winds up toys, and notifies people of them. */
export function toyModule(): Toy {
  const wound: string[] = [];
  const shown: string[] = [];
  const delivery: DeliveryKind<{ toy: string }> = {
    kind: 'toy.wind',
    payload: z.object({ toy: z.string() }),
    afterCrash: 'repeat',
    afterRestore: 'run',
    handle: ({ toy }) => {
      wound.push(toy);
      return Promise.resolve({ result: 'sent' });
    },
  };
  const notice: NoticeKind<{ about: string; toy: string }> = {
    kind: 'toy.wound',
    payload: z.object({ about: z.literal('toy.wound'), toy: z.string() }),
    stillTrue: () => Promise.resolve(made.isRunning),
  };
  const fanOut: FanOutKind<{ kind: string; toy: string }> = {
    kind: 'toy.parade',
    payload: z.object({ kind: z.literal('toy.parade'), toy: z.string() }),
    recipients: () => Promise.resolve(made.recipients),
    stillUseful: () =>
      Promise.resolve(made.isRunning ? { send: true } : { send: false, reason: 'superseded' }),
    about: ({ toy }) => `toy:${toy}`,
    mail: ({ toy }, language) =>
      Promise.resolve({
        to: (key) =>
          Promise.resolve({
            id: `${toy} ${key}`,
            to: { name: key, address: 'toys@example.test' },
            language,
            subject: `Parade of ${toy}`,
            html: '<p>Come and see</p>',
            text: 'Come and see',
            attachments: [],
          }),
      }),
  };
  const made: Toy = {
    wound,
    shown,
    recipients: [],
    isRunning: true,
    module: {
      routes: [get('/api/toys', 'programme:see', () => Promise.resolve(json({ wound })))],
      deliveries: [delivery],
      notices: [notice],
      fanOuts: [fanOut],
      channels: [
        {
          id: 'toyShop',
          publish: ({ texts }) => {
            shown.push(texts.fi?.title ?? '');
            return Promise.resolve({ result: 'published', urls: { fi: 'https://toys.example.test/1' } });
          },
          takeDown: () => {
            shown.pop();
            return Promise.resolve({ result: 'takenDown' });
          },
          preview: ({ texts }, language) => Promise.resolve(`<p>${texts[language]?.title ?? ''}</p>`),
        },
      ],
    },
  };
  return made;
}

const card = (text: string, actions: readonly unknown[] = []) => ({
  type: 'AdaptiveCard' as const,
  version: '1.5',
  speak: text,
  body: [{ type: 'TextBlock', text }],
  actions,
});

/** What the toy adds to the bot: commands that people write, a button, and the cards of its notice and fan-out. */
export const toyFeature: BotFeature = {
  words: [{ kind: 'robot', exact: ['robot', 'robotti'], stems: [], forgiving: [] }],
  intents: [{ rank: 2, press: { verb: 'toy.open', data: {} }, isAsked: ({ has }) => has('robot') }],
  cardActions: [
    {
      verb: 'toy.open',
      permission: 'programme:see',
      handle: ({ person }) => {
        const wind = { type: 'Action.Execute', title: 'Wind up', verb: 'toy.wind', data: { turns: 3 } };
        return Promise.resolve({ as: 'replace', card: card(`${person.name}, here is the robot`, [wind]) });
      },
    },
    {
      verb: 'toy.wind',
      permission: 'programme:see',
      handle: (_turn, { turns }) =>
        Promise.resolve({ as: 'replace', card: card(`Wound up ${String(turns)} times`) }),
    },
    {
      verb: 'toy.sell',
      permission: 'outbox:resolve',
      handle: () => Promise.resolve({ as: 'replace', card: card('Sold') }),
    },
  ],
  notices: {
    'toy.wound': ({ person }, notice) =>
      Promise.resolve(card(`${person.name}, ${(notice as unknown as { toy: string }).toy} runs`)),
  },
  fanOuts: {
    'toy.parade': ({ toy }, { programme }) =>
      Promise.resolve(card(`${String(toy)} parades in ${programme.names.en}`)),
  },
};
