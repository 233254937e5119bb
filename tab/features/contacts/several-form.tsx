import { Button, Field, Select, Textarea } from '@fluentui/react-components';
import { useRef, useState } from 'react';
import type { StoppedLine } from '../../../src/audience/contact.js';
import { languages, type Language } from '../../../src/shared/languages.js';
import { useShell, useText } from '../../shared/context.js';
import { useFocusOnFault } from '../../shared/focus.js';
import { faultAt } from '../../shared/problem.js';
import { addContacts } from './api.js';
import { isAtField } from './contact-page.js';
import {
  commonOf,
  draftOf,
  countPeople,
  faultName,
  faultyLines,
  textOf,
  type ConsentDraft,
  type SeriesOption,
  type FaultyLine,
} from './draft.js';
import { ConsentFields, SeriesFields } from './fields.js';
import css from './contacts.module.css';

/** What was added, and what was not: that stays in the field to be put right. */
interface Added {
  readonly added: number;
  readonly left: readonly FaultyLine[];
  readonly stopped: readonly StoppedLine[];
}

function useSeveral(series: readonly SeriesOption[], onChanged: () => void) {
  const { api, fail } = useShell();
  const [text, setText] = useState('');
  const [language, setLanguage] = useState<Language>();
  const [chosen, setChosen] = useState(() => draftOf(undefined, series).series);
  const [consent, setConsent] = useState<ConsentDraft>({ isOther: false, how: '' });
  const [fault, setFault] = useState<unknown>();
  const [result, setResult] = useState<Added>();
  const [isBusy, setBusy] = useState(false);
  const send = async (): Promise<void> => {
    setBusy(true);
    try {
      const body = { text, ...commonOf(chosen, consent, language) };
      const { added, header, faults, stopped } = await addContacts(api, body);
      const left = faultyLines(faults);
      setResult({ added, left, stopped });
      setText(textOf(left, header));
      setFault(undefined);
      if (added > 0) onChanged();
    } catch (error) {
      if (isAtField(error)) setFault(error);
      else fail(error);
    } finally {
      setBusy(false);
    }
  };
  return {
    text,
    setText,
    language,
    setLanguage,
    chosen,
    setChosen,
    consent,
    setConsent,
    fault,
    result,
    isBusy,
    send,
  };
}

/** Several contacts at once, as a list that was pasted: the good ones are added, the others stay with what is wrong with them. */
export function SeveralForm(props: {
  readonly series: readonly SeriesOption[];
  readonly onChanged: () => void;
}) {
  const { series, onChanged } = props;
  const { texts } = useShell();
  const { t } = useText();
  const several = useSeveral(series, onChanged);
  const { text, fault, isBusy } = several;
  const form = useRef<HTMLFormElement>(null);
  useFocusOnFault(form, fault);
  return (
    <form
      ref={form}
      className={css.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBusy) void several.send();
      }}
    >
      <div className={css.formHead}>
        <h1 tabIndex={-1}>{t('contacts.several.title')}</h1>
      </div>
      <div role="status">{several.result !== undefined && <Result result={several.result} />}</div>
      <Field
        label={t('contacts.several.label')}
        hint={t('contacts.several.hint')}
        required
        {...faultAt(texts, fault, 'text')}
      >
        <Textarea
          className={css.lines ?? ''}
          rows={8}
          resize="vertical"
          value={text}
          placeholder={t('contacts.several.example')}
          onChange={(_, { value }) => several.setText(value)}
        />
      </Field>
      <Field
        label={t('contacts.several.language')}
        hint={t('contacts.several.language.hint')}
        {...faultAt(texts, fault, 'language')}
      >
        <Select
          value={several.language ?? ''}
          onChange={(_, { value }) => several.setLanguage(languages.find((one) => one === value))}
        >
          <option value="">{t('contacts.several.language.none')}</option>
          {languages.map((one) => (
            <option key={one} value={one} lang={one}>
              {t(`language.own.${one}`)}
            </option>
          ))}
        </Select>
      </Field>
      <SeriesFields series={series} chosen={several.chosen} fault={fault} onChange={several.setChosen} />
      <ConsentFields
        consent={undefined}
        draft={several.consent}
        fault={fault}
        isSeveral
        onChange={several.setConsent}
      />
      <div className={css.formEnd}>
        <Button type="submit" appearance="primary" disabledFocusable={isBusy}>
          {t('contacts.several.verb', { count: countPeople(text) })}
        </Button>
      </div>
    </form>
  );
}

function Result({ result: { added, left, stopped } }: { readonly result: Added }) {
  const { t, dates } = useText();
  return (
    <div className={css.result} data-trouble={left.length > 0}>
      <p>{t('contacts.several.added', { count: added })}</p>
      {stopped.length > 0 && (
        <>
          <p>{t('contacts.several.stopped', { count: stopped.length })}</p>
          <ol>
            {stopped.map(({ line, text, at }) => (
              <li key={`${String(line)} ${text}`}>
                <code>{text}</code>
                <span>{t('contacts.several.stopped.line', { date: dates.day(at) })}</span>
              </li>
            ))}
          </ol>
        </>
      )}
      {left.length > 0 && (
        <>
          <p>{t('contacts.several.left', { count: left.length })}</p>
          <ol>
            {left.map((line, index) => (
              <li key={index}>
                <code>{line.text}</code>
                {line.faults.map(({ field, code }) => (
                  <span key={`${field} ${code}`}>
                    {t(`contacts.field.${field}`)}: {t(`contacts.fault.${faultName(code)}`)}
                  </span>
                ))}
              </li>
            ))}
          </ol>
        </>
      )}
    </div>
  );
}
