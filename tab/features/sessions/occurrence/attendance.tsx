import { Button, Field, Input } from '@fluentui/react-components';
import { useState } from 'react';
import type { Occurrence } from '../../../../src/sessions/occurrences/occurrence.js';
import { useMay, useShell, useText } from '../../../shared/context.js';
import { faultAt } from '../../../shared/fault-at.js';
import { FormDialog } from '../../../shared/form-dialog.js';
import { useDialogs } from '../parts/use-dialogs.js';
import type { OccurrenceHere } from './use-occurrence.js';
import css from './afterwards.module.css';

/** How many were there: as the meeting reports, or a number by hand. */
export function Attendance({
  occurrence,
  here,
}: {
  readonly occurrence: Occurrence;
  readonly here: OccurrenceHere;
}) {
  const { t, dates } = useText();
  const mayEdit = useMay()('session:edit');
  const attendance = occurrence.record?.attendance;
  const dialogs = useDialogs<'count'>();
  return (
    <div className={css.box}>
      <h3>{t('sessions.attendance.title')}</h3>
      {attendance === undefined ? (
        <p className={css.quiet}>{t('sessions.attendance.none')}</p>
      ) : (
        <>
          <p className={css.number}>{attendance.count}</p>
          <p className={css.quiet}>
            {attendance.from === 'hand'
              ? t('sessions.attendance.byHand', { name: attendance.by.name, when: dates.day(attendance.at) })
              : t('sessions.attendance.byReport', { when: dates.moment(attendance.at) })}
          </p>
          {attendance.from === 'meeting' && attendance.people.length > 0 && (
            <details>
              <summary>{t('sessions.attendance.people')}</summary>
              <ul className={css.people} tabIndex={0} aria-label={t('sessions.attendance.people')}>
                {attendance.people.map(({ name, minutes }, index) => (
                  <li key={`${name} ${index}`}>
                    <span>{name}</span>
                    <span>{t('sessions.minutes', { count: minutes })}</span>
                  </li>
                ))}
              </ul>
            </details>
          )}
        </>
      )}
      {mayEdit && (
        <div className={css.buttons}>
          <Button size="small" onClick={() => dialogs.show('count')}>
            {t(attendance === undefined ? 'sessions.attendance.enter' : 'sessions.attendance.correct')}
          </Button>
          <Button
            size="small"
            appearance="subtle"
            onClick={() => void here.change(here.api.fetchAttendance, t('sessions.done.attendance'))}
          >
            {t('sessions.attendance.fetch')}
          </Button>
        </div>
      )}
      <CountDialog key={dialogs.round} count={attendance?.count} here={here} {...dialogs.of('count')} />
    </div>
  );
}

function CountDialog(props: {
  readonly count: number | undefined;
  readonly here: OccurrenceHere;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  const { here, isOpen, onClose } = props;
  const { texts } = useShell();
  const { t } = useText();
  const [count, setCount] = useState(props.count === undefined ? '' : String(props.count));
  const send = (): Promise<void> =>
    here.make(() => here.api.setAttendance(Number(count)), t('sessions.done.attendance'));
  return (
    <FormDialog
      title={t('sessions.attendance.title')}
      verb={t('sessions.save')}
      isOpen={isOpen}
      onClose={onClose}
      onSend={send}
    >
      {(fault) => (
        <Field label={t('sessions.attendance.label')} {...faultAt(texts, fault, 'count')}>
          <Input type="number" required min={0} value={count} onChange={(_, { value }) => setCount(value)} />
        </Field>
      )}
    </FormDialog>
  );
}
