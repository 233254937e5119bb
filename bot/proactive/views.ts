import type { FanOutContent } from '../../src/delivery/fan-out/kind.js';
import type { Notice } from '../../src/delivery/notices.js';
import type { Outcome } from '../../src/delivery/outbox/message.js';
import type { Programme } from '../../src/people/person.js';
import type { Language } from '../../src/shared/languages.js';
import type { Card } from '../cards/render.js';
import type { Turn } from '../conversation/turn.js';

interface Views {
  notice(turn: Turn, notice: Notice): Promise<Card | Outcome>;
  fanOut(content: FanOutContent, readers: Readers): Promise<Card>;
}

/** Those who read what is sent to many in one language. */
export interface Readers {
  readonly language: Language;
  readonly programme: Programme;
}

/** The card of a notice as things stand, or why there will never be one. A feature gives those of its own kinds. */
export type NoticeView = Views['notice'];
/** The same card for everybody of a language. @throws AppError where there is nothing to say any more. */
export type FanOutView = Views['fanOut'];

/** By the kind, which is `about` of a notice and `kind` of what is sent to many. */
export type NoticeViews = Readonly<Record<string, NoticeView>>;
export type FanOutViews = Readonly<Record<string, FanOutView>>;

/** What there is to say is not so any more. */
export const superseded: Outcome = { result: 'undeliverable', reason: 'superseded' };
