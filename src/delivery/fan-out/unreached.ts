import { z } from 'zod';
import type { Clock } from '../../platform/clock.js';
import type { FanOutId, PersonId } from '../../platform/ids.js';
import { storedId } from '../../platform/stored.js';
import type { PeopleService } from '../../people/service.js';
import type { AskInstall } from '../reach/install.js';
import { noticeTo, type Notice, type NoticeKind } from '../notices.js';
import type { Outbox } from '../outbox/outbox.js';
import type { FanOut } from './fan-out.js';
import { anyContent, type FanOutContent, type FanOutKinds, type Recipient } from './kind.js';

/** What went to many, for one whom it did not reach: a notice that waits until they turn up. */
export interface FanOutNotice extends Notice {
  readonly about: 'fanOut';
  readonly sendId: FanOutId;
  readonly content: FanOutContent;
}

const fanOutNotice: z.ZodType<FanOutNotice> = z.object({
  about: z.literal('fanOut'),
  sendId: storedId<FanOutId>(),
  content: anyContent,
});

/** What the notice is about: the first of what the fan-out is about, or the fan-out itself. */
function subjectOf(kinds: Pick<FanOutKinds, 'about'>, content: FanOutContent, id: FanOutId): string {
  return kinds.about(content)[0] ?? `send:${id}`;
}

interface KindDeps {
  readonly kinds: FanOutKinds;
  readonly clock: Clock;
}

/** The kind of these notices: of use, for whom and about what as the fan-out's own kind says. */
export function fanOutNoticeKind({ kinds, clock }: KindDeps): NoticeKind<FanOutNotice> {
  return {
    kind: 'fanOut',
    payload: fanOutNotice,
    async stillTrue({ content }) {
      const usefulness = await kinds.stillUseful(content);
      if (!usefulness.send) return false;
      const { usefulUntil } = usefulness;
      return usefulUntil === undefined || Date.parse(usefulUntil) > clock.now().epochMilliseconds;
    },
    // They may have turned it off, or left the project, since it went to the others.
    async isFor({ content }, to) {
      const recipients = await kinds.find(content.kind)?.recipients(content);
      return (recipients ?? []).some((each) => each.way === 'chat' && each.personId === to);
    },
    subject: ({ content, sendId }) => subjectOf(kinds, content, sendId),
  };
}

/** A recipient whom a fan-out did not reach in chat. @throws AppError of the storage: they are tried again. */
export type KeepUnreached = (
  fanOut: Pick<FanOut, 'id' | 'content'>,
  recipient: Recipient & { readonly personId: PersonId },
  reason: string,
) => Promise<void>;

interface Deps {
  readonly people: Pick<PeopleService, 'noteRefusal'>;
  readonly outbox: Pick<Outbox, 'keepFor'>;
  readonly kinds: Pick<FanOutKinds, 'about'>;
  readonly clock: Clock;
  /** Has the app installed for somebody whom the bot has not met; absent where that can't be. */
  readonly askInstall?: AskInstall | undefined;
}

/** Keeps what goes to many for those whom it did not reach, until they turn up. */
export function keepUnreached({ people, outbox, kinds, clock, askInstall }: Deps): KeepUnreached {
  return async ({ id, content }, recipient, reason) => {
    const { personId } = recipient;
    if ('chat' in recipient) await people.noteRefusal(personId);
    else await askInstall?.(personId);
    const notice: FanOutNotice = { about: 'fanOut', sendId: id, content };
    const message = noticeTo(personId, notice, { dueAt: clock.now().toString(), act: id });
    await outbox.keepFor(message, { personId, reason, subject: subjectOf(kinds, content, id) });
  };
}
