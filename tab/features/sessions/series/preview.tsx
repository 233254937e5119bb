import { useEffect, useState } from 'react';
import type { PreviewDate } from '../../../../src/sessions/series/service.js';
import { ApiError } from '../../../api.js';
import { useShell, useText } from '../../../shared/context.js';
import { fieldProblem, problemText } from '../../../shared/problem.js';
import { Bones } from '../../../shared/states.js';
import { useLoad } from '../../../shared/use-load.js';
import { todayInHelsinki } from '../../../shared/wall-time.js';
import { previewSeries } from '../api.js';
import css from './series.module.css';

const pauseBeforeAsking = 300;

/** The value as it stood when it last kept still for a while. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pauseBeforeAsking);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

/** The next twelve dates that a rule gives, with what is to be thought of: holidays, pauses, turns of the clocks. */
export function Preview({ input }: { readonly input: Readonly<Record<string, unknown>> }) {
  const { api, texts } = useShell();
  const { t } = useText();
  const body = useSettled(JSON.stringify(input));
  const loaded = useLoad(body, () => previewSeries(api, JSON.parse(body)));
  const [last, setLast] = useState<readonly PreviewDate[]>();
  const fresh = loaded.state === 'ready' ? loaded.value.dates : undefined;
  if (fresh !== undefined && fresh !== last) setLast(fresh);
  const today = todayInHelsinki();
  const dates = (fresh ?? last)?.filter(({ date }) => date >= today);
  return (
    <div className={css.preview}>
      <h3>{t('sessions.preview.title')}</h3>
      {loaded.state === 'failed' ? (
        <p role="alert" className={css.fault}>
          {faultWords(loaded.error) ?? problemText(texts, loaded.error)}
        </p>
      ) : dates === undefined ? (
        <Bones rows={4} height={24} />
      ) : (
        <ol>
          {dates.map((date) => (
            <PreviewLine key={date.date} line={date} />
          ))}
        </ol>
      )}
    </div>
  );

  function faultWords(error: unknown): string | undefined {
    const field = error instanceof ApiError ? error.fields[0]?.field : undefined;
    return field === undefined ? undefined : fieldProblem(texts, error, field);
  }
}

function PreviewLine({ line }: { readonly line: PreviewDate }) {
  const { t, dates, language } = useText();
  const notes = [
    line.isPaused === true ? t('sessions.preview.paused') : undefined,
    line.isPaused !== true && line.holiday !== undefined
      ? t('sessions.preview.holiday', {
          holiday: line.holiday.names[language],
          hasProposal: line.proposal === undefined ? 'no' : 'yes',
          proposal: line.proposal === undefined ? '' : dates.plainDay(line.proposal),
        })
      : undefined,
    line.clockChanges === true ? t('sessions.preview.clock') : undefined,
  ].filter((note) => note !== undefined);
  return (
    <li data-paused={line.isPaused === true} data-noted={notes.length > 0}>
      <time dateTime={line.start}>{dates.moment(line.start)}</time>
      {notes.map((note) => (
        <span key={note}>{note}</span>
      ))}
    </li>
  );
}
