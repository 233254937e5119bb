import { Button } from '@fluentui/react-components';
import { useEffect, useRef, useState } from 'react';
import type { ContactView } from '../../../src/shared/answers/contacts.js';
import { maxBulkContacts } from '../../../src/shared/contact-bulk.js';
import { useShell, useText } from '../../shared/context.js';
import { download } from '../../shared/download.js';
import { FormDialog, useDialogs } from '../../shared/form-dialog.js';
import { PlainSelect } from '../../shared/plain-select.js';
import { changeContacts, exportContacts, listContacts, undoChange, type ContactFilters } from './api.js';
import { chooseAll, type Chosen } from './choosing.js';
import { consentChip, seriesToOffer, type SeriesOption } from './draft.js';
import css from './contacts.module.css';

type Dialog = 'subscribe' | 'unsubscribe' | 'ask' | 'remove';

/** Milliseconds that what begins at a time is given to be done. */
const timeForIt = 3_000;
const longestWait = 60_000;

/** Fetches the list again once what was asked for has been done, while somebody still looks at it. */
function useRefreshAfter(refresh: () => void): (dueAt: string) => void {
  const latest = useRef(refresh);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    latest.current = refresh;
  });
  useEffect(() => () => clearTimeout(timer.current), []);
  return (dueAt) => {
    clearTimeout(timer.current);
    // Clocks of devices may be wrong.
    const left = Math.max(0, Math.min(Date.parse(dueAt) - Date.now(), longestWait));
    timer.current = setTimeout(() => latest.current(), left + timeForIt);
  };
}

/** What can be done with the contacts that are chosen, and with all of the list. */
export function BulkBar(props: {
  readonly chosen: Chosen;
  readonly filters: ContactFilters;
  readonly series: readonly SeriesOption[];
  readonly onChosen: (chosen: Chosen) => void;
  readonly onImport: (people: readonly ContactView[], seriesId: string) => void;
  readonly onChanged: () => void;
}) {
  const { chosen, filters, series, onChosen, onImport, onChanged } = props;
  const { api, notify, fail } = useShell();
  const { t, language } = useText();
  const dialogs = useDialogs<Dialog>();
  const [isBusy, setBusy] = useState(false);
  const [all, setAll] = useState<Awaited<ReturnType<typeof chooseAll>>>();
  const open = seriesToOffer(series, []);
  const refreshAfter = useRefreshAfter(onChanged);
  const [picked, setPicked] = useState<string>();
  const seriesId = picked ?? open[0]?.id ?? '';
  const count = chosen.size;
  /** Who has answered, or was asked, is not asked again. */
  const toAsk = [...chosen.values()].filter((contact) => consentChip(contact) === 'notAsked');
  const leftOut = all?.chosen === chosen ? all.leftOut : 0;

  const choose = async (): Promise<void> => {
    setBusy(true);
    try {
      const all = await chooseAll((after) => listContacts(api, filters, after));
      setAll(all);
      onChosen(all.chosen);
    } catch (error) {
      fail(error);
    } finally {
      setBusy(false);
    }
  };
  const save = async (): Promise<void> => {
    try {
      const file = `${t('contacts.export.file')}.csv`;
      download(file, await exportContacts(api, filters), 'text/csv');
      notify(t('contacts.export.done', { file }));
    } catch (error) {
      fail(error);
    }
  };
  const act = (action: Exclude<Dialog, 'subscribe'>) => async (): Promise<void> => {
    const name = series.find(({ id }) => id === seriesId)?.names[language] ?? '';
    const {
      id,
      count: done,
      dueAt,
    } = await changeContacts(api, {
      formId: crypto.randomUUID(),
      action,
      ids: action === 'ask' ? toAsk.map(({ id: contactId }) => contactId) : [...chosen.keys()],
      ...(action === 'unsubscribe' && { series: [seriesId] }),
    });
    notify(t(`contacts.bulk.${action}.done`, { count: done, series: name }), async () => {
      await undoChange(api, id);
      onChanged();
    });
    onChosen(new Map());
    refreshAfter(dueAt);
  };
  const pick = (
    <PlainSelect
      aria-label={t('contacts.bulk.series')}
      value={seriesId}
      onChange={({ target }) => setPicked(target.value)}
    >
      {series.map(({ id, names }) => (
        <option key={id} value={id}>
          {names[language]}
        </option>
      ))}
    </PlainSelect>
  );
  const dialog = (name: Dialog, onSend: () => Promise<void>, isDanger = false) => (
    <FormDialog
      key={`${name} ${dialogs.round}`}
      {...dialogs.of(name)}
      title={t(`contacts.bulk.${name}.title`, { count: name === 'ask' ? toAsk.length : count })}
      verb={t(`contacts.bulk.${name}.verb`)}
      isDanger={isDanger}
      onSend={onSend}
    >
      {() => (
        <>
          <p>{t(`contacts.bulk.${name}.text`)}</p>
          {(name === 'subscribe' || name === 'unsubscribe') && pick}
        </>
      )}
    </FormDialog>
  );
  return (
    <div
      className={css.bulk}
      data-on={count > 0}
      role="group"
      aria-label={t('contacts.bulk.chosen', { count })}
    >
      {count === 0 ? (
        <>
          <Button size="small" appearance="subtle" disabledFocusable={isBusy} onClick={() => void choose()}>
            {t('contacts.bulk.all')}
          </Button>
          <Button size="small" appearance="subtle" onClick={() => void save()}>
            {t('contacts.export')}
          </Button>
        </>
      ) : (
        <>
          <strong role="status">
            {t('contacts.bulk.chosen', { count })}
            {leftOut > 0 && (
              <span className={css.leftOut}>
                {t('contacts.bulk.leftOut', { count: leftOut, max: maxBulkContacts })}
              </span>
            )}
          </strong>
          {open.length > 0 && (
            <Button size="small" onClick={() => dialogs.show('subscribe')}>
              {t('contacts.bulk.subscribe')}
            </Button>
          )}
          {series.length > 0 && (
            <Button size="small" onClick={() => dialogs.show('unsubscribe')}>
              {t('contacts.bulk.unsubscribe')}
            </Button>
          )}
          <Button
            size="small"
            onClick={() => (toAsk.length === 0 ? notify(t('contacts.bulk.ask.none')) : dialogs.show('ask'))}
          >
            {t('contacts.bulk.ask')}
          </Button>
          <Button size="small" onClick={() => dialogs.show('remove')}>
            {t('contacts.bulk.remove')}
          </Button>
          <Button size="small" appearance="subtle" onClick={() => onChosen(new Map())}>
            {t('contacts.bulk.none')}
          </Button>
        </>
      )}
      {dialog('subscribe', async () => {
        onImport([...chosen.values()], seriesId);
        await Promise.resolve();
      })}
      {dialog('unsubscribe', act('unsubscribe'))}
      {dialog('ask', act('ask'))}
      {dialog('remove', act('remove'), true)}
    </div>
  );
}
