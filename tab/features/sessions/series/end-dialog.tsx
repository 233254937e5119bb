import { Field, Input } from '@fluentui/react-components';
import { useState } from 'react';
import type { Series } from '../../../../src/sessions/series/series.js';
import { useShell, useText } from '../../../shared/context.js';
import { todayInHelsinki } from '../../../shared/wall-time.js';
import { faultAt } from '../../../shared/fault-at.js';
import { FormDialog } from '../../../shared/form-dialog.js';
import type { SeriesHere } from './use-series.js';

/** No more after a day. */
export function EndDialog(props: {
  readonly series: Series;
  readonly here: SeriesHere;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  const { here } = props;
  const { texts } = useShell();
  const { t } = useText();
  const [last, setLast] = useState(todayInHelsinki());
  const send = (): Promise<void> => here.make(() => here.api.end(last), t('sessions.done.end'));
  return (
    <FormDialog
      title={t('sessions.end.title')}
      verb={t('sessions.end.verb')}
      isOpen={props.isOpen}
      onClose={props.onClose}
      onSend={send}
    >
      {(fault) => (
        <>
          <p>{t('sessions.end.text')}</p>
          <Field label={t('sessions.end.last')} {...faultAt(texts, fault, 'last')}>
            <Input
              type="date"
              required
              min={todayInHelsinki()}
              value={last}
              onChange={(_, { value }) => setLast(value)}
            />
          </Field>
        </>
      )}
    </FormDialog>
  );
}
