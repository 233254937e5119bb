import { DialogBody, DialogContent, DialogTitle, Field, Textarea } from '@fluentui/react-components';
import { useEffect, useId, useState, useSyncExternalStore } from 'react';
import { ApiError } from '../api.js';
import { useShell, useText, type Answered, type Question } from '../shared/context.js';
import { DialogButtons } from '../shared/dialog-buttons.js';
import { DialogFrame } from '../shared/dialog-frame.js';
import { fieldProblem, problemText } from '../shared/problem.js';
import css from './dialog.module.css';

interface Asking {
  readonly question: Question;
  /** What the answer does; the dialog is open until it has succeeded. */
  readonly act?: ((answered: Answered) => Promise<unknown>) | undefined;
  readonly onAnswer: (answer: Answered | undefined) => void;
}

/** Asks before something that weighs; with a note where one is wanted. The focus goes back afterwards. */
export function QuestionDialog({
  isOpen,
  ...asking
}: Asking & {
  /** Closed it stays in the page, so that Fluent can give back the page behind it. */
  readonly isOpen: boolean;
}) {
  return (
    <DialogFrame
      isOpen={isOpen}
      isAlert={asking.question.note === undefined}
      onClose={() => asking.onAnswer(undefined)}
      className={css.surface}
    >
      <Inside {...asking} />
    </DialogFrame>
  );
}

const neverChanges = (): (() => void) => () => undefined;

/** The text of a question as it is now; a question whose text goes is answered with no. */
function useQuestionText({ text }: Question, onAnswer: Asking['onAnswer']): string | undefined {
  const isLive = typeof text === 'object';
  const shown = useSyncExternalStore(isLive ? text.subscribe : neverChanges, isLive ? text.now : () => text);
  const isGone = isLive && shown === undefined;
  useEffect(() => {
    if (isGone) onAnswer(undefined);
    // The answer is given once, whichever function takes it.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [isGone]);
  return shown;
}

/** What is wrong with what was written, where the server names it: there is one field. */
function useFault(fault: unknown): { readonly atField?: string; readonly said?: string } {
  const { texts } = useShell();
  if (fault === undefined) return {};
  const [first] = fault instanceof ApiError ? fault.fields : [];
  const atField = first && fieldProblem(texts, fault, first.field);
  return atField === undefined ? { said: problemText(texts, fault) } : { atField };
}

function Inside({ question, act, onAnswer }: Asking) {
  const { t } = useText();
  const field = useId();
  const text = useQuestionText(question, onAnswer);
  const [note, setNote] = useState(question.note?.text ?? '');
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>();
  const { atField, said } = useFault(fault);
  const isShort = question.note?.required === true && note.trim() === '';
  const isLong = question.note !== undefined && note.length > question.note.limit;
  const send = async (): Promise<void> => {
    const answered = { note: note.trim() };
    setBusy(true);
    setFault(undefined);
    try {
      await act?.(answered);
    } catch (error) {
      setFault(error);
      setBusy(false);
      document.getElementById(field)?.focus();
      return;
    }
    onAnswer(answered);
  };
  const answer = (): void => {
    setTried(true);
    if (isShort || isLong) document.getElementById(field)?.focus();
    else if (!isBusy) void send();
  };
  let problem = atField;
  if (isTried && isShort) problem = t('field.required');
  if (isLong) problem = t('field.tooLong', { length: note.length, limit: question.note.limit });
  return (
    <DialogBody>
      <DialogTitle>{question.title}</DialogTitle>
      <DialogContent className={css.content}>
        {text !== undefined && <p>{text}</p>}
        {question.note !== undefined && (
          <Field
            label={question.note.label}
            required={question.note.required}
            {...(question.note.hint === undefined ? {} : { hint: question.note.hint })}
            {...(problem === undefined ? {} : { validationMessage: problem })}
          >
            <Textarea
              id={field}
              value={note}
              rows={5}
              resize="vertical"
              readOnly={isBusy}
              onChange={(_, data) => setNote(data.value)}
              onKeyDown={(event) => {
                if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) answer();
              }}
            />
          </Field>
        )}
        {said !== undefined && (
          <p role="alert" className={css.fault}>
            {said}
          </p>
        )}
      </DialogContent>
      <DialogButtons
        act={{ verb: question.verb, run: answer, isBusy, isDanger: question.isDanger === true }}
      />
    </DialogBody>
  );
}
