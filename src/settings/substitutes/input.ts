import type { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { writtenLine } from '../../content/input.js';
import type { NewSubstitution } from '../../people/substitutions.js';
import type { Actor } from '../../platform/actor.js';
import { today, type Clock } from '../../platform/clock.js';
import { AppError, type FieldFault } from '../../platform/errors.js';
import type { PersonId } from '../../platform/ids.js';
import { isoDateSchema, parse } from '../../platform/validation.js';

const personId = z.string().regex(/^[\w-]{1,64}$/, { error: 'unknownChoice' });

const schema = z.strictObject({
  formId: z.string().regex(/^[\w-]{8,64}$/, { error: 'wrongType' }),
  /** Oneself where it is left out. */
  absent: personId.optional(),
  substitute: personId,
  from: isoDateSchema,
  to: isoDateSchema,
  note: writtenLine({ max: 300 }).optional(),
});

const ahead = { years: 2 } as const;

/** What is wrong with the days, each at its field. */
function faultsOf({ from, to }: z.infer<typeof schema>, present: Temporal.PlainDate): FieldFault[] {
  const end = present.add(ahead).toString();
  if (from < present.toString()) return [{ field: 'from', code: 'datePast' }];
  if (to < from) return [{ field: 'to', code: 'dateBefore', values: { earliest: from } }];
  return to > end ? [{ field: 'to', code: 'dateTooFar' }] : [];
}

/**
 * A substitution as a form has it, of the actor unless it names who is away.
 * @throws AppError `input.invalid` with faults by field: `from` `datePast`, `to` `dateBefore` and `dateTooFar`.
 */
export function parseSubstitution(actor: Actor, input: unknown, clock: Clock): NewSubstitution {
  const read = parse(schema, input);
  const faults = faultsOf(read, today(clock));
  if (faults.length > 0) throw new AppError('input.invalid', { fields: faults });
  const { absent, substitute, note, ...days } = read;
  return {
    ...days,
    absent: (absent ?? actor.id) as PersonId,
    substitute: substitute as PersonId,
    ...(note !== undefined && note !== '' && { note }),
  };
}
