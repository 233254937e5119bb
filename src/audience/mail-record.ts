import type { Outcome } from '../delivery/outbox/message.js';
import type { Clock } from '../platform/clock.js';
import { whileConflicting } from '../platform/commit.js';
import type { ContactId } from '../platform/ids.js';
import type { Log } from '../platform/log.js';
import type { Contact } from './contact.js';
import type { ContactStore } from './store.js';

/** A mail that a mailer was given. */
interface GivenMail {
  readonly id: string;
  /** What it was: the kind of the fan-out, or of the message. */
  readonly kind: string;
  readonly subject: string;
}

/** Whether it was the address that a mail failed for. What fails otherwise is ours to put right, and says nothing of them. */
const isAboutAddress = (result: Outcome['result'], reason: string | undefined): boolean =>
  result === 'undeliverable' || (result === 'failed' && reason === 'notAnAddress');

/**
 * Called with what came of a mail; of one to somebody who is no contact nothing is kept.
 * @param key the recipient: `contact:<id>`, and whatever follows it.
 */
export type MailRecord = (key: string, mail: GivenMail, outcome: Outcome) => Promise<void>;

/**
 * Keeps what contacts were mailed, as long as they are contacts, and whom no mail reaches. A fault of it changes nothing for
 * the mail, which has left: it is reported.
 */
export function mailRecord({
  store,
  clock,
  log,
}: {
  readonly store: Pick<ContactStore, 'find' | 'putMail' | 'replace' | 'commit'>;
  readonly clock: Clock;
  readonly log: Pick<Log, 'error'>;
}): MailRecord {
  return async (key, { id: mailId, kind, subject }, outcome) => {
    const [, id] = /^contact:([^:]+)/.exec(key) ?? [];
    const { result } = outcome;
    const isEnded =
      result === 'sent' || result === 'undeliverable' || result === 'failed' || result === 'uncertain';
    if (id === undefined || !isEnded) return;
    const at = clock.now().toString();
    const reason = 'reason' in outcome ? outcome.reason : undefined;
    try {
      await whileConflicting(async () => {
        const before = await store.find(id as ContactId);
        if (before === undefined) return;
        const entry = { at, kind, subject, result, ...(reason !== undefined && { reason }) };
        const { unreachedAt, ...reached } = before.value;
        const isUnreached = isAboutAddress(result, reason);
        const isKnown = isUnreached || result === 'sent';
        const isSame = !isKnown || isUnreached === (unreachedAt !== undefined);
        const after: Contact = isUnreached ? { ...reached, unreachedAt: at } : reached;
        await store.commit([
          store.putMail(id as ContactId, entry, mailId),
          ...(isSame ? [] : store.replace(before, after)),
        ]);
      });
    } catch (error) {
      log.error('contact.mailNotRecorded', { id, error });
    }
  };
}
