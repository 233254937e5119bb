import { Button } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import type { ImportRowView, ImportView } from '../../../../src/shared/answers/imports.js';
import { useShell, useText } from '../../../shared/context.js';
import { keepFocus } from '../../../shared/focus.js';
import { href } from '../../../shared/route.js';
import { Await, Bones } from '../../../shared/states.js';
import { useFresh } from '../../../shared/use-fresh.js';
import { useLoad } from '../../../shared/use-load.js';
import { go } from '../../../shared/use-route.js';
import { importApi } from '../api.js';
import { faultName, type SeriesOption } from '../draft.js';
import { DraftEditor } from './draft-editor.js';
import { nothingPasted, type Pasted } from './new-import.js';
import { ProgressBar } from './progress-bar.js';
import { RowsTable } from './rows-table.js';
import { shownRows } from './rows.js';
import css from './imports.module.css';

const lookAgainMs = 1_000;

interface Opened {
  readonly id: string;
  readonly series: readonly SeriesOption[];
  readonly onChanged: () => void;
  /** What was left out is to be put right as a list of its own. */
  readonly onRest: (rest: Pasted) => void;
}

/** An import: its draft, how far it is, or what came of it. The server goes on whether anybody looks or not. */
export function ImportPage(props: Opened) {
  const { api } = useShell();
  const { path, get } = importApi(api, props.id);
  const loaded = useLoad(path, get);
  const { refresh } = loaded;
  useFresh(refresh);
  const status = loaded.state === 'ready' ? loaded.value.state.status : undefined;
  const { onChanged } = props;
  useEffect(() => {
    if (status === 'done' || status === 'undone') onChanged();
    if (status !== 'running' && status !== 'undoing') return undefined;
    const timer = setInterval(refresh, lookAgainMs);
    return () => clearInterval(timer);
    // What the list does with it changes with each drawing.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [status, refresh]);
  return (
    <div className={css.page}>
      <Await loaded={loaded} bones={<Bones rows={4} height={64} />}>
        {(value) =>
          value.state.status === 'draft' ? (
            <DraftEditor first={value} series={props.series} onStarted={loaded.set} />
          ) : (
            <Begun {...props} value={value} onMoved={loaded.set} />
          )
        }
      </Await>
    </div>
  );
}

function Begun(
  props: Opened & { readonly value: ImportView; readonly onMoved: (value: ImportView) => void },
) {
  const { value } = props;
  const { t } = useText();
  const { state } = value;
  const total = value.sizes.reduce((sum, size) => sum + size, 0);
  return (
    <>
      <div className={css.head}>
        <h1 tabIndex={-1}>{value.name}</h1>
        <p>{t(`contacts.imports.status.${state.status}`)}</p>
      </div>
      {state.status === 'running' && (
        <>
          <ProgressBar
            total={total}
            done={doneIn(value)}
            label={t('contacts.imports.progress', { done: doneIn(value), total })}
          />
          <p className={css.quiet}>{t('contacts.imports.progress.hint')}</p>
        </>
      )}
      {state.status === 'undoing' && (
        <ProgressBar
          total={state.counts.created + state.counts.changed}
          done={state.undone}
          label={t('contacts.imports.undoing', { count: state.undone })}
        />
      )}
      {state.status === 'undone' && <p>{t('contacts.imports.done.undone')}</p>}
      {state.status === 'done' && <Done {...props} />}
    </>
  );
}

const doneIn = ({ sizes, state }: ImportView): number =>
  'chunks' in state ? sizes.slice(0, state.chunks).reduce((sum, size) => sum + size, 0) : 0;

function Done(props: Opened & { readonly value: ImportView; readonly onMoved: (value: ImportView) => void }) {
  const { value } = props;
  const { t } = useText();
  const { state } = value;
  if (state.status !== 'done') return null;
  const { counts } = state;
  const lines = (['changed', 'unchanged', 'duplicates', 'stopped', 'left'] as const).flatMap((each) => {
    const count = counts[each] ?? 0;
    return count > 0 ? [[each, count] as const] : [];
  });
  return (
    <>
      <ul className={css.results}>
        <li>{t('contacts.imports.done.created', { count: counts.created })}</li>
        {lines.map(([each, count]) => (
          <li key={each}>{t(`contacts.imports.done.${each}`, { count })}</li>
        ))}
      </ul>
      <Sending {...props} />
      {counts.left > 0 && value.forgottenAt === undefined && <Left {...props} />}
    </>
  );
}

/** What becomes of the invitations, and what can still be done about them and the import. */
function Sending({
  value,
  onMoved,
  id,
}: Opened & { readonly value: ImportView; readonly onMoved: (value: ImportView) => void }) {
  const { api, ask, notify, fail } = useShell();
  const { t, dates } = useText();
  const [isBusy, setBusy] = useState(false);
  const [now] = useState(() => Date.now());
  const { stopSend, send: sendAgain, undo } = importApi(api, id);
  if (value.state.status !== 'done') return null;
  const { send } = value.state;
  const hasLeft = send !== undefined && send.isStopped !== true && Date.parse(send.dueAt) <= now;
  const [fanOut] = send?.fanOuts ?? [];
  const move = async (change: () => Promise<ImportView>, said?: string): Promise<void> => {
    setBusy(true);
    try {
      onMoved(await change());
      if (said !== undefined) notify(said);
      keepFocus();
    } catch (error) {
      fail(error);
    } finally {
      setBusy(false);
    }
  };
  const askToUndo = async (): Promise<void> => {
    const answer = await ask({
      title: t('contacts.imports.undo.title'),
      text: t('contacts.imports.undo.text'),
      verb: t('contacts.imports.undo.verb'),
      isDanger: true,
    });
    if (answer !== undefined) await move(undo);
  };
  return (
    <section className={css.sending}>
      <h2>{t('contacts.imports.send')}</h2>
      <p>
        {send === undefined
          ? t('contacts.imports.sent.none')
          : send.isStopped
            ? t('contacts.imports.sent.stopped')
            : t('contacts.imports.sent.planned', { people: send.people, when: dates.moment(send.dueAt) })}
      </p>
      <div className={css.row}>
        {hasLeft && fanOut !== undefined && (
          <Button as="a" href={href(['sends', fanOut])}>
            {t('contacts.imports.sent.open')}
          </Button>
        )}
        {send !== undefined && !hasLeft && send.isStopped !== true && (
          <Button
            disabledFocusable={isBusy}
            onClick={() => void move(stopSend, t('contacts.imports.stopped'))}
          >
            {t('contacts.imports.stop')}
          </Button>
        )}
        {send !== undefined && !hasLeft && (
          <Button
            disabledFocusable={isBusy}
            onClick={() => void move(() => sendAgain(null), t('contacts.imports.sendingNow'))}
          >
            {t('contacts.imports.sendNow')}
          </Button>
        )}
        {!hasLeft && value.forgottenAt === undefined && (
          <Button appearance="subtle" disabledFocusable={isBusy} onClick={() => void askToUndo()}>
            {t('contacts.imports.undo')}
          </Button>
        )}
      </div>
    </section>
  );
}

/** The rows that were left out, with the reasons, and the way to import them after all. */
function Left({ id, value, onRest }: Opened & { readonly value: ImportView }) {
  const { api } = useShell();
  const { t } = useText();
  const loaded = useLoad(`${id} left`, async (): Promise<readonly ImportRowView[]> => {
    const chunks: (readonly ImportRowView[])[] = [];
    for (const chunk of value.sizes.keys()) chunks.push(await importApi(api, id).rows(chunk));
    return chunks.flat();
  });
  return (
    <Await loaded={loaded}>
      {(rows) => (
        <section className={css.left}>
          <RowsTable
            columns={value.columns}
            header={value.header}
            rows={shownRows(rows)}
            faultText={(code) => t(`contacts.fault.${faultName(code)}`)}
            nameOf={(seriesId) => seriesId}
          />
          <div className={css.row}>
            <Button
              appearance="primary"
              onClick={() => {
                onRest({ ...nothingPasted(), ...restOf(value, rows), name: restName(t, value.name) });
                go(href(['contacts', 'several']));
              }}
            >
              {t('contacts.imports.rest')}
            </Button>
          </div>
        </section>
      )}
    </Await>
  );
}

const restName = (t: ReturnType<typeof useText>['t'], name: string): string =>
  t('contacts.imports.rest.name', { name }).slice(0, 80);

/** Rows as a text that is read as the same table again. */
function restOf({ columns }: ImportView, rows: readonly ImportRowView[]): { readonly text: string } {
  const cellOf = (cell: string): string => (/["\t\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  const head = columns.map((column) => (column === 'skip' ? '-' : headNames[column]));
  return {
    text: [head, ...rows.map(({ cells }) => cells)].map((cells) => cells.map(cellOf).join('\t')).join('\n'),
  };
}

/** Names of columns that the reader of lists knows, whatever the language of the page. */
const headNames = {
  name: 'Name',
  firstName: 'Firstname',
  lastName: 'Lastname',
  organisation: 'Organisation',
  address: 'Email',
  language: 'Language',
} as const;
