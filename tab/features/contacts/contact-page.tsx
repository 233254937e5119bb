import { Button, Field, Input, Select } from '@fluentui/react-components';
import { Delete20Regular, LinkDismiss20Regular, MailUnread20Regular } from '@fluentui/react-icons';
import { useRef, useState } from 'react';
import type {
  ContactMailsAnswer,
  ContactRepliesAnswer,
  ContactView,
} from '../../../src/shared/answers/contacts.js';
import { languages } from '../../../src/shared/languages.js';
import { ApiError } from '../../api.js';
import { useShell, useText } from '../../shared/context.js';
import type { ContactEvent } from '../../../src/audience/contact.js';
import { AuditTrail } from '../../shared/audit-trail.js';
import { keepFocus, useFocusOnFault } from '../../shared/focus.js';
import { faultAt } from '../../shared/problem.js';
import { href } from '../../shared/route.js';
import { StateChip } from '../../shared/state-chip.js';
import { Await, Bones } from '../../shared/states.js';
import { useLoad } from '../../shared/use-load.js';
import { go, useRoute } from '../../shared/use-route.js';
import { isConflict, seenSince } from '../../shared/use-seen.js';
import { addContact, contactApi } from './api.js';
import {
  bodyOf,
  consentChip,
  draftOf,
  isInvited,
  isSameDraft,
  seenOf,
  type ContactDraft,
  type KeptDraft,
  type SeriesOption,
} from './draft.js';
import { ConsentFields, SeriesFields } from './fields.js';
import css from './contacts.module.css';

export interface Forming {
  readonly id: string;
  readonly contact: ContactView | undefined;
  readonly series: readonly SeriesOption[];
  readonly drafts: Map<string, KeptDraft>;
  readonly onChanged: () => void;
  readonly onSaved?: (contact: ContactView) => void;
}

/** Faults that are said at a field; the others are said by the shell. */
export const isAtField = (error: unknown): error is ApiError =>
  error instanceof ApiError && (error.fields.length > 0 || error.code === 'contact.standsAlready');

/** A contact as it is being written, and its way to the server. */
export function useContactForm({ id, contact, series, drafts, onChanged, onSaved }: Forming) {
  const { api, ask, notify, fail } = useShell();
  const { t, dates } = useText();
  const { query } = useRoute();
  const [kept, setKept] = useState<KeptDraft>(
    () =>
      drafts.get(id) ?? {
        draft: draftOf(contact, series, query['series']),
        seen: contact === undefined ? {} : seenOf(contact),
      },
  );
  const { draft, seen } = kept;
  const [fault, setFault] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useFocusOnFault(form, fault);
  const isChanged = !isSameDraft(draft, draftOf(contact, series, query['series']));

  const keep = (next: KeptDraft): void => {
    setKept(next);
    drafts.set(id, next);
  };
  const change = (part: Partial<ContactDraft>): void => keep({ seen, draft: { ...draft, ...part } });
  const save = async (): Promise<void> => {
    setBusy(true);
    try {
      const body = bodyOf(contact, draft);
      const made = await (contact === undefined
        ? addContact(api, body)
        : contactApi(api, id).put(body, seen));
      drafts.delete(id);
      const { name, consent } = made.contact;
      const isStopped = !consent.given && consent.why === 'unsubscribed' && body.consent?.given === true;
      if (isStopped) notify(t('contacts.saved.stopped', { name, date: dates.day(consent.at) }));
      else {
        const said = isInvited(contact, made.contact, series) ? 'contacts.saved.invited' : 'contacts.saved';
        notify(t(said, { name }));
      }
      onChanged();
      if (made.contact.id === id) onSaved?.(made.contact);
      else go(href(['contacts', made.contact.id], query), 'replace');
      keepFocus();
    } catch (error) {
      if (isConflict(error)) keep({ draft, seen: seenSince(seen, error) });
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
      isDanger: true,
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
  const renewLink = async (): Promise<void> => {
    const answer = await ask({
      title: t('contacts.renewLink.title'),
      text: t('contacts.renewLink.text'),
      verb: t('contacts.renewLink.verb'),
    });
    if (answer === undefined) return;
    try {
      await contactApi(api, id).renewStopKey();
      notify(t('contacts.renewLink.done'));
    } catch (error) {
      fail(error);
    }
  };
  const askConsent = async (): Promise<void> => {
    if (contact === undefined) return;
    const answer = await ask({
      title: t('contacts.ask.title', { name: contact.name }),
      text: t('contacts.ask.text'),
      verb: t('contacts.ask.verb'),
    });
    if (answer === undefined) return;
    try {
      const asked = await contactApi(api, id).ask();
      notify(t('contacts.ask.done', { name: contact.name }));
      onChanged();
      onSaved?.(asked);
    } catch (error) {
      fail(error);
    }
  };
  return { draft, change, fault, isBusy, isChanged, form, save, remove, renewLink, askConsent };
}

interface Opened {
  /** `new` for somebody who is not there yet. */
  readonly id: string;
  readonly series: readonly SeriesOption[];
  readonly drafts: Map<string, KeptDraft>;
  readonly onChanged: () => void;
}

/** One contact, to be added or put right. */
export function ContactPage(props: Opened) {
  return props.id === 'new' ? <ContactForm {...props} contact={undefined} /> : <Standing {...props} />;
}

function Standing(props: Opened) {
  const { id } = props;
  const { api } = useShell();
  const { path, get } = contactApi(api, id);
  const loaded = useLoad(path, get);
  // A form that was sent begins anew with what stands now.
  const [round, setRound] = useState(0);
  const onSaved = (contact: ContactView): void => {
    loaded.set(contact);
    setRound(round + 1);
  };
  return (
    <Await loaded={loaded} bones={<Bones rows={5} height={56} />}>
      {(contact) => <ContactForm key={round} {...props} contact={contact} onSaved={onSaved} />}
    </Await>
  );
}

/** The form of one contact. Nothing is sent before it is saved; what was begun waits on this page. */
export function ContactForm(props: Forming) {
  const { contact, series } = props;
  const { t, dates } = useText();
  const { draft, change, fault, isBusy, isChanged, form, save, remove, renewLink, askConsent } =
    useContactForm(props);
  return (
    <form
      ref={form}
      className={css.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBusy) void save();
      }}
    >
      <div className={css.formHead}>
        <h1 tabIndex={-1}>{contact?.name ?? t('contacts.new')}</h1>
        {contact !== undefined && <StateChip kind="consent" state={consentChip(contact)} />}
      </div>
      <PersonFields draft={draft} fault={fault} onChange={change} />
      <SeriesFields
        series={series}
        chosen={draft.series}
        fault={fault}
        onChange={(chosen) => change({ series: chosen })}
      />
      <ConsentFields
        consent={contact?.consent}
        draft={draft.consent}
        fault={fault}
        onChange={(consent) => change({ consent })}
      />
      {contact !== undefined && consentChip(contact) === 'notAsked' && (
        <div>
          <Button icon={<MailUnread20Regular />} onClick={() => void askConsent()}>
            {t('contacts.ask')}
          </Button>
        </div>
      )}
      {contact?.unreachedAt !== undefined && (
        <p className={css.unreached}>
          {t('contacts.unreached.since', { date: dates.day(contact.unreachedAt) })}
        </p>
      )}
      <div className={css.formEnd}>
        <Button type="submit" appearance="primary" disabledFocusable={isBusy}>
          {t(contact === undefined ? 'contacts.add' : 'contacts.save')}
        </Button>
        <span className={css.quiet} role="status">
          {isChanged && contact !== undefined ? t('contacts.unsaved') : ''}
        </span>
        {contact !== undefined && (
          <Button
            className={css.remove ?? ''}
            appearance="subtle"
            icon={<LinkDismiss20Regular />}
            onClick={() => void renewLink()}
          >
            {t('contacts.renewLink')}
          </Button>
        )}
        {contact !== undefined && (
          <Button
            className={css.remove ?? ''}
            appearance="subtle"
            icon={<Delete20Regular />}
            onClick={() => void remove()}
          >
            {t('contacts.remove')}
          </Button>
        )}
      </div>
      {contact !== undefined && <ContactReplies contact={contact} series={series} />}
      {contact !== undefined && <ContactMails contact={contact} />}
      {contact !== undefined && <ContactTrail contact={contact} />}
    </form>
  );
}

/** What the contact answered to invitations. */
function ContactReplies({
  contact,
  series,
}: {
  readonly contact: ContactView;
  readonly series: readonly SeriesOption[];
}) {
  const { t, language, dates } = useText();
  return (
    <AuditTrail<ContactRepliesAnswer['lines'][number]['event']>
      title={t('contacts.replies.title')}
      path={`/api/contacts/${contact.id}/replies`}
      version={JSON.stringify(contact)}
      nobody={contact.name}
      describe={({ answer, way, subscription, start }) => {
        const name =
          series.find(({ id }) => id === subscription)?.names[language] ?? t('contacts.replies.gone');
        const what =
          start === undefined ? t('contacts.replies.all', { name }) : `${name}, ${dates.moment(start)}`;
        return t(`contacts.replies.${answer}`, { what, way: t(`contacts.replies.way.${way}`) });
      }}
    />
  );
}

/** What was mailed to the contact, and what came of it. */
function ContactMails({ contact }: { readonly contact: ContactView }) {
  const { t } = useText();
  return (
    <AuditTrail<ContactMailsAnswer['lines'][number]['event']>
      title={t('contacts.mails.title')}
      path={`/api/contacts/${contact.id}/mails`}
      version={JSON.stringify(contact)}
      describe={({ result, subject }) => t(`contacts.mails.${result}`, { subject })}
    />
  );
}

/** Who did what to the contact and when; without a name they did it themselves, by the link in their mails. */
function ContactTrail({ contact }: { readonly contact: ContactView }) {
  const { t } = useText();
  return (
    <AuditTrail<ContactEvent>
      title={t('contacts.audit.title')}
      path={`/api/contacts/${contact.id}/audit`}
      version={JSON.stringify(contact)}
      nobody={contact.name}
      describe={(event) =>
        'fields' in event
          ? t(`contacts.audit.${event.action}`, {
              fields: event.fields.map((field) => t(`contacts.audit.field.${field}`)).join(', '),
            })
          : t(`contacts.audit.${event.action}`)
      }
    />
  );
}

/** Who it is, where they get mail, and in which language. */
function PersonFields(props: {
  readonly draft: ContactDraft;
  readonly fault: unknown;
  readonly onChange: (part: Partial<ContactDraft>) => void;
}) {
  const { draft, fault, onChange } = props;
  const { texts } = useShell();
  const { t } = useText();
  return (
    <>
      <Field label={t('contacts.field.name')} required {...faultAt(texts, fault, 'name')}>
        <Input value={draft.name} autoComplete="off" onChange={(_, { value }) => onChange({ name: value })} />
      </Field>
      <Field label={t('contacts.field.organisation')} {...faultAt(texts, fault, 'organisation')}>
        <Input
          value={draft.organisation}
          autoComplete="off"
          onChange={(_, { value }) => onChange({ organisation: value })}
        />
      </Field>
      <Field
        label={t('contacts.field.address')}
        required
        {...faultAt(texts, fault, 'address', ['contact.standsAlready'])}
      >
        <Input
          // Not of the type email: that keeps browsers from changing what was pasted.
          inputMode="email"
          value={draft.address}
          autoComplete="off"
          onChange={(_, { value }) => onChange({ address: value })}
        />
      </Field>
      <Field
        label={t('contacts.field.language')}
        hint={t('contacts.field.language.hint')}
        {...faultAt(texts, fault, 'language', [], (one) => t(`language.own.${one}` as 'language.own.fi'))}
      >
        <Select
          value={draft.language}
          onChange={(_, { value }) => {
            const language = languages.find((one) => one === value);
            if (language !== undefined) onChange({ language });
          }}
        >
          {languages.map((language) => (
            <option key={language} value={language} lang={language}>
              {t(`language.own.${language}`)}
            </option>
          ))}
        </Select>
      </Field>
    </>
  );
}
