import { Field, Input, Textarea } from '@fluentui/react-components';
import { useState } from 'react';
import type { LetterTexts } from '../../../../src/newsletter/types.js';
import type { IssueView } from '../../../../src/newsletter/view.js';
import type { IssueAnswer } from '../../../../src/shared/answers/newsletter.js';
import { publicLanguages, type PublicLanguage } from '../../../../src/shared/languages.js';
import { isSame, type Fields } from '../../../../src/shared/merge.js';
import { useShell, useText } from '../../../shared/context.js';
import { FormDialog } from '../../../shared/form-dialog.js';
import { fieldProblem } from '../../../shared/problem.js';
import { seenSince } from '../../../shared/use-seen.js';
import type { IssueHere } from '../use-issue.js';
import css from './letter.module.css';

const parts = ['subject', 'preheader', 'greeting', 'signOff'] as const;
type Part = (typeof parts)[number];
type Form = Readonly<Record<PublicLanguage, Readonly<Record<Part, string>>>>;

function formOf({ letter }: IssueView): Form {
  const texts = (of: LetterTexts = {}): Record<Part, string> =>
    Object.fromEntries(parts.map((part) => [part, of[part] ?? ''])) as Record<Part, string>;
  return { fi: texts(letter.fi), sv: texts(letter.sv) };
}

/** What the mails say around their stories, in both languages side by side. */
export function LetterDialog(props: {
  readonly issue: IssueView;
  readonly here: IssueHere;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  const { issue, here, isOpen, onClose } = props;
  const { texts, notify } = useShell();
  const { t } = useText();
  const [before] = useState(() => formOf(issue));
  const [form, setForm] = useState(before);
  // What the writer saw: at first what was there, after a refusal what others wrote meanwhile.
  const [seen, setSeen] = useState<Readonly<Record<PublicLanguage, Fields>>>(before);
  const [at, setAt] = useState<PublicLanguage>();
  const save = async (): Promise<void> => {
    let last: IssueAnswer | undefined;
    for (const language of publicLanguages) {
      if (isSame(form[language], before[language])) continue;
      setAt(language);
      try {
        last = await here.api.setLetter(language, form[language], seen[language]);
      } catch (error) {
        setSeen({ ...seen, [language]: seenSince(seen[language], error) });
        throw error;
      }
    }
    if (last === undefined) return;
    here.show(last);
    notify(t('newsletter.letter.done'));
  };
  const type = (language: PublicLanguage, part: Part, value: string): void =>
    setForm({ ...form, [language]: { ...form[language], [part]: value } });
  return (
    <FormDialog
      isWide
      isOpen={isOpen}
      title={t('newsletter.letter.title', { number: issue.number })}
      verb={t('newsletter.letter.save')}
      onSend={save}
      onClose={onClose}
      isOwnFault={(fault) => parts.some((part) => fieldProblem(texts, fault, part) !== undefined)}
    >
      {(fault) => (
        <div className={css.columns}>
          {publicLanguages.map((language) => (
            <fieldset key={language} className={css.column} lang={language}>
              <legend>{t(`language.own.${language}`)}</legend>
              {parts.map((part) => {
                const problem = at === language ? fieldProblem(texts, fault, part) : undefined;
                const value = form[language][part];
                const isLong = part === 'greeting' || part === 'signOff';
                return (
                  <Field
                    key={part}
                    label={t(`newsletter.letter.${part}`)}
                    hint={t(`newsletter.letter.${part}.hint`)}
                    {...(problem !== undefined && { validationMessage: problem })}
                  >
                    {isLong ? (
                      <Textarea
                        rows={3}
                        resize="vertical"
                        value={value}
                        onChange={(_, data) => type(language, part, data.value)}
                      />
                    ) : (
                      <Input
                        value={value}
                        {...(part === 'subject' && { placeholder: issue.usualSubject[language] })}
                        onChange={(_, data) => type(language, part, data.value)}
                      />
                    )}
                  </Field>
                );
              })}
            </fieldset>
          ))}
        </div>
      )}
    </FormDialog>
  );
}
