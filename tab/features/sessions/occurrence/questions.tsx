import { Button, Field, Textarea } from '@fluentui/react-components';
import { ThumbLike16Filled, ThumbLike16Regular } from '@fluentui/react-icons';
import { useRef, useState } from 'react';
import type { Occurrence } from '../../../../src/sessions/occurrences/occurrence.js';
import type { AskedQuestion } from '../../../../src/sessions/topics/topic.js';
import type { QuestionsAnswer } from '../../../../src/shared/answers/sessions.js';
import { useMay, useShell, useText } from '../../../shared/context.js';
import { keepFocus } from '../../../shared/focus.js';
import { FormDialog } from '../../../shared/form-dialog.js';
import { faultAt } from '../../../shared/problem.js';
import { href } from '../../../shared/route.js';
import { Await, Bones } from '../../../shared/states.js';
import { useFresh } from '../../../shared/use-fresh.js';
import { useLoad, type Loaded } from '../../../shared/use-load.js';
import { useSeen } from '../../../shared/use-seen.js';
import type { OccurrenceApi } from '../api.js';
import { Section } from '../parts/section.js';
import { useIsPresenter, type OccurrenceHere } from './use-occurrence.js';
import css from './page.module.css';

/** Questions to those who present: asked by anybody, answered by them or the coordinator, or carried over. */
export function Questions({
  occurrence,
  here,
}: {
  readonly occurrence: Occurrence;
  readonly here: OccurrenceHere;
}) {
  const { t } = useText();
  const { api } = here;
  const loaded = useLoad(api.questionsPath, api.questions);
  useFresh(loaded.refresh);
  const may = useMay();
  const isOver = occurrence.state.status === 'held' || occurrence.state.status === 'cancelled';
  const mayAnswer = useIsPresenter()(occurrence) || may('session:edit');
  return (
    <Section id="questions" title={t('sessions.questions.title')}>
      <Await loaded={loaded} bones={<Bones rows={1} height={64} />}>
        {({ questions }) =>
          questions.length === 0 ? (
            <p className={css.text}>{t(isOver ? 'sessions.questions.none' : 'sessions.questions.first')}</p>
          ) : (
            <ul className={css.list}>
              {questions.map((question) => (
                <One key={question.id} question={question} mayAnswer={mayAnswer} api={api} loaded={loaded} />
              ))}
            </ul>
          )
        }
      </Await>
      {!isOver && may('session:take') && <Ask api={api} loaded={loaded} />}
    </Section>
  );
}

function Ask({ api, loaded }: { readonly api: OccurrenceApi; readonly loaded: Loaded<QuestionsAnswer> }) {
  const { texts } = useShell();
  const { t } = useText();
  const [text, setText] = useState('');
  const [fault, setFault] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const formId = useRef<string>(undefined);
  const ask = async (): Promise<void> => {
    setBusy(true);
    formId.current ??= crypto.randomUUID();
    try {
      await api.ask(text, formId.current);
      formId.current = undefined;
      setText('');
      setFault(undefined);
      loaded.reload();
    } catch (error) {
      setFault(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBusy) void ask();
      }}
    >
      <Field label={t('sessions.questions.ask')} {...faultAt(texts, fault, 'text', [codeOf(fault)])}>
        <Textarea
          value={text}
          resize="vertical"
          onChange={(_, { value }) => setText(value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void ask();
          }}
        />
      </Field>
      <Button type="submit" disabledFocusable={isBusy || text.trim() === ''}>
        {t('sessions.questions.send')}
      </Button>
    </form>
  );
}

/** A form with one field says there whatever was wrong. */
const codeOf = (fault: unknown): string =>
  typeof fault === 'object' && fault !== null && 'code' in fault ? String(fault.code) : '';

function One(props: {
  readonly question: AskedQuestion;
  readonly mayAnswer: boolean;
  readonly api: OccurrenceApi;
  readonly loaded: Loaded<QuestionsAnswer>;
}) {
  const { question, mayAnswer, api, loaded } = props;
  const { texts, notify, fail } = useShell();
  const { t, dates } = useText();
  const may = useMay();
  const [isAnswering, setAnswering] = useState(false);
  const [answer, setAnswer] = useState('');
  // The form is opened for a question that has no answer yet.
  const overSeen = useSeen({ answer: null });
  const { state } = question;
  const carry = async (): Promise<void> => {
    try {
      await api.carryOverQuestion(question.id);
      notify(t('sessions.done.carryOver'));
      keepFocus();
    } catch (error) {
      fail(error);
    }
    loaded.reload();
  };
  const votes = question.votes ?? 0;
  const vote = async (): Promise<void> => {
    try {
      await api.voteForQuestion(question.id, !question.isVoted);
    } catch (error) {
      fail(error);
    }
    loaded.reload();
  };
  const send = async (): Promise<void> => {
    await overSeen((seen) => api.answerQuestion(question.id, answer, seen));
    notify(t('sessions.done.answered'));
    loaded.reload();
  };
  return (
    <li className={css.card}>
      <p className={css.large}>{question.text}</p>
      <div className={css.row}>
        {(state.status === 'open' || votes > 0) && (
          <Button
            size="small"
            appearance={question.isVoted ? 'primary' : 'secondary'}
            icon={question.isVoted ? <ThumbLike16Filled /> : <ThumbLike16Regular />}
            aria-pressed={question.isVoted}
            disabled={state.status !== 'open' || !may('session:take')}
            aria-label={t('sessions.questions.vote', { count: votes, question: question.text })}
            onClick={() => void vote()}
          >
            {votes}
          </Button>
        )}
        <p className={css.quiet}>
          {question.by.name} · {dates.brief(question.at)}
        </p>
      </div>
      {state.status === 'answered' && (
        <div className={css.answer}>
          <p>{state.answer}</p>
          <p className={css.quiet}>{state.by.name}</p>
        </div>
      )}
      {state.status === 'carriedOver' && (
        <p className={css.quiet}>
          <a href={href(['sessions', state.to])}>{t('sessions.questions.carried')}</a>
        </p>
      )}
      {state.status === 'open' && mayAnswer && (
        <div className={css.row}>
          <Button size="small" onClick={() => setAnswering(true)}>
            {t('sessions.questions.answer')}
          </Button>
          {may('session:edit') && (
            <Button size="small" appearance="subtle" onClick={() => void carry()}>
              {t('sessions.questions.carry')}
            </Button>
          )}
        </div>
      )}
      <FormDialog
        title={t('sessions.questions.answerTitle')}
        verb={t('sessions.questions.answer')}
        isOpen={isAnswering}
        onClose={() => setAnswering(false)}
        onSend={send}
      >
        {(fault) => (
          <>
            <p>{question.text}</p>
            <Field label={t('sessions.questions.yourAnswer')} {...faultAt(texts, fault, 'answer')}>
              <Textarea
                rows={4}
                resize="vertical"
                value={answer}
                onChange={(_, { value }) => setAnswer(value)}
              />
            </Field>
          </>
        )}
      </FormDialog>
    </li>
  );
}
