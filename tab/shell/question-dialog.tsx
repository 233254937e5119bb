import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Textarea,
} from '@fluentui/react-components';
import { useId, useState } from 'react';
import { useText, type Question } from '../shared/context.js';
import { useFocusBack } from '../shared/focus.js';
import css from './dialog.module.css';

/** Asks before something that weighs; with a note where one is wanted. The focus goes back afterwards. */
export function QuestionDialog(props: {
  readonly question: Question;
  readonly onAnswer: (answer: { note: string } | undefined) => void;
}) {
  const { question, onAnswer } = props;
  const { t } = useText();
  useFocusBack();
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
    <Dialog
      open
      modalType={question.note === undefined ? 'alert' : 'modal'}
      onOpenChange={() => onAnswer(undefined)}
    >
      <DialogSurface className={css.surface}>
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
          <DialogActions>
            <Button appearance="primary" className={css.verb ?? ''} onClick={answer}>
              {question.verb}
            </Button>
            <Button onClick={() => onAnswer(undefined)}>{t('shared.cancel')}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
