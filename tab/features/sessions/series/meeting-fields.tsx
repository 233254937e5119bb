import { Button, Checkbox, Field, Radio, RadioGroup } from '@fluentui/react-components';
import { useState } from 'react';
import type { MeetingStatus } from '../../../../src/sessions/calendar/meetings.js';
import type { Series } from '../../../../src/sessions/series/series.js';
import type { MeetingAccess } from '../../../../src/shared/series-meetings.js';
import { useMay, useShell, useText } from '../../../shared/context.js';
import { GroupField } from '../../../shared/group-field.js';
import { faultAt } from '../../../shared/problem.js';
import { useFresh, useWatching } from '../../../shared/use-fresh.js';
import { useLoad } from '../../../shared/use-load.js';
import { seriesApi } from '../api.js';
import type { FieldsProps } from './form.js';
import css from './meeting-fields.module.css';

/** Who gets into the online meetings of a series and what they may do there, under whether that holds. */
export function MeetingFields(props: FieldsProps & { readonly series: Series }) {
  const { form, fault, onChange, series } = props;
  const { texts } = useShell();
  const { t } = useText();
  const { meeting } = form;
  const set = (part: Partial<MeetingAccess>): void => onChange({ meeting: { ...meeting, ...part } });
  const choiceOf = (value: string): MeetingAccess['lobby'] =>
    value === 'everyone' ? 'everyone' : 'organisation';
  return (
    <>
      <Status series={series} />
      <Field label={t('sessions.meeting.lobby')} {...faultAt(texts, fault, 'meeting.lobby')}>
        <RadioGroup value={meeting.lobby} onChange={(_, { value }) => set({ lobby: choiceOf(value) })}>
          <Radio value="everyone" label={t('sessions.meeting.lobby.everyone')} />
          <Radio value="organisation" label={t('sessions.meeting.lobby.organisation')} />
        </RadioGroup>
      </Field>
      {form.isOpenToContacts && meeting.lobby === 'organisation' && (
        <p className={css.notice} data-tone="warning" role="status">
          {t('sessions.meeting.contactsWait')}
        </p>
      )}
      <Field label={t('sessions.meeting.presenters')} {...faultAt(texts, fault, 'meeting.presenters')}>
        <RadioGroup
          value={meeting.presenters}
          onChange={(_, { value }) => set({ presenters: choiceOf(value) })}
        >
          <Radio value="organisation" label={t('sessions.meeting.presenters.organisation')} />
          <Radio value="everyone" label={t('sessions.meeting.presenters.everyone')} />
        </RadioGroup>
      </Field>
      <GroupField label={t('sessions.meeting.attendees')} {...faultAt(texts, fault, 'meeting')}>
        <div className={css.checks}>
          {(['microphones', 'cameras'] as const).map((what) => (
            <Checkbox
              key={what}
              label={t(`sessions.meeting.attendees.${what}`)}
              checked={meeting[what]}
              onChange={(_, { checked }) => set({ [what]: checked === true })}
            />
          ))}
        </div>
      </GroupField>
    </>
  );
}

/** Whether the meetings are as they should be; where IT decides, what people outside meet and what to ask for. */
function Status({ series }: { readonly series: Series }) {
  const { api: server, fail, notify } = useShell();
  const { t, dates } = useText();
  const mayEdit = useMay()('session:edit');
  const [isBusy, setBusy] = useState(false);
  /** When what stands was found as the meetings were set again: another time says what came of that, within a minute. */
  const [asked, setAsked] = useState<{ readonly at: string | undefined; readonly until: number }>();
  const api = seriesApi(server, series.id);
  // A change of the settings is one of the series; the status follows it.
  const loaded = useLoad(`${api.path}/meeting?${series.auditCount}`, api.meeting);
  useFresh(loaded.refresh);
  const isAsked = ({ at }: MeetingStatus): boolean =>
    asked !== undefined && at === asked.at && Date.now() < asked.until;
  useWatching(loaded, (value) => (isAsked(value) ? [{ status: 'publishing' }] : []));
  if (loaded.state !== 'ready') return null;
  const { status, at, differs } = loaded.value;
  const again = async (): Promise<void> => {
    setBusy(true);
    try {
      const answer = await api.checkMeeting();
      setAsked({ at: answer.at, until: Date.now() + 60_000 });
      loaded.set(answer);
      notify(t('sessions.meeting.checking'));
    } catch (error) {
      fail(error);
    } finally {
      setBusy(false);
    }
  };
  // What is set is IT's to change later; what is on its way or somebody else's needs no second look.
  const canCheck = mayEdit && (status === 'set' || status === 'refused' || status === 'differs');
  const check = canCheck && (
    <Button
      appearance={status === 'set' ? 'subtle' : 'secondary'}
      disabledFocusable={isBusy || isAsked(loaded.value)}
      onClick={() => void (isBusy || again())}
    >
      {t('sessions.meeting.check')}
    </Button>
  );
  if (status === 'set' || status === 'pending')
    return (
      <div className={css.notice} data-tone="calm">
        <span role="status">
          {status === 'set' && at !== undefined
            ? t('sessions.meeting.status.set', { when: dates.moment(at) })
            : t('sessions.meeting.status.pending')}
        </span>
        {check}
      </div>
    );
  return (
    <div className={css.notice} data-tone="warning">
      <div className={css.texts} role="status">
        <strong>
          {t(status === 'ownLink' ? 'sessions.meeting.ownLink.title' : 'sessions.meeting.it.title')}
        </strong>
        <p>{t(`sessions.meeting.status.${status}`)}</p>
        <Differences {...loaded.value} />
        {(differs === undefined || differs.includes('lobby')) && <p>{t('sessions.meeting.outsiders')}</p>}
        <p>{t(`sessions.meeting.ask.${status}`)}</p>
      </div>
      {check}
    </div>
  );
}

/** What the organisation holds otherwise. */
function Differences({ differs = [] }: MeetingStatus) {
  const { t } = useText();
  if (differs.length === 0) return null;
  return (
    <ul>
      {differs.map((field) => (
        <li key={field}>{t(`sessions.meeting.differs.${field}`)}</li>
      ))}
    </ul>
  );
}
