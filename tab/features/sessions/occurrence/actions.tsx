import { Button } from '@fluentui/react-components';
import {
  ArrowHookUpLeft20Regular,
  CalendarCancel20Regular,
  CalendarCheckmark20Regular,
  CalendarClock20Regular,
  Checkmark20Regular,
  Edit20Regular,
  Settings20Regular,
} from '@fluentui/react-icons';
import { lazy, Suspense } from 'react';
import type { OccurrenceAnswer } from '../../../../src/shared/answers/sessions.js';
import { useMay, useText } from '../../../shared/context.js';
import { useDialogs } from '../../../shared/form-dialog.js';
import { href } from '../../../shared/route.js';
import type { OccurrenceHere } from './use-occurrence.js';
import css from './page.module.css';

const MoveDialog = lazy(async () => ({ default: (await import('./dialogs.js')).MoveDialog }));
const CancelDialog = lazy(async () => ({ default: (await import('./dialogs.js')).CancelDialog }));
const RestoreDialog = lazy(async () => ({ default: (await import('./dialogs.js')).RestoreDialog }));
const EditDialog = lazy(async () => ({ default: (await import('./dialogs.js')).EditDialog }));

/** A move that is asked about as soon as the page opens, with the date (ISO) that was proposed where one was. */
export interface Moving {
  readonly date: string | undefined;
}

type Asked = 'move' | 'edit' | 'cancel' | 'restore';

/** What the coordinator can do with this one occurrence, and the way to the settings of its series. */
export function Actions(props: {
  readonly answer: OccurrenceAnswer;
  readonly here: OccurrenceHere;
  /** Opens the move at once. */
  readonly moving: Moving | undefined;
}) {
  const { answer, here } = props;
  const { occurrence } = answer;
  const { t } = useText();
  const dialogs = useDialogs<Asked>(props.moving && 'move');
  if (!useMay()('session:edit')) return null;
  const { status } = occurrence.state;
  const isAhead = status === 'planned' || status === 'confirmed';
  return (
    <div className={css.actions}>
      {isAhead && <Ahead answer={answer} here={here} onOpen={dialogs.show} />}
      {status === 'cancelled' && (
        <Button icon={<ArrowHookUpLeft20Regular />} onClick={() => dialogs.show('restore')}>
          {t('sessions.restore.verb')}
        </Button>
      )}
      <Button
        as="a"
        appearance="subtle"
        icon={<Settings20Regular />}
        href={href(['sessions', 'series', occurrence.seriesId])}
      >
        {t('sessions.series.open')}
      </Button>
      {isAhead && (
        <Suspense fallback={null}>
          <MoveDialog
            key={`move ${dialogs.round}`}
            answer={answer}
            here={here}
            // Opened again, it begins with the date as it is.
            firstDate={dialogs.round === 0 ? props.moving?.date : undefined}
            {...dialogs.of('move')}
          />
          <EditDialog
            key={`edit ${dialogs.round}`}
            occurrence={occurrence}
            here={here}
            {...dialogs.of('edit')}
          />
          <CancelDialog
            key={`cancel ${dialogs.round}`}
            occurrence={occurrence}
            here={here}
            {...dialogs.of('cancel')}
          />
        </Suspense>
      )}
      {status === 'cancelled' && (
        <Suspense fallback={null}>
          <RestoreDialog
            key={`restore ${dialogs.round}`}
            occurrence={occurrence}
            here={here}
            {...dialogs.of('restore')}
          />
        </Suspense>
      )}
    </div>
  );
}

function Ahead(props: {
  readonly answer: OccurrenceAnswer;
  readonly here: OccurrenceHere;
  readonly onOpen: (asked: Asked) => void;
}) {
  const { answer, here, onOpen } = props;
  const { state, holiday } = answer.occurrence;
  const { t } = useText();
  const { keep, confirm } = here.api;
  const isPlanned = state.status === 'planned';
  return (
    <>
      <Button icon={<CalendarClock20Regular />} onClick={() => onOpen('move')}>
        {t('sessions.move.verb')}
      </Button>
      {holiday !== undefined && (
        <Button
          icon={<CalendarCheckmark20Regular />}
          onClick={() => void here.change(keep, t('sessions.done.keep'))}
        >
          {t('sessions.keep.verb')}
        </Button>
      )}
      <Button
        icon={isPlanned ? <Checkmark20Regular /> : <ArrowHookUpLeft20Regular />}
        onClick={() =>
          void here.change(
            () => confirm(isPlanned),
            t(isPlanned ? 'sessions.done.confirm' : 'sessions.done.unconfirm'),
          )
        }
      >
        {t(isPlanned ? 'sessions.confirm.verb' : 'sessions.unconfirm.verb')}
      </Button>
      <Button appearance="subtle" icon={<Edit20Regular />} onClick={() => onOpen('edit')}>
        {t('sessions.edit.verb')}
      </Button>
      <Button appearance="subtle" icon={<CalendarCancel20Regular />} onClick={() => onOpen('cancel')}>
        {t('sessions.cancel.verb')}
      </Button>
    </>
  );
}
