import { z } from 'zod';
import type { ChatAddress, NotifyBy } from '../../people/person.js';
import type { Language } from '../../shared/languages.js';
import type { Mail, Mailer } from '../mail/mailer.js';
import { kindsByName, messageKind } from '../outbox/kind.js';
import { storedId } from '../../platform/stored.js';
import type { Outcome, NewMessage } from '../outbox/message.js';
import { deterministicId, type FanOutId, type MessageId, type PersonId } from '../../platform/ids.js';

/** What is sent to many: facts from which the message is written when it leaves, in each recipient's language. */
export interface FanOutContent {
  readonly kind: string;
  readonly [fact: string]: unknown;
}

/** How a recipient is reached: one to one in chat, in a channel or group chat, or by mail. */
export const ways = ['chat', 'channel', 'mail'] as const;
export type Way = (typeof ways)[number];

/** One who is to be reached, once for each `key` in a fan-out. */
export type Recipient = {
  /** `person:<id>`, `contact:<id>` or `conversation:<id>`: somebody who is in two groups has one key. */
  readonly key: string;
  readonly language: Language;
} &
  /** Somebody whom the bot has not met yet has no `chat`: the transport answers `undeliverable` with the reason `neverMet`. */
  (
    | {
        readonly way: 'chat';
        readonly name: string;
        readonly personId: PersonId;
        readonly chat?: ChatAddress;
        /**
         * The activity feed in place of the chat; `feedBeside`: beside the chat, which is a recipient of its own. The chat,
         * where nothing is named.
         */
        readonly by?: Exclude<NotifyBy, 'chat' | 'both'> | 'feedBeside';
      }
    | {
        readonly way: 'channel';
        readonly name: string;
        readonly chat: ChatAddress & { readonly conversationId: string };
      }
    /** Name and address are looked up each time: whoever is erased must be nowhere else. */
    | { readonly way: 'mail' }
  );

/**
 * `late`: it would have come when it was of no more use. `superseded`: its contents are not true any more. `sentAlready`:
 * another fan-out has sent the same to this recipient.
 */
export type DropReason = 'late' | 'superseded' | 'cancelled' | 'sentAlready';

/**
 * Whether a fan-out is still of use at this moment, and until when. `notBefore`: nobody is to be disturbed before (quiet
 * hours); it begins then, or not at all where it would be of no more use. What has begun goes on. ISO instants.
 */
export type Usefulness =
  | { readonly send: true; readonly usefulUntil?: string; readonly notBefore?: string }
  | { readonly send: false; readonly reason: DropReason };

/** What came of sending to one recipient: `dropped` where there was nothing to send to them any more. */
export type SendOutcome = Outcome | { readonly result: 'dropped'; readonly reason: DropReason };

/** A mail written once in a language, for everybody of that language. */
export interface WrittenMail {
  /** The mail to one recipient, made right before it is sent, or why there is none for them. */
  to(recipientKey: string): Promise<Mail | SendOutcome>;
  /** Called when the mailer has taken it; a fault of this changes nothing for the recipient. */
  sent?(recipientKey: string): Promise<void>;
}

/**
 * One kind of what is sent to many. A module registers its kinds; the fan-out knows none of them by name. Its cards are
 * in `bot/features`.
 */
export interface FanOutKind<Content extends FanOutContent = FanOutContent> {
  /** Part of the stored content, and so never changes. */
  readonly kind: string;
  /** The whole stored content, `kind` included. */
  readonly payload: z.ZodType<Content>;
  /** Everybody who should get it now, each key once; those who don't want it are left out already. */
  recipients(content: Content): Promise<readonly Recipient[]>;
  /** Asked when it is due, and again while it leaves. */
  stillUseful(content: Content): Promise<Usefulness>;
  /** What it is about, each as `<kind of thing>:<id>`, such as `occurrence:<id>`: by this fan-outs are found again. */
  about?(content: Content): string | readonly string[];
  /** Whether its contents name somebody, so that all of it is erased with its recipients. */
  isOfOnePerson?(content: Content): boolean;
  /** What those recipients are called now who are kept without a name; those who are there no more are left out. */
  names?(keys: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** @throws AppError where there is nothing to send any more: then {@link stillUseful} is called again. */
  mail?(content: Content, language: Language): Promise<WrittenMail>;
}

export type FanOutKinds = ReturnType<typeof fanOutKinds>;

/** Any content, untouched: ids are made of its facts. */
export const anyContent = z.custom<FanOutContent>(
  (value) => typeof (value as Partial<FanOutContent> | null | undefined)?.kind === 'string',
);

/** The registered kinds, by what is stored. */
export function fanOutKinds(kinds: readonly FanOutKind[]) {
  const byName = kindsByName(kinds);

  /** The kind of a content with what it reads. @throws Error for a kind that is not known, or a content that it refuses. */
  function read(stored: FanOutContent): { readonly kind: FanOutKind; readonly content: FanOutContent } {
    const kind = byName.get(stored.kind);
    if (kind === undefined) throw new Error(`no fan-out of the kind ${stored.kind}`);
    return { kind, content: kind.payload.parse(stored) };
  }

  return {
    find: (name: string): FanOutKind | undefined => byName.get(name),

    /** @throws Error as {@link read}. */
    async stillUseful(stored: FanOutContent): Promise<Usefulness> {
      const { kind, content } = read(stored);
      return kind.stillUseful(content);
    },

    /** What a stored content is about; nothing for what nobody knows. */
    about(stored: FanOutContent): readonly string[] {
      const kind = byName.get(stored.kind);
      const content = kind?.payload.safeParse(stored);
      return content?.success === true ? [kind?.about?.(content.data) ?? []].flat() : [];
    },

    isOfOnePerson(stored: FanOutContent): boolean {
      const kind = byName.get(stored.kind);
      const content = kind?.payload.safeParse(stored);
      return content?.success === true && kind?.isOfOnePerson?.(content.data) === true;
    },

    async names(stored: FanOutContent, keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
      return (await byName.get(stored.kind)?.names?.(keys)) ?? new Map<string, string>();
    },

    /** @throws Error as {@link read}, or where the kind writes no mails. */
    async mail(stored: FanOutContent, language: Language): Promise<WrittenMail> {
      const { kind, content } = read(stored);
      if (kind.mail === undefined) throw new Error(`no mails of the kind ${stored.kind}`);
      return kind.mail(content, language);
    },
  };
}

/** What leaves, made once for a language and used for everybody of that language in a chunk. */
export type PreparedMessage = { readonly [preparedMessage]: true };
declare const preparedMessage: unique symbol;

/** Sends messages through one medium. Knows the other side's limits only as answers; the caller keeps the pace. */
export interface Transport {
  /**
   * The content in a language, as its kind writes it. A chunk asks for it once a language.
   * @throws AppError where there is nothing to send any more: the chunk then calls `FanOutKind.stillUseful` again.
   */
  prepare(content: FanOutContent, language: Language): Promise<PreparedMessage>;
  /** Sends to one. Bounds its own time; never throws for a fault of the other side. */
  send(preparedMessage: PreparedMessage, recipient: Recipient): Promise<SendOutcome>;
}

export type Transports = { readonly [Each in Way]: Transport };

/** The message of the outbox that becomes a fan-out. */
export const fanOutRequest = messageKind(
  'send',
  z.object({ sendId: storedId<FanOutId>(), content: anyContent }),
);

/**
 * The message that asks for a fan-out: the same content is the same fan-out, however often it is asked for.
 * @param dueAt ISO instant at which it is to leave.
 * @param discriminator makes another id for what is sent again with the same contents, such as when a contact came back.
 */
export function fanOutMessage<Content extends FanOutContent>(
  content: Content,
  dueAt: string,
  discriminator = '',
): NewMessage {
  const facts = Object.entries(content).sort(([one], [other]) => (one < other ? -1 : 1));
  const sendId = deterministicId<FanOutId>('send', JSON.stringify(facts), discriminator);
  const id = deterministicId<MessageId>('message', 'send', sendId);
  return { id, dueAt, body: fanOutRequest.body({ sendId, content }) };
}

/** Called with what came of each mail that a mailer was given; it must not throw. */
type MailRecorded = (
  key: string,
  mail: { readonly id: string; readonly kind: string; readonly subject: string },
  outcome: Outcome,
) => Promise<void>;

/** Sends by mail what the kinds of fan-outs write. */
export function mailTransport(
  mailer: Mailer,
  kinds: Pick<FanOutKinds, 'mail'>,
  recorded?: MailRecorded,
): Transport {
  interface Prepared {
    readonly kind: string;
    readonly written: WrittenMail;
  }
  return {
    prepare: async (content, language) => {
      const prepared: Prepared = { kind: content.kind, written: await kinds.mail(content, language) };
      return prepared as unknown as PreparedMessage;
    },
    send: async (prepared, { key }) => {
      const { kind, written } = prepared as unknown as Prepared;
      const mail = await written.to(key);
      if ('result' in mail) return mail;
      const outcome = await mailer.send(mail);
      await recorded?.(key, { id: mail.id, kind, subject: mail.subject }, outcome);
      // It has left whatever becomes of the record of it: a fault here must not send it again.
      if (outcome.result === 'sent') await written.sent?.(key).catch(() => undefined);
      return outcome;
    },
  };
}
