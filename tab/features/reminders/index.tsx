import { Button, Checkbox, Switch } from '@fluentui/react-components';
import { AlertRegular } from '@fluentui/react-icons';
import { useId, useState } from 'react';
import type { SeriesChoice } from '../../../src/sessions/series/series.js';
import type { Language } from '../../../src/shared/languages.js';
import { listSeries } from '../../shared/api.js';
import { useShell, useText } from '../../shared/context.js';
import { DateField } from '../../shared/date-fields/fields.js';
import { isDate } from '../../shared/date-fields/typed.js';
import { addDays, todayInHelsinki } from '../../shared/dates.js';
import { KindMark } from '../../shared/kind-mark.js';
import { useOffset } from '../../shared/offset.js';
import { SessionsPage } from '../../shared/sessions-page.js';
import { Await, Bones, Empty } from '../../shared/states.js';
import { useLoad } from '../../shared/use-load.js';
import { listChoices } from './api.js';
import {
  isMine,
  remindsPeople,
  offsetsOf,
  silentUntil,
  snoozed,
  turned,
  withOffset,
  useChoice,
  type RemindedSeries,
  type Saving,
} from './choice.js';
import css from './reminders.module.css';

/** What one wants to be reminded of: series by series, saved at once. */
export function RemindersView() {
  const { api, session } = useShell();
  const { t } = useText();
  const loaded = useLoad('my reminders', async () => {
    const [{ series }, { choices }] = await Promise.all([listSeries(api), listChoices(api)]);
    return { series, choices };
  });
  return (
    <SessionsPage place="reminders" title={t('reminders.title')} lead={t('reminders.lead')}>
      <Await loaded={loaded} bones={<Bones rows={3} height={132} />}>
        {({ series, choices }) => {
          const mine = series.filter((one) => isMine(one, session.person.projects) && remindsPeople(one));
          if (mine.length === 0) {
            return (
              <Empty
                icon={<AlertRegular />}
                title={t('reminders.empty.title')}
                text={t('reminders.empty.text')}
              />
            );
          }
          return (
            <ul className={css.series}>
              {mine.map((one) => (
                <SeriesReminders key={one.id} series={one} first={choices[one.id] ?? {}} />
              ))}
            </ul>
          );
        }}
      </Await>
    </SessionsPage>
  );
}

const farthestDays = 365;

/** The choices of one series: whether, how long before, and a silence until a date. */
export function SeriesReminders(props: { readonly series: RemindedSeries; readonly first: SeriesChoice }) {
  const { series, first } = props;
  const { t, language } = useText();
  const id = useId();
  const { choice, saving, choose } = useChoice(series.id, first);
  const isOn = choice.isOff !== true;
  return (
    <li className={css.one} aria-labelledby={id}>
      <div className={css.head}>
        <KindMark kind={series.kind} />
        <h2 id={id}>{series.names[language]}</h2>
        <Saved saving={saving} />
      </div>
      <Switch
        checked={isOn}
        label={t('reminders.on')}
        aria-describedby={id}
        onChange={(_, { checked }) => choose(turned(choice, checked, series))}
      />
      {isOn && <Offsets series={series} choice={choice} onChoose={choose} />}
      {isOn && <Snooze choice={choice} onChoose={choose} />}
    </li>
  );
}

type Choosing = {
  readonly choice: SeriesChoice;
  readonly onChoose: (choice: SeriesChoice) => void;
};

function Offsets({ series, choice, onChoose }: Choosing & { readonly series: RemindedSeries }) {
  const { t, language } = useText();
  const offset = useOffset();
  const chosen = offsetsOf(choice, series);
  const { quiet } = series.reminders;
  return (
    <fieldset className={css.offsets}>
      <legend>{t('reminders.when')}</legend>
      <div className={css.checks}>
        {series.reminders.offsets.map((minutes) => (
          <Checkbox
            key={minutes}
            label={offset(minutes)}
            checked={chosen.includes(minutes)}
            onChange={(_, { checked }) => onChoose(withOffset(choice, minutes, checked === true, series))}
          />
        ))}
      </div>
      {quiet !== undefined && (
        <p className={css.quiet}>
          {t('reminders.quiet', { from: clock(quiet.from, language), to: clock(quiet.to, language) })}
        </p>
      )}
    </fieldset>
  );
}

/** `21:00` as people write it: `21`, `07:30` as `7.30`; en `21:00`, `7:30`. */
function clock(time: string, language: Language): string {
  const [hour = '', minute = ''] = time.split(':');
  if (language === 'en') return `${String(Number(hour))}:${minute}`;
  return minute === '00' ? String(Number(hour)) : `${String(Number(hour))}.${minute}`;
}

function Snooze({ choice, onChoose }: Choosing) {
  const { t, dates } = useText();
  const today = todayInHelsinki();
  const until = silentUntil(choice, today);
  // What is no day to wait for stays in the field, with the reason.
  const [written, setWritten] = useState<string>();
  return (
    <div className={css.snooze}>
      <DateField
        label={t('reminders.snooze')}
        hint={
          until === undefined
            ? t('reminders.snooze.hint')
            : t('reminders.snooze.until', { date: dates.plainDay(until) })
        }
        min={addDays(today, 1)}
        max={addDays(today, farthestDays)}
        value={written ?? until ?? ''}
        onChange={(value) => {
          const isWithin = isDate(value) && value > today && value <= addDays(today, farthestDays);
          setWritten(isWithin || value === '' ? undefined : value);
          if (value === '') onChoose(snoozed(choice, undefined));
          else if (isWithin) onChoose(snoozed(choice, value));
        }}
      />
      {until !== undefined && (
        <Button appearance="subtle" onClick={() => onChoose(snoozed(choice, undefined))}>
          {t('reminders.snooze.end')}
        </Button>
      )}
    </div>
  );
}

/** The quiet word on what is stored. */
function Saved({ saving }: { readonly saving: Saving }) {
  const { t, dates } = useText();
  const text = (): string => {
    if (saving.phase === 'saving') return t('reminders.saving');
    if (saving.phase === 'saved') return t('reminders.saved', { time: dates.time(saving.at) });
    return saving.phase === 'failed' ? t('reminders.failed', { why: saving.why }) : '';
  };
  return (
    <span className={css.saved} role="status" data-trouble={saving.phase === 'failed'}>
      {text()}
    </span>
  );
}
