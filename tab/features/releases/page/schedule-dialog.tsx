import { DialogBody, DialogContent, DialogTitle } from '@fluentui/react-components';
import { useState } from 'react';
import { ApiError } from '../../../api.js';
import { useShell, useText } from '../../../shared/context.js';
import { DateField, TimeField } from '../../../shared/date-fields/fields.js';
import { DialogButtons } from '../../../shared/dialog-buttons.js';
import { DialogFrame } from '../../../shared/dialog-frame.js';
import { offeredTime, todayInHelsinki } from '../../../shared/dates.js';
import { fieldProblem, problemText } from '../../../shared/problem.js';
import { useSeen } from '../../../shared/use-seen.js';
import { useAlthough } from '../../../shared/writing/although.js';
import type { ReleaseAnswer } from '../../../../src/shared/answers/releases.js';
import type { Consent } from '../api.js';
import { useConsent, type ReleaseHere } from '../use-releases.js';
import css from './page.module.css';

const isOfReason = ({ fields }: ApiError): boolean => fields.some(({ field }) => field === 'waiver');
const atFields = ({ code, fields }: ApiError): boolean => fields.length > 0 || code === 'release.timePassed';

interface Scheduling {
  readonly answer: ReleaseAnswer;
  readonly due: string | undefined;
  readonly earliest: string | undefined;
  readonly here: ReleaseHere;
  /** Closed it stays in the page, so that Fluent can give back the focus and the page behind it. */
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** The time as it is being chosen, and its way to the server; what is wrong with it comes back as a fault. */
function useScheduling({ due, earliest, answer, here, onClose }: Scheduling) {
  const { t } = useText();
  const [wallTime, setWallTime] = useState(() => offeredTime(due, earliest));
  const overSeen = useSeen({ due: due ?? null });
  const [fault, setFault] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const consented = useConsent();
  const although = useAlthough();
  const schedule = async (consent: Consent): Promise<void> => {
    const isAsked = consent.waiver !== undefined;
    setBusy(true);
    const make = (isMeant: boolean) =>
      overSeen((seen) =>
        here.api.schedule(wallTime, seen, { ...consent, ...(isMeant && { although: true }) }),
      );
    // A fault of the time is said at its fields, in this dialog; any other where the reason was written, if it was.
    const isQuiet = (error: ApiError): boolean => isAsked || atFields(error);
    const error = await here.change(() => although(make), t('release.done.schedule'), isQuiet);
    setBusy(false);
    if (isAsked && error instanceof ApiError && (!atFields(error) || isOfReason(error))) throw error;
    const isHere = error instanceof ApiError && atFields(error);
    if (isHere) setFault(error);
    else onClose();
  };
  const send = (): Promise<void> => consented(here.latest() ?? answer, schedule);
  return { wallTime, setWallTime, fault, isBusy, send };
}

/** Asks for a date and a time in Helsinki; what is wrong with them is said at the field. */
export function ScheduleDialog(props: Scheduling) {
  const { earliest, isOpen, onClose } = props;
  const { texts } = useShell();
  const { t, dates } = useText();
  const { wallTime, setWallTime, fault, isBusy, send } = useScheduling(props);
  const isPassed = fault instanceof ApiError && fault.code === 'release.timePassed';
  const problem = (text: string | undefined) => (text === undefined ? {} : { validationMessage: text });
  return (
    <DialogFrame isOpen={isOpen} onClose={onClose} className={css.dialog}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <DialogBody>
          <DialogTitle>{t('release.schedule.title')}</DialogTitle>
          <DialogContent className={css.fields}>
            <DateField
              label={t('release.schedule.date')}
              {...(earliest !== undefined && {
                hint: t('release.schedule.earliest', { date: dates.plainDay(earliest) }),
              })}
              {...problem(fieldProblem(texts, fault, 'date') ?? fieldProblem(texts, fault, 'due'))}
              required
              min={earliest ?? todayInHelsinki()}
              value={wallTime.date}
              onChange={(date) => setWallTime({ ...wallTime, date })}
            />
            <TimeField
              label={t('release.schedule.time')}
              {...problem(isPassed ? problemText(texts, fault) : fieldProblem(texts, fault, 'time'))}
              required
              value={wallTime.time}
              onChange={(time) => setWallTime({ ...wallTime, time })}
            />
            <p className={css.zone}>{t('release.schedule.zone')}</p>
          </DialogContent>
          <DialogButtons act={{ verb: t('release.move.schedule'), isBusy }} />
        </DialogBody>
      </form>
    </DialogFrame>
  );
}
