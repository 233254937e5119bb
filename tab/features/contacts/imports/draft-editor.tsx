import { Button, Field, Input, Radio, RadioGroup, Select } from '@fluentui/react-components';
import { Delete20Regular, Eye20Regular } from '@fluentui/react-icons';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { ImportRowView, ImportView } from '../../../../src/shared/answers/imports.js';
import { languages } from '../../../../src/shared/languages.js';
import { useShell, useText } from '../../../shared/context.js';
import { DateField, TimeField } from '../../../shared/date-fields/fields.js';
import { todayInHelsinki, type WallTime } from '../../../shared/dates.js';
import { useDialogs } from '../../../shared/form-dialog.js';
import { faultAt } from '../../../shared/problem.js';
import { href } from '../../../shared/route.js';
import { useLoad } from '../../../shared/use-load.js';
import { go } from '../../../shared/use-route.js';
import { isConflict, seenSince } from '../../../shared/use-seen.js';
import { importApi, nextStarts } from '../api.js';
import { isAtField } from '../contact-page.js';
import { faultName, type SeriesOption } from '../draft.js';
import { ConsentFields, SeriesFields } from '../fields.js';
import { MailPreview } from './mail-preview.js';
import { ProgressBar } from './progress-bar.js';
import { RowsTable } from './rows-table.js';
import {
  countsOf,
  importedIn,
  knownIn,
  invitedBy,
  peopleInvited,
  rowStatuses,
  shownRows,
  usualSendTime,
  withoutLanguage,
  type RowStatus,
  type ShownRow,
} from './rows.js';
import css from './imports.module.css';

type Settings = Pick<ImportView, 'name' | 'columns' | 'language' | 'organisation' | 'series' | 'consent'>;

const settingsOf = ({ name, columns, language, organisation, series, consent }: ImportView): Settings => ({
  name,
  columns,
  series,
  consent,
  ...(language && { language }),
  ...(organisation !== undefined && { organisation }),
});

/** As the server answers and takes them. */
const bodyOf = ({ name, columns, language, organisation, series, consent }: Settings) => ({
  name,
  columns,
  language: language ?? null,
  organisation: organisation ?? null,
  series,
  consent,
});

/** Whether rows come to another end by it. */
const isOfRows = (one: Settings, other: Settings): boolean =>
  (['columns', 'language', 'organisation', 'series'] as const).some(
    (key) => JSON.stringify(one[key]) !== JSON.stringify(other[key]),
  );

const savePauseMs = 500;

/** The rows of a draft, checked chunk by chunk; anew when what they have in common has changed. */
function useChecked({ id, sizes }: ImportView, round: number) {
  const { api, fail } = useShell();
  const [rows, setRows] = useState<ReadonlyMap<number, readonly ImportRowView[]>>(new Map());
  const latestRows = useRef(rows);
  const [done, setDone] = useState(0);
  const latestFail = useRef(fail);
  useEffect(() => {
    latestFail.current = fail;
  });
  useEffect(() => {
    let isWanted = true;
    const check = async (): Promise<void> => {
      setDone(0);
      for (const [chunk, size] of sizes.entries()) {
        const checked = await importApi(api, id).rows(chunk);
        if (!isWanted) return;
        latestRows.current = new Map(latestRows.current).set(chunk, checked);
        setRows(latestRows.current);
        setDone((before) => before + size);
      }
    };
    check().catch((error: unknown) => isWanted && latestFail.current(error));
    return () => {
      isWanted = false;
    };
  }, [api, id, sizes, round]);
  const put = (chunk: number, row: ImportRowView): void => {
    const some = (latestRows.current.get(chunk) ?? []).map((each) => (each.row === row.row ? row : each));
    latestRows.current = new Map(latestRows.current).set(chunk, some);
    setRows(latestRows.current);
  };
  const all = useMemo(() => inOrder(rows), [rows]);
  /** The rows as they are by now, for whoever has waited since the page was drawn. */
  const latest = (): readonly ShownRow[] => inOrder(latestRows.current);
  return { all, latest, done, put };
}

const inOrder = (chunks: ReadonlyMap<number, readonly ImportRowView[]>): readonly ShownRow[] =>
  shownRows([...chunks.entries()].sort(([one], [other]) => one - other).flatMap(([, some]) => some));

type Edit = (
  row: ImportRowView,
  after: { readonly cells: readonly string[]; readonly isLeftOut: boolean },
) => Promise<boolean>;

/** Rows that are typed into: what is not stored when somebody goes on is stored then. */
function useTyped(editRow: Edit) {
  const typed = useRef(new Map<number, { readonly row: ImportRowView; readonly cells: readonly string[] }>());
  const saving = useRef(new Set<Promise<boolean>>());
  const change: Edit = async (row, after) => {
    const task = editRow(row, after);
    saving.current.add(task);
    const isStored = await task;
    saving.current.delete(task);
    const last = typed.current.get(row.row)?.cells;
    if (isStored && JSON.stringify(last) === JSON.stringify(after.cells)) typed.current.delete(row.row);
    return isStored;
  };
  const onTyped = (row: ImportRowView, cells: readonly string[] | undefined): void => {
    if (cells === undefined) typed.current.delete(row.row);
    else typed.current.set(row.row, { row, cells });
  };
  /** Whether all that was typed is stored now. */
  const saveTyped = async (): Promise<boolean> => {
    const begun = await Promise.all(saving.current);
    if (begun.includes(false)) return false;
    const rest = [...typed.current.values()];
    const stored = await Promise.all(rest.map(({ row, cells }) => change(row, { cells, isLeftOut: false })));
    return !stored.includes(false);
  };
  return { change, onTyped, saveTyped };
}

/** What the rows have in common, stored as it is changed: a reload loses nothing. */
function useSettings(first: ImportView, onRowsChanged: () => void) {
  const { api, fail } = useShell();
  const [settings, setSettings] = useState(() => settingsOf(first));
  const [fault, setFault] = useState<unknown>();
  const stored = useRef({ seen: bodyOf(settingsOf(first)), of: settingsOf(first) });
  const wanted = useRef(settings);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const edit = importApi(api, first.id).edit;

  const save = async (): Promise<boolean> => {
    clearTimeout(timer.current);
    const sent = wanted.current;
    if (JSON.stringify(sent) === JSON.stringify(stored.current.of)) return true;
    try {
      const value = await edit(bodyOf(sent), stored.current.seen);
      const isOther = isOfRows(stored.current.of, sent);
      stored.current = { seen: bodyOf(settingsOf(value)), of: sent };
      setFault(undefined);
      if (isOther) onRowsChanged();
      return true;
    } catch (error) {
      if (isConflict(error)) {
        const seen = seenSince(stored.current.seen, error) as typeof stored.current.seen;
        stored.current = { ...stored.current, seen };
      }
      if (isAtField(error)) setFault(error);
      else fail(error);
      return false;
    }
  };
  const change = (part: Partial<Settings>): void => {
    const { language, organisation, ...rest } = { ...wanted.current, ...part };
    wanted.current = { ...rest, ...(language && { language }), ...(organisation && { organisation }) };
    setSettings(wanted.current);
    clearTimeout(timer.current);
    const { consent } = wanted.current;
    // What is not finished yet has no faults.
    const isUnfinished = consent.given && (consent.how ?? '') === '';
    if (!isUnfinished) timer.current = setTimeout(() => void save(), savePauseMs);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  return { settings, change, save, fault, setFault };
}

/** A draft: what becomes of each row, what all have in common, when the invitations leave; and then it is imported. */
export function DraftEditor(props: {
  readonly first: ImportView;
  readonly series: readonly SeriesOption[];
  readonly onStarted: (value: ImportView) => void;
}) {
  const { first, series, onStarted } = props;
  const { api, texts, ask, fail, notify } = useShell();
  const { t, dates, language } = useText();
  const [round, setRound] = useState(0);
  const { all, latest, done, put } = useChecked(first, round);
  const { settings, change, save, fault, setFault } = useSettings(first, () => setRound((last) => last + 1));
  const [filter, setFilter] = useState<RowStatus>();
  const [now] = useState(() => Date.now());
  const [picked, setPicked] = useState<{ readonly sendAt: WallTime | undefined }>();
  const [isBusy, setBusy] = useState(false);
  const dialogs = useDialogs<'mail'>();
  const total = first.sizes.reduce((sum, size) => sum + size, 0);
  const isChecking = done < total;
  const counts = countsOf(all);
  const count = importedIn(counts);
  const open = series.filter(
    ({ id, state, isOpenToContacts }) =>
      settings.series.includes(id) && state.status === 'active' && isOpenToContacts,
  );
  const openIds = open.map(({ id }) => id as string);
  const starts = useLoad(`starts ${openIds.join(' ')}`, () => nextStarts(api, openIds));
  const sessions = starts.state === 'ready' ? starts.value : [];
  const sendAt = picked === undefined ? usualSendTime(now, first.closedDays ?? [], sessions) : picked.sendAt;
  const people = peopleInvited(all, settings, openIds);
  const lacking = withoutLanguage(all, settings);
  const nameOf = (id: string): string => series.find((each) => each.id === id)?.names[language] ?? '';
  const shown = all.filter(({ status }) => filter === undefined || status === filter);

  const editRow: Edit = async (row, after) => {
    try {
      const chunk = chunkOf(first.sizes, row.row);
      const seen = { cells: row.cells, isLeftOut: row.isLeftOut };
      put(chunk, await importApi(api, first.id).editRow({ chunk, row: row.row }, after, seen));
      return true;
    } catch (error) {
      fail(error);
      return false;
    }
  };
  const { change: changeRow, onTyped, saveTyped } = useTyped(editRow);
  const whenText = (people: number): string => {
    if (people === 0) return t('contacts.imports.start.none');
    if (sendAt === undefined) return t('contacts.imports.start.now', { people });
    const when = `${dates.plainDay(sendAt.date)} ${sendAt.time.replace(/^0/, '').replace(':', language === 'en' ? ':' : '.')}`;
    return t('contacts.imports.start.later', { people, when });
  };
  const start = async (): Promise<void> => {
    if (isBusy || isChecking) return;
    setBusy(true);
    try {
      if (!(await saveTyped()) || !(await save())) return;
      const rows = latest();
      const known = knownIn(rows);
      const counted = countsOf(rows);
      const count = importedIn(counted);
      const people = peopleInvited(rows, settings, openIds);
      const left = total - count - counted.duplicate;
      const answer = await ask({
        title: t('contacts.imports.start.title', { count: count - known }),
        text: [
          ...(known > 0 ? [t('contacts.imports.start.known', { count: known })] : []),
          whenText(people),
          ...(counted.duplicate > 0
            ? [t('contacts.imports.start.duplicates', { count: counted.duplicate })]
            : []),
          ...(left > 0 ? [t('contacts.imports.start.left', { count: left })] : []),
        ].join(' '),
        verb: t('contacts.imports.start.verb'),
      });
      if (answer === undefined) return;
      onStarted(await importApi(api, first.id).start(people === 0 ? null : (sendAt ?? null)));
    } catch (error) {
      if (isAtField(error)) setFault(error);
      else fail(error);
    } finally {
      setBusy(false);
    }
  };
  const discard = async (): Promise<void> => {
    const answer = await ask({
      title: t('contacts.imports.discard.title'),
      text: t('contacts.imports.discard.text'),
      verb: t('contacts.imports.discard.verb'),
      isDanger: true,
    });
    if (answer === undefined) return;
    try {
      await importApi(api, first.id).discard();
      notify(t('contacts.imports.discarded'));
      go(href(['contacts', 'several']), 'replace');
    } catch (error) {
      fail(error);
    }
  };
  return (
    <form
      className={css.draft}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void start();
      }}
    >
      <div className={css.head}>
        <h1 tabIndex={-1}>{settings.name}</h1>
      </div>
      {isChecking && (
        <ProgressBar total={total} done={done} label={t('contacts.imports.checking', { done, total })} />
      )}
      {/* Above the table: one choice here puts all of them right. */}
      <Field
        label={t('contacts.several.language')}
        {...(lacking > 0 && { hint: t('contacts.imports.noLanguage', { count: lacking }) })}
        {...faultAt(texts, fault, 'language')}
      >
        <Select
          value={settings.language ?? ''}
          onChange={(_, { value }) => change({ language: languages.find((one) => one === value) as 'fi' })}
        >
          <option value="">{t('contacts.several.language.none')}</option>
          {languages.map((one) => (
            <option key={one} value={one} lang={one}>
              {t(`language.own.${one}`)}
            </option>
          ))}
        </Select>
      </Field>
      <StatusFilter counts={counts} total={all.length} chosen={filter} onChoose={setFilter} />
      <RowsTable
        key={filter ?? 'all'}
        columns={settings.columns}
        header={first.header}
        rows={shown}
        isLoading={isChecking}
        faultText={(code) => t(`contacts.fault.${faultName(code)}`)}
        nameOf={nameOf}
        edit={{ change: changeRow, onTyped, onColumns: (columns) => change({ columns }) }}
      />
      <section className={css.fields}>
        <h2>{t('contacts.imports.common')}</h2>
        <Field
          label={t('contacts.imports.name')}
          hint={t('contacts.imports.name.hint')}
          required
          {...faultAt(texts, fault, 'name')}
        >
          <Input value={settings.name} onChange={(_, { value }) => change({ name: value })} />
        </Field>
        <Field label={t('contacts.imports.organisation')} {...faultAt(texts, fault, 'organisation')}>
          <Input
            value={settings.organisation ?? ''}
            onChange={(_, { value }) => change({ organisation: value })}
          />
        </Field>
        <SeriesFields
          series={series}
          chosen={settings.series}
          fault={fault}
          onChange={(chosen) => change({ series: chosen })}
        />
        <ConsentFields
          consent={undefined}
          draft={{ isOther: settings.consent.given, how: settings.consent.how ?? '' }}
          fault={fault}
          isSeveral
          onChange={({ isOther, how }) =>
            change({ consent: isOther ? { ...settings.consent, given: true, how } : { given: false } })
          }
        />
        {settings.consent.given && (
          <DateField
            label={t('contacts.imports.consent.on')}
            hint={t('contacts.imports.consent.on.hint')}
            {...faultAt(texts, fault, 'consent.on')}
            max={todayInHelsinki()}
            value={settings.consent.on ?? ''}
            onChange={(value) => {
              const { on: _on, ...consent } = settings.consent;
              change({ consent: value === '' ? consent : { ...consent, on: value } });
            }}
          />
        )}
      </section>
      <section className={css.fields}>
        <h2>{t('contacts.imports.send')}</h2>
        {people === 0 ? (
          <p>{t('contacts.imports.send.none')}</p>
        ) : (
          <>
            <p>{t('contacts.imports.send.people', { count: people })}</p>
            <Invited rows={all} settings={settings} open={open} />
            <div className={css.row}>
              <Button icon={<Eye20Regular />} onClick={() => dialogs.show('mail')}>
                {t('contacts.imports.preview')}
              </Button>
            </div>
            <SendTime sendAt={sendAt} fault={fault} onChange={(chosen) => setPicked({ sendAt: chosen })} />
          </>
        )}
      </section>
      <div className={css.row}>
        <Button type="submit" appearance="primary" disabledFocusable={isBusy || isChecking || count === 0}>
          {t('contacts.imports.start', { count })}
        </Button>
        <Button appearance="subtle" icon={<Delete20Regular />} onClick={() => void discard()}>
          {t('contacts.imports.discard')}
        </Button>
      </div>
      <MailPreview key={dialogs.round} {...dialogs.of('mail')} series={open} sendAt={sendAt} />
    </form>
  );
}

/** In which chunk a row stands. */
function chunkOf(sizes: readonly number[], row: number): number {
  let last = 0;
  return sizes.findIndex((size) => {
    last += size;
    return row < last;
  });
}

/** How many rows come to which end; a press shows these alone. */
function StatusFilter(props: {
  readonly counts: Readonly<Record<RowStatus, number>>;
  readonly total: number;
  readonly chosen: RowStatus | undefined;
  readonly onChoose: (status: RowStatus | undefined) => void;
}) {
  const { counts, total, chosen, onChoose } = props;
  const { t } = useText();
  const there = rowStatuses.filter((status) => counts[status] > 0 || status === chosen);
  const one = (status: RowStatus | undefined, count: number) => (
    <button
      key={status ?? 'all'}
      type="button"
      data-is={status}
      aria-pressed={chosen === status}
      onClick={() => onChoose(status)}
    >
      {t(`contacts.imports.state.${status ?? 'all'}`)} <strong>{t('sends.number', { count })}</strong>
    </button>
  );
  return (
    <div className={css.statuses} role="group" aria-label={t('contacts.imports.row.state')}>
      {one(undefined, total)}
      {there.map((status) => one(status, counts[status]))}
    </div>
  );
}

/** How many get an invitation to which series, by language. */
function Invited(props: {
  readonly rows: readonly ShownRow[];
  readonly settings: Settings;
  readonly open: readonly SeriesOption[];
}) {
  const { rows, settings, open } = props;
  const { t, language } = useText();
  const counts = invitedBy(
    rows,
    settings,
    open.map(({ id }) => id),
  );
  return (
    <table className={css.invited}>
      <thead>
        <tr>
          <th scope="col">{t('contacts.imports.send.series')}</th>
          {languages.map((one) => (
            <th key={one} scope="col" lang={one}>
              {t(`language.own.${one}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {open.map(({ id, names }) => (
          <tr key={id}>
            <th scope="row">{names[language]}</th>
            {languages.map((one) => (
              <td key={one}>{t('sends.number', { count: counts.get(id)?.[one] ?? 0 })}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** When the invitations leave: at once, or at a time in Helsinki. */
function SendTime(props: {
  readonly sendAt: WallTime | undefined;
  readonly fault: unknown;
  readonly onChange: (sendAt: WallTime | undefined) => void;
}) {
  const { sendAt, fault, onChange } = props;
  const { texts } = useShell();
  const { t } = useText();
  // What was chosen comes back when somebody looks at the other way for a moment.
  const [left, setLeft] = useState<WallTime>();
  const last = sendAt ?? left ?? { date: todayInHelsinki(), time: '16:00' };
  const choose = (part: Partial<WallTime>): void => onChange({ ...last, ...part });
  return (
    <>
      <RadioGroup
        aria-label={t('contacts.imports.send')}
        value={sendAt === undefined ? 'now' : 'later'}
        onChange={(_, { value }) => {
          setLeft(last);
          onChange(value === 'now' ? undefined : last);
        }}
      >
        <Radio value="now" label={t('contacts.imports.send.now')} />
        <Radio value="later" label={t('contacts.imports.send.later')} />
      </RadioGroup>
      {sendAt !== undefined && (
        <div className={css.row}>
          <DateField
            label={t('contacts.imports.send.date')}
            {...faultAt(texts, fault, 'sendAt.date')}
            min={todayInHelsinki()}
            value={sendAt.date}
            onChange={(date) => choose({ date })}
          />
          <TimeField
            label={t('contacts.imports.send.time')}
            {...faultAt(texts, fault, 'sendAt.time')}
            value={sendAt.time}
            onChange={(time) => choose({ time })}
          />
        </div>
      )}
    </>
  );
}
