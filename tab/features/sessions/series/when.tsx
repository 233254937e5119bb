import { Button } from '@fluentui/react-components';
import { CalendarCancel20Regular, CalendarEdit20Regular } from '@fluentui/react-icons';
import type { SeriesAnswer } from '../../../../src/shared/answers/sessions.js';
import type { Segment } from '../../../../src/sessions/series/series.js';
import { useMay, useText } from '../../../shared/context.js';
import { todayInHelsinki } from '../../../shared/wall-time.js';
import { Section } from '../parts/section.js';
import { useDialogs } from '../parts/use-dialogs.js';
import { ChangeFromDialog } from './change-from-dialog.js';
import { EndDialog } from './end-dialog.js';
import type { FieldsProps } from './fields.js';
import { PauseFields } from './pause-fields.js';
import { Preview } from './preview.js';
import { clockWords } from '../../../../src/shared/rule-words.js';
import { ruleWords } from './rule-words.js';
import type { SeriesHere } from './use-series.js';
import css from './series.module.css';

/** A stretch in force or to come: one that has ended is no more of interest. */
function isCurrent({ from, until }: Segment, today: string): boolean {
  return until === undefined || (until >= today && until >= from);
}

/** When the series comes round, its pause, its next dates, and the ways to change or end it. */
export function When(props: FieldsProps & { readonly answer: SeriesAnswer; readonly here: SeriesHere }) {
  const { form, fault, onChange, answer, here } = props;
  const { series } = answer;
  const { t, language, dates } = useText();
  const mayEdit = useMay()('session:edit') && series.state.status === 'active';
  const dialogs = useDialogs<'change' | 'end'>();
  const today = todayInHelsinki();
  const segments = series.segments.filter((segment) => isCurrent(segment, today));
  const last = series.segments.at(-1);
  const dialog = { series, here };
  return (
    <Section id="when" title={t('sessions.series.when')}>
      <div className={css.split}>
        <div className={css.fields}>
          <ul className={css.segments}>
            {segments.map((segment) => (
              <li key={segment.number}>
                <strong>{ruleWords(t, language, segment.rule)}</strong>
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
              <Button
                appearance="subtle"
                icon={<CalendarCancel20Regular />}
                onClick={() => dialogs.show('end')}
              >
                {t('sessions.end.verb')}
              </Button>
            </div>
          )}
          <PauseFields
            months={form.pausedMonths}
            fault={fault}
            onChange={(pausedMonths) => onChange({ pausedMonths })}
          />
        </div>
        {last !== undefined && series.state.status === 'active' && (
          <Preview
            input={{
              kind: series.kind,
              rule: last.rule,
              time: last.time,
              minutes: last.minutes,
              from: last.rule.interval > 1 || last.from > today ? last.from : today,
              ...(last.until !== undefined && { until: last.until }),
              pausedMonths: form.pausedMonths,
            }}
          />
        )}
      </div>
      <ChangeFromDialog key={`change ${dialogs.round}`} {...dialog} {...dialogs.of('change')} />
      <EndDialog key={`end ${dialogs.round}`} {...dialog} {...dialogs.of('end')} />
    </Section>
  );
}
