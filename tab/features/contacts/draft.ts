import type { LineFault } from '../../../src/audience/contact.js';
import type { Fields } from '../../../src/shared/merge.js';
import type { Series } from '../../../src/sessions/series/series.js';
import type { ContactView } from '../../../src/shared/answers/contacts.js';
import type { Language } from '../../../src/shared/languages.js';
import type { ConsentStateName } from '../../shared/state-chip.js';

/** A contact as it is being written. */
export interface ContactDraft {
  readonly name: string;
  readonly organisation: string;
  readonly address: string;
  readonly language: Language;
  readonly series: readonly string[];
  readonly consent: ConsentDraft;
}

/** A draft that was begun, and what its writer saw of the contact then. */
export interface KeptDraft {
  readonly draft: ContactDraft;
  readonly seen: Fields;
}

/** Whether the consent stays as it is, or is the other way round from now on; `how` where it is given. */
export interface ConsentDraft {
  readonly isOther: boolean;
  readonly how: string;
}

export type SeriesOption = Pick<Series, 'id' | 'names' | 'state' | 'isOpenToContacts'>;

const isInviting = ({ state, isOpenToContacts }: SeriesOption): boolean =>
  state.status === 'active' && isOpenToContacts;

/** Of a draft people are chosen before it is published, which invites them. */
const isChoosable = ({ state, isOpenToContacts }: SeriesOption): boolean =>
  state.status !== 'ended' && isOpenToContacts;

/** What a series is to somebody who chooses it: they are invited now, or when it is published, or not any more. */
export function openness(series: SeriesOption): 'open' | 'draft' | 'closed' {
  if (isInviting(series)) return 'open';
  return isChoosable(series) ? 'draft' : 'closed';
}

/** The series to which somebody can be invited, and those to which they are already. */
export function seriesToOffer(
  all: readonly SeriesOption[],
  chosen: readonly string[],
): readonly SeriesOption[] {
  return all.filter((series) => isChoosable(series) || chosen.includes(series.id));
}

/**
 * The draft of somebody who stands, or of somebody new: invited to the series from which one came alone; else where there is
 * only one to choose.
 */
export function draftOf(
  contact: ContactView | undefined,
  all: readonly SeriesOption[],
  cameFrom?: string,
): ContactDraft {
  const consent = { isOther: false, how: '' };
  if (contact !== undefined) {
    const { name, organisation = '', address, language, series } = contact;
    return { name, organisation, address, language, series, consent };
  }
  const inviting = all.filter(isInviting);
  const own = all.filter((each) => each.id === cameFrom && isChoosable(each));
  const usual = inviting.length === 1 && cameFrom === undefined ? inviting : [];
  const series = [...own, ...usual].map(({ id }) => id);
  return { name: '', organisation: '', address: '', language: 'fi', series, consent };
}

/** What a form of somebody who stands is filled with, as the body of a change has it. */
export function seenOf(contact: ContactView): Fields {
  const { name, organisation, address, language, series, consent } = contact;
  return { name, organisation: organisation ?? null, address, language, series, consent };
}

export function isSameDraft(one: ContactDraft, other: ContactDraft): boolean {
  const sorted = (draft: ContactDraft) => JSON.stringify({ ...draft, series: [...draft.series].sort() });
  return sorted(one) === sorted(other);
}

/** What is sent of the consent; absent where it stays as it was. */
function consentOf(isGiven: boolean, { isOther, how }: ConsentDraft) {
  if (!isOther) return undefined;
  return isGiven ? { given: false } : { given: true, how };
}

/** The body of the request that adds or changes a contact. */
export function bodyOf(contact: ContactView | undefined, draft: ContactDraft) {
  const consent = consentOf(contact?.consent.given === true, draft.consent);
  return { ...draft, series: [...draft.series], consent };
}

/** Whether an invitation leaves because of the change: to a series that is new for them, or because they agreed now. */
export function isInvited(
  before: ContactView | undefined,
  after: ContactView,
  all: readonly SeriesOption[],
): boolean {
  if (!after.consent.given) return false;
  const had = before?.consent.given === true && before.address === after.address ? before.series : [];
  return all.some((series) => {
    const isNew = after.series.includes(series.id) && !had.includes(series.id);
    return isNew && isInviting(series);
  });
}

const named = [
  'required',
  'tooLong',
  'notAnAddress',
  'localPartNotAscii',
  'unclear',
  'unknownChoice',
  'personalId',
  'standsAlready',
] as const;

/** The words for what is wrong with a column of a line; those of a form name limits that a line does not carry. */
export function faultName(code: LineFault['code']): (typeof named)[number] | 'other' {
  return named.find((one) => one === code) ?? 'other';
}

/** The consent as a chip shows it; `asked`: a mail has asked, and they have not answered. */
export function consentChip({ consent }: Pick<ContactView, 'consent'>): ConsentStateName {
  if (consent.given) return 'given';
  return consent.why === 'notAsked' && consent.asked !== undefined ? 'asked' : consent.why;
}
