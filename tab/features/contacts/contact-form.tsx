import { Button, Field, Input, Select } from '@fluentui/react-components';
import { Delete20Regular } from '@fluentui/react-icons';
import { languages } from '../../../src/shared/languages.js';
import { useShell, useText } from '../../shared/context.js';
import { faultAt } from '../../shared/fault-at.js';
import { StateChip } from '../../shared/state-chip.js';
import { ConsentFields } from './consent-fields.js';
import type { ContactDraft } from './draft.js';
import { SeriesFields } from './series-fields.js';
import { useContactForm, type Forming } from './use-contact-form.js';
import css from './contacts.module.css';

/** The form of one contact. Nothing is sent before it is saved; what was begun waits on this page. */
export function ContactForm(props: Forming) {
  const { contact, series } = props;
  const { t } = useText();
  const { draft, change, fault, isBusy, isChanged, form, save, remove } = useContactForm(props);
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
        {contact !== undefined && (
          <StateChip kind="consent" state={contact.consent.given ? 'given' : contact.consent.why} />
        )}
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
            icon={<Delete20Regular />}
            onClick={() => void remove()}
          >
            {t('contacts.remove')}
          </Button>
        )}
      </div>
    </form>
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
          type="email"
          value={draft.address}
          autoComplete="off"
          onChange={(_, { value }) => onChange({ address: value })}
        />
      </Field>
      <Field
        label={t('contacts.field.language')}
        hint={t('contacts.field.language.hint')}
        {...faultAt(texts, fault, 'language')}
      >
        <Select
          value={draft.language}
          onChange={(_, { value }) => {
            const language = languages.find((one) => one === value);
            if (language !== undefined) onChange({ language });
          }}
        >
          {languages.map((language) => (
            <option key={language} value={language}>
              {t(`language.own.${language}`)}
            </option>
          ))}
        </Select>
      </Field>
    </>
  );
}
