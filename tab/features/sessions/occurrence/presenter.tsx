import { Button } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import type { Occurrence } from '../../../../src/sessions/occurrences/occurrence.js';
import { useMay, useProjectName, useShell, useText } from '../../../shared/context.js';
import { Section } from '../parts/section.js';
import { useDialogs } from '../parts/use-dialogs.js';
import { AnswerDialog } from './answer-dialog.js';
import { AssignDialog, SwapDialog, VolunteerDialog } from './turn-dialogs.js';
import { useIsPresenter, type OccurrenceHere } from './use-occurrence.js';
import css from './page.module.css';

type Asked = 'answer' | 'assign' | 'swap' | 'volunteer';

/** Whose turn it is and what they will present; what one can do about it oneself. */
export function Presenter({
  occurrence,
  here,
}: {
  readonly occurrence: Occurrence;
  readonly here: OccurrenceHere;
}) {
  const { t } = useText();
  const dialogs = useDialogs<Asked>();
  const dialog = (asked: Asked) => ({
    occurrence,
    here,
    ...dialogs.of(asked),
  });
  return (
    <Section id="presenter" title={t('sessions.presenter.title')}>
      <Standing occurrence={occurrence} />
      <SwapAsked occurrence={occurrence} here={here} />
      <Choices occurrence={occurrence} here={here} onOpen={dialogs.show} />
      <AnswerDialog key={`answer ${dialogs.round}`} {...dialog('answer')} />
      <AssignDialog key={`assign ${dialogs.round}`} {...dialog('assign')} />
      <SwapDialog key={`swap ${dialogs.round}`} {...dialog('swap')} />
      <VolunteerDialog key={`volunteer ${dialogs.round}`} {...dialog('volunteer')} />
    </Section>
  );
}

function Standing({ occurrence: { slot, talk, state } }: { readonly occurrence: Occurrence }) {
  const { t, dates } = useText();
  const projectName = useProjectName();
  if (slot === undefined || slot.how === 'nobody') {
    return (
      <p className={css.text}>
        {t(state.status === 'held' ? 'sessions.presenter.none' : 'sessions.presenter.open')}
      </p>
    );
  }
  const project = projectName(slot.projectId);
  return (
    <div className={css.card}>
      <p className={css.large}>
        <strong>{project}</strong>
      </p>
      <p className={css.quiet}>{t(`sessions.presenter.how.${slot.how}`)}</p>
      {talk === undefined ? (
        state.status !== 'held' && <p>{t('sessions.presenter.waiting')}</p>
      ) : (
        <>
          <p lang={talk.language}>{talk.topic}</p>
          <p className={css.quiet}>
            {t('sessions.presenter.told', {
              speaker: talk.presenter,
              by: talk.by.name,
              when: dates.day(talk.at),
            })}
          </p>
        </>
      )}
    </div>
  );
}

/** Another project asks to swap: those whose turn it is answer. */
function SwapAsked({ occurrence, here }: { readonly occurrence: Occurrence; readonly here: OccurrenceHere }) {
  const { t, dates } = useText();
  const isPresenter = useIsPresenter()(occurrence);
  const swap = occurrence.record?.swap;
  if (swap === undefined) return null;
  const date = swap.with.slice(-8).replace(/(\d{4})(\d{2})(\d{2})/, '$1-$2-$3');
  const answer = (accepted: boolean): void =>
    void here.change(
      () => here.api.answerSwap(swap.with, accepted),
      t(accepted ? 'sessions.done.swapAccepted' : 'sessions.done.swapDeclined'),
    );
  return (
    <div className={css.card}>
      <p>{t('sessions.swap.asked', { name: swap.by.name, when: dates.plainDay(date) })}</p>
      {isPresenter && (
        <div className={css.row}>
          <Button onClick={() => answer(true)}>{t('sessions.swap.accept')}</Button>
          <Button appearance="subtle" onClick={() => answer(false)}>
            {t('sessions.swap.decline')}
          </Button>
        </div>
      )}
    </div>
  );
}

function Choices(props: {
  readonly occurrence: Occurrence;
  readonly here: OccurrenceHere;
  readonly onOpen: (asked: Asked) => void;
}): ReactNode {
  const { occurrence, here, onOpen } = props;
  const { ask, session } = useShell();
  const { t } = useText();
  const may = useMay();
  const isPresenter = useIsPresenter()(occurrence);
  const { slot, talk, state } = occurrence;
  const mayEdit = may('session:edit');
  if (slot === undefined || (state.status !== 'planned' && state.status !== 'confirmed')) return null;
  const isAgreed = slot.how !== 'nobody' && slot.how !== 'proposed';
  const mayVolunteer = may('session:take') && !isAgreed && session.person.projects.length > 0;
  const giveUp = async (): Promise<void> => {
    const answered = await ask({
      title: t('sessions.giveUp.title'),
      text: t('sessions.giveUp.text'),
      verb: t('sessions.giveUp.verb'),
    });
    if (answered === undefined) return;
    await here.change(here.api.giveUp, t('sessions.done.giveUp'));
  };
  return (
    <div className={css.row}>
      {(isPresenter || mayEdit) && slot.how !== 'nobody' && (
        <Button onClick={() => onOpen('answer')}>
          {t(talk === undefined ? 'sessions.answer.verb' : 'sessions.answer.change')}
        </Button>
      )}
      {mayEdit && (
        <Button appearance={slot.how === 'nobody' ? 'secondary' : 'subtle'} onClick={() => onOpen('assign')}>
          {t('sessions.assign.verb')}
        </Button>
      )}
      {!mayEdit && mayVolunteer && (
        <Button onClick={() => onOpen('volunteer')}>{t('sessions.volunteer.verb')}</Button>
      )}
      {(isPresenter || mayEdit) && isAgreed && (
        <Button appearance="subtle" onClick={() => onOpen('swap')}>
          {t('sessions.swap.verb')}
        </Button>
      )}
      {isPresenter && isAgreed && (
        <Button appearance="subtle" onClick={() => void giveUp()}>
          {t('sessions.giveUp.verb')}
        </Button>
      )}
    </div>
  );
}
