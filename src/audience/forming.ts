import { randomBytes } from 'node:crypto';
import type { PersonRef } from '../platform/actor.js';
import { freshId, type ContactId } from '../platform/ids.js';
import type { Contact, Suppression } from './contact.js';
import type { ContactInput } from './input.js';
import { invitedTo } from './leaving.js';

/** 160 bits that nobody guesses, safe in an address. */
export const newStopKey = (): string => randomBytes(20).toString('hex');

/** How many of a long list are read or stored at a time. */
const usuallyAtOnce = 8;

/** Runs a task for each, a few at a time. */
export async function eachOf<Item>(
  all: readonly Item[],
  task: (item: Item) => Promise<void>,
  atOnce = usuallyAtOnce,
): Promise<void> {
  for (let from = 0; from < all.length; from += atOnce)
    await Promise.all(all.slice(from, from + atOnce).map(task));
}

/** When something is done to a contact, and by whom. */
export interface Now {
  readonly at: string;
  readonly by: PersonRef;
}

/** The consent after a form or a list says what it is to be. */
export function consentAsked(
  before: Contact['consent'] | undefined,
  input: ContactInput['consent'],
  { at, by }: Now,
): Contact['consent'] {
  if (input === undefined) return before ?? { given: false, at, why: 'notAsked' };
  // Who stopped the mails brings them back alone, by their own link.
  if (before?.given === false && before.why === 'unsubscribed') return before;
  if (!input.given) {
    if (before === undefined) return { given: false, at, why: 'notAsked' };
    return before.given ? { given: false, at, why: 'withdrawn' } : before;
  }
  const how = input.how ?? '';
  const on = input.on ?? undefined;
  // Saying the same again does not make it newer.
  if (before?.given === true && before.how === how && before.on === on) return before;
  return { given: true, at, how, by, ...(on !== undefined && { on }) };
}

function consentAfter(
  before: Contact['consent'] | undefined,
  input: ContactInput['consent'],
  now: Now,
  suppression: Suppression | undefined,
): Contact['consent'] {
  const consent = consentAsked(before, input, now);
  return consent.given && suppression !== undefined
    ? { given: false, at: suppression.at, why: 'unsubscribed', was: consent }
    : consent;
}

/** When they begin to get something by a subscription: an ISO instant, for all or for each. */
type Since = string | ((subscription: string) => string);

/** What they get from now on by each subscription, and since when. */
export function sinceOf(before: Contact | undefined, after: Contact, from: Since): Contact['since'] {
  const isNew = newSubscriptions(before, after);
  const known = before?.since ?? {};
  const all = after.subscriptions.flatMap((id): [string, string][] => {
    const begins = typeof from === 'string' ? from : from(id);
    const since = isNew.includes(id) ? begins : known[id];
    return since === undefined ? [] : [[id, since]];
  });
  return all.length === 0 ? undefined : Object.fromEntries(all);
}

/** The subscriptions to which a contact is invited and was not before, at this address. */
export function newSubscriptions(before: Contact | undefined, after: Contact): readonly string[] {
  const had = before !== undefined && before.address === after.address ? invitedTo(before) : [];
  return invitedTo(after).filter((id) => !had.includes(id));
}

export interface FormFacts extends Now {
  /** Of somebody new, where it follows from what adds them. */
  readonly id?: ContactId;
  readonly addressKey: string;
  /** That of the address. */
  readonly suppression: Suppression | undefined;
  readonly stopKey: string;
  /** From when they get what they are new in; `at` unless given. */
  readonly since?: Since;
}

/** A contact as a form or a list makes or changes it. */
export function contactOf(
  before: Contact | undefined,
  { name, organisation, address, language, subscriptions, consent }: ContactInput,
  { id = freshId() as ContactId, at, by, addressKey, suppression, stopKey, since: from = at }: FormFacts,
): Contact {
  const after: Contact = {
    id: before?.id ?? id,
    name,
    ...(organisation && { organisation }),
    address,
    addressKey,
    language,
    subscriptions,
    ...(before?.wants !== undefined && { wants: before.wants }),
    consent: consentAfter(before?.consent, consent, { at, by }, suppression),
    stopKey,
    ...(before?.unreachedAt !== undefined &&
      before.address === address && { unreachedAt: before.unreachedAt }),
    isListed: true,
    createdAt: before?.createdAt ?? at,
  };
  const since = sinceOf(before, after, from);
  return { ...after, ...(since && { since }) };
}

/** Whether they stopped their mails by their own link. */
export const isUnsubscribed = (contact: Contact): boolean =>
  !contact.consent.given && contact.consent.why === 'unsubscribed';

/** The suppression of an address whose contact has stopped the mails. */
export const suppressionOf = ({ consent: { at }, stopKey, language }: Contact): Suppression => ({
  at,
  stopKey,
  language,
});
