import { z } from 'zod';
import type { ChatAddress, Person } from '../../people/person.js';
import type { PeopleService } from '../../people/service.js';
import type { Clock } from '../../platform/clock.js';
import { deterministicId, type MessageId, type PersonId } from '../../platform/ids.js';
import { storedId } from '../../platform/stored.js';
import { messageKind, type DeliveryKind, type PayloadOf } from '../outbox/kind.js';
import type { NewMessage } from '../outbox/message.js';
import type { Outbox } from '../outbox/outbox.js';
import type { Pace } from '../pacing/pace.js';
import type { Installed, TeamsReach } from './teams-reach.js';

/** Installs the app for one person. */
export const installMessage = messageKind('installApp', z.object({ personId: storedId<PersonId>() }));

/** Somebody for whom it was asked is asked for again after a day at the earliest. In milliseconds. */
const againMs = 86_400_000;

/** Whom the bot has not met, and for whom nobody tried today. */
export type NotMet = Pick<Person, 'id' | 'chat' | 'install' | 'left'>;

/** The message that has the app installed for somebody whom the bot has not met; none where that is not to be tried now. */
export function installFor({ id, chat, install, left }: NotMet, now: Date): readonly NewMessage[] {
  if (chat !== undefined || left !== undefined) return [];
  if (install !== undefined && now.getTime() - Date.parse(install.at) < againMs) return [];
  // One for each try: whoever asks meanwhile asks for the same.
  const message = deterministicId<MessageId>('installApp', id, install?.at ?? '');
  return [{ id: message, dueAt: now.toISOString(), body: installMessage.body({ personId: id }) }];
}

export type AskInstall = (id: PersonId) => Promise<void>;

interface AskDeps {
  readonly people: Pick<PeopleService, 'find'>;
  readonly outbox: Pick<Outbox, 'commit'>;
  readonly clock: Clock;
}

/** Has the app installed for somebody for whom something waits. */
export function askInstall({ people, outbox, clock }: AskDeps): AskInstall {
  return async (id) => {
    const person = await people.find(id);
    const messages = person === undefined ? [] : installFor(person, new Date(clock.now().epochMilliseconds));
    if (messages.length > 0) await outbox.commit([], messages);
  };
}

interface Deps {
  readonly people: Pick<PeopleService, 'find' | 'all' | 'noteInstall' | 'rememberChat'>;
  readonly teams: Pick<TeamsReach, 'install'>;
  /** Lets what waited for a person leave. */
  readonly deliverWaiting: (id: PersonId) => Promise<unknown>;
  readonly pace: Pace;
}

/**
 * Installs the app for a person. Then Teams reports to the bot that it has come to them, by which it knows where it can write.
 * Where they had the app already, that was reported once and not kept: the conversation is read instead.
 */
export function installDelivery({
  people,
  teams,
  deliverWaiting,
  pace,
}: Deps): DeliveryKind<PayloadOf<typeof installMessage>> {
  /**
   * Where to write in a conversation that Graph names. Only a service from which Teams has spoken to us is written to, so that
   * a colleague's address lends its own: all of a tenant have one.
   */
  async function addressIn(conversationId: string): Promise<ChatAddress | undefined> {
    const known = (await people.all()).find(({ chat }) => chat !== undefined)?.chat;
    if (known === undefined) return undefined;
    const { tenantId, serviceUrl, channelId, botId } = known;
    return { tenantId, serviceUrl, channelId, botId, userId: '', conversationId };
  }

  async function keep(personId: PersonId, installed: Installed): Promise<void> {
    const { result } = installed;
    if (result === 'retry') return;
    if (result === 'hadIt' && installed.conversationId !== undefined) {
      const address = await addressIn(installed.conversationId);
      if (address !== undefined) {
        await people.rememberChat(personId, address);
        await deliverWaiting(personId);
      }
    }
    await people.noteInstall(
      personId,
      result === 'refused' || result === 'notFound'
        ? { result, reason: installed.reason }
        : { result: 'installed' },
    );
  }

  return {
    ...installMessage,
    // Teams knows for whom it is installed.
    afterCrash: 'repeat',
    afterRestore: 'run',
    async handle({ personId }) {
      const person = await people.find(personId);
      if (person === undefined) return { result: 'undeliverable', reason: 'noPerson' };
      if (person.chat !== undefined) return { result: 'undeliverable', reason: 'superseded' };
      await pace.permit();
      const installed = await teams.install(personId);
      await keep(personId, installed);
      if (installed.result === 'retry') return installed;
      if (installed.result === 'refused' || installed.result === 'notFound')
        return { result: 'undeliverable', reason: installed.reason };
      return { result: 'sent' };
    },
  };
}
