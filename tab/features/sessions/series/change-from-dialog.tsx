import { useState } from 'react';
import type { Series } from '../../../../src/sessions/series/series.js';
import { useText } from '../../../shared/context.js';
import { addDays, todayInHelsinki } from '../../../shared/wall-time.js';
import { FormDialog } from '../../../shared/form-dialog.js';
import { Preview } from './preview.js';
import { TimingFields } from './timing-fields.js';
import { timingFor, timingInput, timingOf } from './timing.js';
import type { SeriesHere } from './use-series.js';
import css from './series.module.css';

/** This and following: another rule, time or length from a day on, with the dates that it gives. */
export function ChangeFromDialog(props: {
  readonly series: Series;
  readonly here: SeriesHere;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  const { series, here } = props;
  const { t, dates } = useText();
  const last = series.segments.at(-1);
  const tomorrow = addDays(todayInHelsinki(), 1);
  const [timing, setTiming] = useState(() =>
    last === undefined ? timingFor(series.kind) : timingOf(last, last.from > tomorrow ? last.from : tomorrow),
  );
  const send = (): Promise<void> =>
    here.make(
      () => here.api.changeFrom(timingInput(timing)),
      t('sessions.done.change', { from: timing.from === '' ? '' : dates.plainDay(timing.from) }),
    );
  return (
    <FormDialog
      title={t('sessions.change.title')}
      verb={t('sessions.change.verb')}
      isOpen={props.isOpen}
      isWide
      onClose={props.onClose}
      onSend={send}
    >
      {(fault) => (
        <>
          <p>{t('sessions.change.text')}</p>
          <div className={css.split}>
            <TimingFields timing={timing} fault={fault} onChange={setTiming} />
            <Preview
              input={{ kind: series.kind, ...timingInput(timing), pausedMonths: series.pausedMonths }}
            />
          </div>
        </>
      )}
    </FormDialog>
  );
}
