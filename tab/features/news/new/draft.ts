import { proposedText } from '../../../../src/news/proposal.js';
import { languages, type Language } from '../../../../src/shared/languages.js';
import { ownKey, remembered } from '../../../shared/device-storage.js';

/** News while it is being written, before it is an item. */
export interface NewDraft {
  /** The same form sent again is the same item. */
  readonly formId: string;
  readonly projectId: string;
  readonly language: Language;
  /** Empty where the text proposes it; so is the lead. */
  readonly title: string;
  readonly lead: string;
  readonly body: string;
  readonly source: string;
}

/** Under which it is kept on this device. */
export const draftKey = (personId: string): string => ownKey('newNews', personId);
const fields = ['formId', 'projectId', 'title', 'lead', 'body', 'source'] as const;

/** An empty form. */
export function emptyDraft(projectId: string, language: Language): NewDraft {
  return { formId: crypto.randomUUID(), projectId, language, title: '', lead: '', body: '', source: '' };
}

/** What was written on this device and not saved; undefined where there is nothing of that kind. */
export function keptDraft(personId: string): NewDraft | undefined {
  try {
    const value = JSON.parse(remembered(draftKey(personId)) ?? 'null') as Record<string, unknown> | null;
    if (value === null || !fields.every((field) => typeof value[field] === 'string')) return undefined;
    if (!languages.some((language) => language === value.language)) return undefined;
    return value as unknown as NewDraft;
  } catch {
    return undefined;
  }
}

const own = (typed: string, proposed: string): string => (typed.trim() === '' ? proposed : typed.trim());

/** The body of POST /api/news: title and lead as they are typed, else as the text proposes them, as the chat's form does. */
export function bodyOf({ formId, projectId, language, title, lead, body, source }: NewDraft): object {
  const proposed = proposedText(body);
  return {
    formId,
    projectId,
    language,
    words: { title: own(title, proposed.title), lead: own(lead, proposed.lead), body },
    audiences: [],
    wishedChannels: [],
    ...(source.trim() !== '' && { source: source.trim() }),
  };
}
