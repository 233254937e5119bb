import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { AppError } from '../../src/platform/errors.js';

const maxBodyBytes = 256 * 1024;
const shortText = z.string().max(1000);

/** What of an activity everything here relies on; the rest passes as it came. */
const activitySchema = z.looseObject({
  type: z.string().min(1).max(100),
  id: shortText.nullish(),
  name: shortText.nullish(),
  text: z.string().nullish(),
  locale: shortText.nullish(),
  replyToId: shortText.nullish(),
  channelId: z.string().min(1).max(100),
  serviceUrl: z.url({ protocol: /^https?$/ }),
  from: z.looseObject({
    id: z.string().min(1).max(1000),
    name: shortText.nullish(),
    aadObjectId: shortText.nullish(),
    role: shortText.nullish(),
  }),
  // It answers under this name.
  recipient: z.looseObject({
    id: z.string().min(1).max(1000),
    name: shortText.nullish(),
    aadObjectId: shortText.nullish(),
    role: shortText.nullish(),
    // Said among others to the bot alone: by a slash command.
    isTargeted: z.boolean().nullish().catch(undefined),
  }),
  conversation: z.looseObject({
    // The SDK puts it into a header.
    id: z.string().regex(/^[\x20-\x7e]{1,1000}$/),
    conversationType: shortText.nullish(),
    tenantId: shortText.nullish(),
    name: shortText.nullish(),
    aadObjectId: shortText.nullish(),
    role: shortText.nullish(),
    isGroup: z.boolean().nullish(),
  }),
  channelData: z
    .looseObject({
      tenant: z.looseObject({ id: shortText.nullish() }).nullish(),
      team: z.looseObject({ name: shortText.nullish() }).nullish(),
      channel: z.looseObject({ name: shortText.nullish() }).nullish(),
    })
    .nullish(),
  membersAdded: z.array(z.looseObject({ id: shortText })).nullish(),
  // A picture has no content, but an address.
  attachments: z
    .array(z.looseObject({ contentType: shortText.nullish(), content: z.unknown().optional() }))
    .nullish(),
  entities: z.array(z.looseObject({ type: shortText.nullish() })).nullish(),
});

/** An activity whose envelope has been checked. */
export type CheckedActivity = z.infer<typeof activitySchema>;

/** The body of a request, from whoever read it already or from the request itself. */
async function bodyOf(request: IncomingMessage & { readonly body?: unknown }): Promise<unknown> {
  if (request.body !== undefined && request.body !== null) return request.body;
  if (request.readableEnded) return undefined;
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBodyBytes) throw new AppError('input.tooLarge');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/**
 * The activity that a request carries.
 * @throws AppError `input.malformed` when it is no JSON, or says not who speaks where; `input.tooLarge`.
 */
export async function readActivity(
  request: IncomingMessage & { readonly body?: unknown },
): Promise<CheckedActivity> {
  const body = await bodyOf(request);
  let value = body;
  if (typeof body === 'string' || Buffer.isBuffer(body)) {
    try {
      value = JSON.parse(body.toString()) as unknown;
    } catch {
      throw new AppError('input.malformed');
    }
  }
  const parsed = activitySchema.safeParse(value);
  if (!parsed.success) throw new AppError('input.malformed');
  return parsed.data;
}

/** The tenants that an activity names, in both places where it may, in lower case. */
export function tenantsOf({ conversation, channelData }: CheckedActivity): string[] {
  return [conversation.tenantId, channelData?.tenant?.id].flatMap((id) =>
    typeof id === 'string' && id !== '' ? [id.toLowerCase()] : [],
  );
}

/** The tenant from which an activity comes, where it says so. */
export function tenantOf(activity: CheckedActivity): string | undefined {
  return activity.conversation.tenantId ?? activity.channelData?.tenant?.id ?? undefined;
}
