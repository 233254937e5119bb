import { Button } from '@fluentui/react-components';
import { HeartRegular } from '@fluentui/react-icons';
import type { Occurrence } from '../../../../src/sessions/occurrences/occurrence.js';
import { useShell, useText } from '../../../shared/context.js';
import type { OccurrenceHere } from './use-occurrence.js';
import css from './afterwards.module.css';

/** Thanks everybody with the materials and the recording; once for each time that it is asked. */
export function Thanks({
  occurrence,
  here,
}: {
  readonly occurrence: Occurrence;
  readonly here: OccurrenceHere;
}) {
  const { ask } = useShell();
  const { t } = useText();
  const thanked = occurrence.record?.thanked ?? 0;
  const thank = async (): Promise<void> => {
    const answered = await ask({
      title: t('sessions.thanks.ask'),
      text: t(thanked === 0 ? 'sessions.thanks.askText' : 'sessions.thanks.askAgain'),
      verb: t('sessions.thanks.verb'),
    });
    if (answered === undefined) return;
    await here.change(() => here.api.thank(thanked + 1), t('sessions.done.thanks'));
  };
  return (
    <div className={css.thanks}>
      <p>{t(thanked === 0 ? 'sessions.thanks.text' : 'sessions.thanks.sent')}</p>
      <Button
        appearance={thanked === 0 ? 'primary' : 'secondary'}
        icon={<HeartRegular />}
        onClick={() => void thank()}
      >
        {t(thanked === 0 ? 'sessions.thanks.verb' : 'sessions.thanks.again')}
      </Button>
    </div>
  );
}
