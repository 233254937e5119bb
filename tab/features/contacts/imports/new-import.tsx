import { Button, Field, Textarea } from '@fluentui/react-components';
import { Attach20Regular } from '@fluentui/react-icons';
import { useMemo, useRef, useState, type DragEvent } from 'react';
import { readContactTable } from '../../../../src/shared/contact-table.js';
import { useShell, useText } from '../../../shared/context.js';
import { href } from '../../../shared/route.js';
import { Await } from '../../../shared/states.js';
import { useLoad } from '../../../shared/use-load.js';
import { go, useRoute } from '../../../shared/use-route.js';
import { createImport, importApi, listImports } from '../api.js';
import { draftOf, type SeriesOption } from '../draft.js';
import { decodeList } from './decode.js';
import { ProgressBar } from './progress-bar.js';
import { chunksOf, maxRows } from './rows.js';
import css from './imports.module.css';

/** A list as it was pasted. It waits in the page's memory alone: what it says of people is stored on no device. */
export interface Pasted {
  readonly text: string;
  /** Of the file, or of the import whose rest it is. */
  readonly name?: string;
  /** The series into which they are to come; else the one that there is. */
  readonly series?: readonly string[];
  /** Names the form: sent again it is the same draft. */
  readonly formId: string;
}

const newFormId = (): string => crypto.randomUUID();
export const nothingPasted = (): Pasted => ({ text: '', formId: newFormId() });

/** Makes a draft of a list and sends its rows. What was interrupted goes on when it is sent again. */
function useStoring(series: readonly SeriesOption[]) {
  const { api, fail } = useShell();
  const { t, dates } = useText();
  const { query } = useRoute();
  const [progress, setProgress] = useState<{ readonly done: number; readonly total: number }>();
  const store = async ({ text, name, formId, series: wanted }: Pasted): Promise<boolean> => {
    const { columns, header, rows } = readContactTable(text);
    const chunks = chunksOf({ rows });
    setProgress({ done: 0, total: rows.length });
    try {
      const made = await createImport(api, {
        formId,
        name: name ?? t('contacts.imports.name.usual', { date: dates.plainDate(new Date().toISOString()) }),
        columns,
        ...(header && { header }),
        sizes: chunks.map(({ length }) => length),
        series: wanted ?? draftOf(undefined, series, query['series']).series,
        consent: { given: false },
      });
      let done = 0;
      for (const [chunk, some] of chunks.entries()) {
        await importApi(api, made.id).addRows(chunk, some);
        done += some.length;
        setProgress({ done, total: rows.length });
      }
      go(href(['contacts', 'imports', made.id]));
      return true;
    } catch (error) {
      fail(error);
      return false;
    } finally {
      setProgress(undefined);
    }
  };
  return { progress, store };
}

/** A list is pasted, dropped or chosen as a file; it becomes a draft on the server. */
export function NewImport(props: {
  readonly series: readonly SeriesOption[];
  readonly pasted: Pasted;
  readonly onPasted: (pasted: Pasted) => void;
}) {
  const { pasted, onPasted } = props;
  const { t } = useText();
  const [problem, setProblem] = useState<string>();
  const [isOver, setOver] = useState(false);
  const file = useRef<HTMLInputElement>(null);
  const { progress, store } = useStoring(props.series);
  const count = useMemo(() => readContactTable(pasted.text).rows.length, [pasted.text]);
  const isTooMany = count > maxRows;
  const message = isTooMany ? t('contacts.imports.tooMany', { count }) : problem;

  const take = (text: string, name?: string): void => {
    setProblem(undefined);
    const { series } = pasted;
    onPasted({ text, formId: newFormId(), ...(name !== undefined && { name }), ...(series && { series }) });
  };
  const read = async (chosen: File | undefined): Promise<void> => {
    if (chosen === undefined) return;
    const text = decodeList(new Uint8Array(await chosen.arrayBuffer()));
    if (text === undefined) setProblem(t('contacts.imports.notText'));
    else take(text, chosen.name.replace(/\.[^.]+$/, '').slice(0, 80));
  };
  const drop = (event: DragEvent): void => {
    setOver(false);
    const [dropped] = event.dataTransfer.files;
    if (dropped === undefined) return;
    event.preventDefault();
    void read(dropped);
  };
  const send = async (): Promise<void> => {
    if (await store(pasted)) onPasted(nothingPasted());
  };
  return (
    <div className={css.page}>
      <div className={css.head}>
        <h1 tabIndex={-1}>{t('contacts.imports.title')}</h1>
        <p>{t('contacts.imports.lead')}</p>
      </div>
      <form
        className={css.paste}
        data-over={isOver}
        noValidate
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        onSubmit={(event) => {
          event.preventDefault();
          if (progress === undefined && count > 0 && !isTooMany) void send();
        }}
      >
        <Field
          label={t('contacts.imports.paste')}
          hint={t('contacts.imports.paste.hint')}
          {...(message !== undefined && { validationMessage: message })}
        >
          <Textarea
            className={css.lines ?? ''}
            rows={8}
            resize="vertical"
            value={pasted.text}
            placeholder={t('contacts.imports.example')}
            onChange={(_, { value }) => take(value, pasted.name)}
          />
        </Field>
        <div className={css.row}>
          <input
            ref={file}
            hidden
            type="file"
            accept=".csv,.tsv,.txt,text/csv,text/plain,text/tab-separated-values"
            aria-label={t('contacts.imports.file')}
            onChange={({ target }) => {
              void read(target.files?.[0]);
              target.value = '';
            }}
          />
          <Button icon={<Attach20Regular />} onClick={() => file.current?.click()}>
            {t('contacts.imports.file')}
          </Button>
          <span className={css.quiet}>{t('contacts.imports.drop')}</span>
        </div>
        <p className={css.quiet}>{t('contacts.imports.kept')}</p>
        {progress !== undefined && (
          <ProgressBar {...progress} label={t('contacts.imports.storing', progress)} />
        )}
        <div className={css.row}>
          <Button
            type="submit"
            appearance="primary"
            disabledFocusable={progress !== undefined || count === 0 || isTooMany}
          >
            {t('contacts.imports.check')}
          </Button>
          <span className={css.quiet} role="status">
            {t('contacts.imports.found', { count })}
          </span>
        </div>
      </form>
      <Earlier />
    </div>
  );
}

function Earlier() {
  const { api } = useShell();
  const { t, dates } = useText();
  const loaded = useLoad('/api/contacts/imports', () => listImports(api));
  return (
    <Await loaded={loaded} bones={null}>
      {({ lines }) =>
        lines.length === 0 ? null : (
          <section className={css.earlier}>
            <h2>{t('contacts.imports.earlier')}</h2>
            <ul>
              {lines.map((line) => (
                <li key={line.id}>
                  <a href={href(['contacts', 'imports', line.id])}>{line.name}</a>
                  <span className={css.quiet}>
                    {[
                      dates.moment(line.createdAt),
                      t('contacts.imports.rows', { count: line.sizes.reduce((sum, size) => sum + size, 0) }),
                      t(`contacts.imports.status.${line.state.status}`),
                    ].join(' · ')}
                  </span>
                </li>
              ))}
            </ul>
          </section>
        )
      }
    </Await>
  );
}
