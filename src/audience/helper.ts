import { z } from 'zod';
import { addressSchema, writtenLine } from '../content/input.js';
import { get, json, overwrite, type Route } from '../http/route.js';
import { requirePermission } from '../people/permissions.js';
import type { Helper } from '../people/person.js';
import type { PeopleService } from '../people/service.js';
import { shownAddress } from '../platform/mail-address.js';
import { mergedWith } from '../platform/seen.js';
import { pageSchema } from '../platform/pages.js';
import { emptyAsNone, parse } from '../platform/validation.js';
import type { HelperAnswer, HelperAuditAnswer } from '../shared/answers/contacts.js';

/** Digits as people part them, after a country's code or without one. */
const phonePattern = /^\+?[\d ()-]{4,30}$/;

/** Whom people outside ask, as a form has it: an empty telephone number or address is none. Faults: `notAPhone`, and those of an address. */
export const helperSchema: z.ZodType<Helper> = z
  .strictObject({
    name: writtenLine({ max: 120, min: 1 }),
    phone: z.preprocess(
      emptyAsNone,
      writtenLine({ max: 30 })
        .pipe(z.string().regex(phonePattern, { error: 'notAPhone' }))
        .nullish(),
    ),
    address: z.preprocess(emptyAsNone, addressSchema.nullish()),
  })
  .transform(({ name, phone, address }) => ({ name, ...(phone && { phone }), ...(address && { address }) }));

/** As forms show it, and send it back. */
export const shownHelper = (helper: Helper): Helper => ({
  ...helper,
  ...(helper.address !== undefined && { address: shownAddress(helper.address) }),
});

const inputSchema = z.strictObject({ helper: helperSchema.nullable() });

/** Whom people outside ask, unless a series says otherwise: in mails and on public pages. */
export function helperRoutes(people: Pick<PeopleService, 'helper' | 'setHelper' | 'audit'>): Route[] {
  const answer = async (): Promise<HelperAnswer> => {
    const { own, usual } = await people.helper();
    return { helper: own ? shownHelper(own) : null, usual: usual ? shownHelper(usual) : null };
  };
  return [
    get('/api/helper', 'contact:edit', async () => json(await answer())),
    get('/api/helper/audit', 'contact:edit', async ({ query }) =>
      json((await people.audit('helper', parse(pageSchema, query).after)) satisfies HelperAuditAnswer),
    ),
    overwrite('put', '/api/helper', 'contact:edit', async ({ person, body, seen }) => {
      requirePermission(person, 'contact:edit');
      const { helper } = parse(inputSchema, body);
      const mine = { helper: helper && shownHelper(helper) };
      await people.setHelper(person, (own) => {
        const current = { helper: own ? shownHelper(own) : null };
        return parse(inputSchema, mergedWith(seen, mine, current)).helper ?? undefined;
      });
      return json(await answer());
    }),
  ];
}
