import { DialogBody, DialogContent, DialogTitle, Field, Textarea } from '@fluentui/react-components';
import { useId, useState } from 'react';
import { useText, type Question } from '../shared/context.js';
import { DialogButtons } from '../shared/dialog-buttons.js';
import { DialogFrame } from '../shared/dialog-frame.js';
import css from './dialog.module.css';

interface Asking {
  readonly question: Question;
  readonly onAnswer: (answer: { note: string } | undefined) => void;
}

/** Asks before something that weighs; with a note where one is wanted. The focus goes back afterwards. */
export function QuestionDialog(
  props: Asking & {
    /** Closed it stays in the page, so that Fluent can give back the page behind it. */
    readonly isOpen: boolean;
    /** Tells one question from the next. */
    readonly number: number;
  },
) {
  const { question, onAnswer, isOpen, number } = props;
  return (
    <DialogFrame
      isOpen={isOpen}
      isAlert={question.note === undefined}
      onClose={() => onAnswer(undefined)}
      className={css.surface}
    >
      <Asked key={number} question={question} onAnswer={onAnswer} />
    </DialogFrame>
  );
}

function Asked({ question, onAnswer }: Asking) {
  const { t } = useText();
  const field = useId();
  const [note, setNote] = useState('');
  const [isTried, setTried] = useState(false);
  const isShort = question.note?.required === true && note.trim() === '';
  const isLong = question.note !== undefined && note.length > question.note.limit;
  const answer = (): void => {
    setTried(true);
    if (isShort || isLong) document.getElementById(field)?.focus();
    else onAnswer({ note: note.trim() });
  };
  let problem: string | undefined;
  if (isTried && isShort) problem = t('field.required');
  if (isLong) problem = t('field.tooLong', { length: note.length, limit: question.note.limit });
  return (
    <DialogBody>
      <DialogTitle>{question.title}</DialogTitle>
      <DialogContent className={css.content}>
        {question.text !== undefined && <p>{question.text}</p>}
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
              onChange={(_, data) => setNote(data.value)}
              onKeyDown={(event) => {
                if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) answer();
              }}
            />
          </Field>
        )}
      </DialogContent>
      <DialogButtons act={{ verb: question.verb, run: answer, isDanger: question.isDanger === true }} />
    </DialogBody>
  );
}
