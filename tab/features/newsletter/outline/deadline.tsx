import { Button, Field, Input } from '@fluentui/react-components';
import { useState, type SyntheticEvent } from 'react';
import type { IssueView } from '../../../../src/newsletter/view.js';
import { useShell, useText } from '../../../shared/context.js';
import { fieldProblem } from '../../../shared/problem.js';
import type { IssueHere } from '../use-issue.js';
import css from './head.module.css';

/** Until when news is taken, and how to change it. */
export function Deadline(props: {
  readonly issue: IssueView;
  readonly here: IssueHere;
  readonly canEdit: boolean;
}) {
  const { issue, here, canEdit } = props;
  const { t, dates } = useText();
  const [isOpen, setOpen] = useState(false);
  const isPast = dates.daysSince(`${issue.deadline}T12:00:00Z`) > 0;
  const date = dates.plainDay(issue.deadline);
  return (
    <>
      <p className={css.facts}>
        {t(isPast ? 'newsletter.deadline.past' : 'newsletter.deadline', { date })}{' '}
        {canEdit && !isOpen && (
          <button type="button" className={css.link} onClick={() => setOpen(true)}>
            {t('newsletter.deadline.change')}
          </button>
        )}
      </p>
      {isOpen && <DeadlineForm issue={issue} here={here} onClose={() => setOpen(false)} />}
    </>
  );
}

function DeadlineForm(props: {
  readonly issue: IssueView;
  readonly here: IssueHere;
  readonly onClose: () => void;
}) {
  const { issue, here, onClose } = props;
  const { texts } = useShell();
  const { t, dates } = useText();
  const [deadline, setDeadline] = useState<string>(issue.deadline);
  const [fault, setFault] = useState<unknown>();
  const problem = fieldProblem(texts, fault, 'deadline');
  const save = async (event: SyntheticEvent): Promise<void> => {
    event.preventDefault();
    const put = () => here.api.setDeadline(deadline);
    const said = t('newsletter.deadline.done', { date: deadline === '' ? '' : dates.plainDay(deadline) });
    const error = await here.change(put, said, { quiet: ({ code }) => code === 'input.invalid' });
    setFault(error);
    if (error === undefined) onClose();
  };
  return (
    <form className={css.deadline} onSubmit={(event) => void save(event)}>
      <Field
        label={t('newsletter.deadline.field')}
        {...(problem !== undefined && { validationMessage: problem })}
      >
        <Input type="date" value={deadline} onChange={(_, data) => setDeadline(data.value)} />
      </Field>
      <Button type="submit">{t('newsletter.save')}</Button>
      <Button appearance="subtle" onClick={onClose}>
        {t('shared.cancel')}
      </Button>
    </form>
  );
}
