import type { z } from 'zod';
import type { Language } from '../../shared/languages.js';
import type { Outcome } from '../outbox/message.js';
import type { Mail } from '../mail/mailer.js';
import type { DropReason, Recipient } from './fan-out.js';

/** What is sent to many: facts from which the message is written when it leaves, in each recipient's language. */
export interface FanOutContent {
  readonly kind: string;
}

/**
 * Whether a fan-out is still of use at this moment, and until when. `notBefore`: nobody is to be disturbed before (quiet
 * hours); it begins then, or not at all where it would be of no more use. What has begun goes on. ISO instants.
 */
export type Usefulness =
  | { readonly send: true; readonly usefulUntil?: string; readonly notBefore?: string }
  | { readonly send: false; readonly reason: DropReason };

/** A mail written once in a language, for everybody of that language. */
export interface WrittenMail {
  /** The mail to one recipient as things stand right before it leaves, or why there is none for them. */
  to(recipientKey: string): Promise<Mail | Outcome>;
}

/**
 * One kind of what is sent to many. A module registers its kinds; the fan-out knows none of them by name. Its cards stand
 * in `bot/features`.
 */
export interface FanOutKind<Content extends FanOutContent = FanOutContent> {
  /** Stands in the stored content, and so never changes. */
  readonly kind: string;
  /** The whole stored content, `kind` included. */
  readonly payload: z.ZodType<Content>;
  /** Everybody who should get it as things stand, each key once; those who don't want it are left out already. */
  recipients(content: Content): Promise<readonly Recipient[]>;
  /** Asked when it is due, and again while it leaves. */
  stillUseful(content: Content): Promise<Usefulness>;
  /** What it is about, such as `occurrence:<id>`: by this fan-outs are found again. */
  about?(content: Content): string;
  /** What those recipients are called now who are kept without a name; those who are there no more are left out. */
  names?(keys: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** @throws AppError where there is nothing to say any more: then {@link stillUseful} is asked again. */
  mail?(content: Content, language: Language): Promise<WrittenMail>;
}
