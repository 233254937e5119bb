import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { noticeTo, type NoticeKind } from '../../delivery/notices.js';
import type { NewMessage } from '../../delivery/outbox/message.js';
import type { Substitution } from '../../people/substitution.js';
import type { SubstitutionChange, SubstitutionService } from '../../people/substitutions.js';
import { homeZone } from '../../platform/clock.js';
import type { PersonId } from '../../platform/ids.js';

const which = { absentId: z.string() as unknown as z.ZodType<PersonId>, id: z.string() } as const;

const payloads = [
  /** Somebody else has set it: to the substitute, and to the absent person. `at`: when; set again after an end it is another. */
  z.object({ about: z.literal('substituteSet'), ...which, at: z.string() }),
  /** Somebody else has ended it: to the substitute, and to the absent person. `at`: when. */
  z.object({ about: z.literal('substituteEnded'), ...which, at: z.string() }),
  /** It is over: to the absent person, with what was done in their name. `at`: of an end before its last day. */
  z.object({ about: z.literal('substituteOver'), ...which, at: z.string().exactOptional() }),
] as const;

export type SubstituteNotice = Readonly<z.infer<(typeof payloads)[number]>>;

/** When somebody who is back hears what was done meanwhile. */
const morning = Temporal.PlainTime.from('08:00');

/** The morning in Helsinki after the last day, an ISO instant. */
export function overAt({ to }: Pick<Substitution, 'to'>): string {
  const next = Temporal.PlainDate.from(to).add({ days: 1 });
  return next.toZonedDateTime({ timeZone: homeZone, plainTime: morning }).toInstant().toString();
}

/** Who is notified of a change, and when: each but the one who made it; and the absent person once it is over. */
export function substituteMessages({ what, substitution, by, at, dueAt }: SubstitutionChange): NewMessage[] {
  const { id, absent, substitute } = substitution;
  const ids = { absentId: absent.id, id };
  const others = [absent.id, substitute.id].filter((each) => each !== by.id);
  const soon = { dueAt, act: `${what} ${at}` };
  if (what === 'ended') {
    const notice = { about: 'substituteEnded', ...ids, at } as const;
    const over = { about: 'substituteOver', ...ids, at } as const;
    return [...others.map((each) => noticeTo(each, notice, soon)), noticeTo(absent.id, over, soon)];
  }
  const notice = { about: 'substituteSet', ...ids, at } as const;
  const over = { about: 'substituteOver', ...ids } as const;
  const later = { dueAt: overAt(substitution), act: 'over' };
  return [
    ...others.map((each) => noticeTo(each, notice, soon)),
    // The second time it is the same message: it is there already.
    ...(what === 'set' ? [noticeTo(absent.id, over, later)] : []),
  ];
}

/** The notices of who acts for whom; each only while it is as it says. */
export function substituteNotices(substitutions: () => Pick<SubstitutionService, 'find' | 'doneInName'>) {
  async function stillTrue(notice: SubstituteNotice): Promise<boolean> {
    const found = await substitutions().find(notice.absentId, notice.id);
    if (found === undefined) return false;
    if (notice.about === 'substituteSet') return found.ended === undefined;
    if (notice.about === 'substituteEnded') return found.ended?.at === notice.at;
    if (found.ended?.at !== notice.at) return false;
    // What was called off before anything was done is nothing to come back to.
    return notice.at === undefined || (await substitutions().doneInName(found)).length > 0;
  }
  return payloads.map((payload): NoticeKind<SubstituteNotice> => ({
    kind: payload.shape.about.value,
    payload,
    stillTrue,
    subject: ({ absentId }) => `person:${absentId}`,
  }));
}
