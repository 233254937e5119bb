import { useEffect, useRef, useState, type RefObject } from 'react';
import type { ContactView } from '../../../src/shared/answers/contacts.js';
import { ApiError } from '../../api.js';
import { useShell, useText } from '../../shared/context.js';
import { keepFocus } from '../../shared/focus.js';
import { href } from '../../shared/route.js';
import { go, useRoute } from '../../shared/use-route.js';
import { bodyOf, draftOf, isInvited, isSameDraft, type ContactDraft, type SeriesOption } from './draft.js';
import { addContact, contactApi } from './api.js';

export interface Forming {
  readonly id: string;
  readonly contact: ContactView | undefined;
  readonly series: readonly SeriesOption[];
  readonly drafts: Map<string, ContactDraft>;
  readonly onChanged: () => void;
  readonly onSaved?: (contact: ContactView) => void;
}

/** Faults that are said at a field; the others are said by the shell. */
export const isAtField = (error: unknown): error is ApiError =>
  error instanceof ApiError && (error.fields.length > 0 || error.code === 'contact.standsAlready');

/** Takes the focus to the first field with a fault. */
export function useFocusOnFault(form: RefObject<HTMLFormElement | null>, fault: unknown): void {
  useEffect(() => {
    if (fault !== undefined) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [form, fault]);
}

/** A contact as it is being written, and its way to the server. */
export function useContactForm({ id, contact, series, drafts, onChanged, onSaved }: Forming) {
  const { api, ask, notify, fail } = useShell();
  const { t } = useText();
  const { query } = useRoute();
  const [draft, setDraft] = useState(() => drafts.get(id) ?? draftOf(contact, series));
  const [fault, setFault] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useFocusOnFault(form, fault);
  const isChanged = !isSameDraft(draft, draftOf(contact, series));

  const change = (part: Partial<ContactDraft>): void => {
    const next = { ...draft, ...part };
    setDraft(next);
    drafts.set(id, next);
  };
  const save = async (): Promise<void> => {
    setBusy(true);
    try {
      const body = bodyOf(contact, draft);
      const made = await (contact === undefined ? addContact(api, body) : contactApi(api, id).put(body));
      drafts.delete(id);
      const said = isInvited(contact, made.contact, series) ? 'contacts.saved.invited' : 'contacts.saved';
      notify(t(said, { name: made.contact.name }));
      onChanged();
      if (made.contact.id === id) onSaved?.(made.contact);
      else go(href(['contacts', made.contact.id], query), 'replace');
      keepFocus();
    } catch (error) {
      if (isAtField(error)) setFault(error);
      else fail(error);
    } finally {
      setBusy(false);
    }
  };
  const remove = async (): Promise<void> => {
    if (contact === undefined) return;
    const { name } = contact;
    const answer = await ask({
      title: t('contacts.remove.title', { name }),
      text: t('contacts.remove.text'),
      verb: t('contacts.remove.verb'),
    });
    if (answer === undefined) return;
    try {
      await contactApi(api, id).remove();
      drafts.delete(id);
      notify(t('contacts.removed', { name }));
      onChanged();
      go(href(['contacts'], query), 'replace');
      keepFocus();
    } catch (error) {
      fail(error);
    }
  };
  return { draft, change, fault, isBusy, isChanged, form, save, remove };
}
