import { Button } from '@fluentui/react-components';
import { CalendarCancel20Regular, CalendarEdit20Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { Rule } from '../../../../src/sessions/series/rule.js';
import type { Segment, Series } from '../../../../src/sessions/series/series.js';
import type { SeriesAnswer } from '../../../../src/shared/answers/sessions.js';
import { clockWords } from '../../../../src/shared/rule-words.js';
import { useMay, useText, useShell } from '../../../shared/context.js';
import { DateField } from '../../../shared/date-fields/fields.js';
import { isDate } from '../../../shared/date-fields/typed.js';
import { addDays, todayInHelsinki, wallTimeOf } from '../../../shared/dates.js';
import { FormDialog, useDialogs } from '../../../shared/form-dialog.js';
import { faultAt } from '../../../shared/problem.js';
import { useFresh } from '../../../shared/use-fresh.js';
import { useLoad } from '../../../shared/use-load.js';
import { isConflict, useSeen } from '../../../shared/use-seen.js';
import { listUpcoming } from '../api.js';
import { ChangeEffect } from '../parts/change-effect.js';
import { Section } from '../parts/section.js';
import { ruleWords, timingFor, timingInput, timingOf, type FieldsProps } from './form.js';
import { ComingDates, PauseFields, Preview, TimingFields } from './timing-fields.js';
import type { SeriesHere } from './use-series.js';
import css from './series.module.css';

/** Whether its dates depend on where it began. */
const isCounted = ({ rule }: Segment): boolean => rule.every === 'dates' || rule.interval > 1;

/** A stretch in force or to come: one that has ended is no more of interest. */
function isCurrent({ from, until }: Segment, today: string): boolean {
  return until === undefined || (until >= today && until >= from);
}

/** When the series comes round, its pause, its next dates, and the ways to change or end it. */
export function When(props: FieldsProps & { readonly answer: SeriesAnswer; readonly here: SeriesHere }) {
  const { form, fault, onChange, answer, here } = props;
  const { series } = answer;
  const { t, language, dates } = useText();
  const mayEdit = useMay()('session:edit') && series.state.status !== 'ended';
  const isDraft = series.state.status === 'draft';
  const dialogs = useDialogs<'change' | 'end'>();
  const today = todayInHelsinki();
  const current = series.segments.filter((segment) => isCurrent(segment, today));
  // Of one that has ended the rule is shown that it had last.
  const segments = current.length > 0 ? current : series.segments.slice(-1);
  const last = series.segments.at(-1);
  const coming = useComing(series, last);
  const dialog = { series, here };
  return (
    <Section id="when" title={t('sessions.series.when')}>
      <div className={css.split}>
        <div className={css.fields}>
          <ul className={css.segments}>
            {segments.map((segment) => (
              <li key={segment.number}>
                <strong>
                  {ruleWords(t, language, (segment === last ? coming?.rule : undefined) ?? segment.rule)}
                </strong>
                <span>
                  {t('sessions.rule.at', {
                    time: clockWords(language, segment.time),
                    minutes: segment.minutes,
                  })}
                </span>
                <span className={css.quiet}>
                  {segment.until === undefined
                    ? t('sessions.rule.since', { from: dates.plainDay(segment.from) })
                    : t('sessions.rule.between', {
                        from: dates.plainDay(segment.from),
                        until: dates.plainDay(segment.until),
                      })}
                </span>
              </li>
            ))}
          </ul>
          {mayEdit && (
            <div className={css.buttons}>
              <Button icon={<CalendarEdit20Regular />} onClick={() => dialogs.show('change')}>
                {t('sessions.change.verb')}
              </Button>
              {!isDraft && (
                <Button
                  appearance="subtle"
                  icon={<CalendarCancel20Regular />}
                  onClick={() => dialogs.show('end')}
                >
                  {t('sessions.end.verb')}
                </Button>
              )}
            </div>
          )}
          <PauseFields
            months={form.pausedMonths}
            fault={fault}
            onChange={(pausedMonths) => onChange({ pausedMonths })}
          />
        </div>
        {coming !== undefined && <ComingDates lines={coming.lines} />}
        {last !== undefined && mayEdit && coming === undefined && (
          <Preview
            input={{
              kind: series.kind,
              rule: last.rule,
              time: last.time,
              minutes: last.minutes,
              from: isCounted(last) || last.from > today ? last.from : today,
              ...(last.until !== undefined && { until: last.until }),
              pausedMonths: form.pausedMonths,
            }}
          />
        )}
      </div>
      {isDraft ? (
        <TimingDialog key={`change ${dialogs.round}`} {...dialog} {...dialogs.of('change')} />
      ) : (
        <ChangeFromDialog key={`change ${dialogs.round}`} {...dialog} {...dialogs.of('change')} />
      )}
      <EndDialog key={`end ${dialogs.round}`} {...dialog} {...dialogs.of('end')} />
    </Section>
  );
}

/** As many as one answer brings. */
const maxComing = 24;

/**
 * The sessions to come of dates that were chosen by hand, as they are now: moved ones are on their new date, and cancelled ones
 * are left out. Undefined for other series, for a draft (which has no sessions), and where nothing is to come.
 */
function useComing(series: Series, last: Segment | undefined) {
  const { api } = useShell();
  const isChosen = last?.rule.every === 'dates' && series.state.status === 'active';
  const loaded = useLoad(isChosen ? `upcoming dates ${series.id} ${String(series.auditCount)}` : 'none', () =>
    isChosen ? listUpcoming(api, maxComing, series.id) : Promise.resolve({ lines: [] }),
  );
  useFresh(loaded.refresh);
  const lines = (loaded.state === 'ready' ? loaded.value.lines : []).filter(
    ({ state }) => state.status !== 'cancelled',
  );
  if (lines.length === 0) return undefined;
  const dates = [...new Set(lines.map(({ start }) => wallTimeOf(start).date))];
  // Of more the answer has not all.
  const rule: Rule | undefined = lines.length < maxComing ? { every: 'dates', dates } : undefined;
  return { lines, rule };
}

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
  const overSeen = useSeen({ segments: series.segments });
  const send = (): Promise<void> =>
    overSeen((seen) =>
      here.make(
        () => here.api.changeFrom(timingInput(timing), seen),
        t('sessions.done.change', { from: timing.from === '' ? '' : dates.plainDay(timing.from) }),
      ),
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
          {isConflict(fault) && <RuleNow series={series} />}
          <div className={css.split}>
            <TimingFields isChange timing={timing} fault={fault} onChange={setTiming} />
            <Preview
              input={{ kind: series.kind, ...timingInput(timing), pausedMonths: series.pausedMonths }}
            />
          </div>
          {isDate(timing.from) && (
            <ChangeEffect
              about={`change ${series.id} ${JSON.stringify(timingInput(timing))}`}
              ask={() => here.api.previewChange(timingInput(timing))}
              what={() => t('sessions.effect.change', { from: dates.plainDay(timing.from) })}
            />
          )}
        </>
      )}
    </FormDialog>
  );
}

/** When a draft takes place: all of it anew. */
function TimingDialog(props: {
  readonly series: Series;
  readonly here: SeriesHere;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  const { series, here } = props;
  const { t } = useText();
  const [first] = series.segments;
  const [timing, setTiming] = useState(() =>
    first === undefined ? timingFor(series.kind) : timingOf(first, first.from),
  );
  const overSeen = useSeen({ segments: series.segments });
  const { until } = timing;
  const body = { ...timingInput(timing), ...(until === '' && { until: null }) };
  const send = (): Promise<void> =>
    overSeen((seen) => here.make(() => here.api.setTiming(body, seen), t('sessions.done.settings')));
  return (
    <FormDialog
      title={t('sessions.draft.timing.title')}
      verb={t('sessions.save')}
      isOpen={props.isOpen}
      isWide
      onClose={props.onClose}
      onSend={send}
    >
      {(fault) => (
        <>
          {isConflict(fault) && <RuleNow series={series} />}
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

/** By which rule the series goes on, now that somebody else has changed it. */
function RuleNow({ series }: { readonly series: Series }) {
  const { t, language } = useText();
  const last = series.segments.at(-1);
  if (last === undefined) return null;
  const rule = t('rule.at', {
    rule: ruleWords(t, language, last.rule),
    time: clockWords(language, last.time),
  });
  return <p>{t('sessions.change.now', { rule })}</p>;
}

/** No more after a day. */
export function EndDialog(props: {
  readonly series: Series;
  readonly here: SeriesHere;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  const { here } = props;
  const { texts } = useShell();
  const { t, dates } = useText();
  const [last, setLast] = useState(todayInHelsinki());
  const overSeen = useSeen({ segments: props.series.segments });
  const send = (): Promise<void> =>
    overSeen((seen) => here.make(() => here.api.end(last, seen), t('sessions.done.end')));
  return (
    <FormDialog
      title={t('sessions.end.title')}
      verb={t('sessions.end.verb')}
      isDanger
      isOpen={props.isOpen}
      onClose={props.onClose}
      onSend={send}
    >
      {(fault) => (
        <>
          <p>{t('sessions.end.text')}</p>
          {isConflict(fault) && <RuleNow series={props.series} />}
          <DateField
            label={t('sessions.end.last')}
            {...faultAt(texts, fault, 'last')}
            required
            min={todayInHelsinki()}
            value={last}
            onChange={setLast}
          />
          {isDate(last) && (
            <ChangeEffect
              about={`end ${props.series.id} ${last}`}
              ask={() => here.api.previewEnd(last)}
              what={({ last: left }) =>
                left === undefined
                  ? t('sessions.effect.endNow')
                  : t('sessions.effect.end', { last: dates.moment(left) })
              }
            />
          )}
        </>
      )}
    </FormDialog>
  );
}
