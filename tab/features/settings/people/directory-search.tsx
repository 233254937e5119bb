import { Button, Field, Input } from '@fluentui/react-components';
import { useState } from 'react';
import type { DirectoryAnswer, DirectoryPerson } from '../../../../src/shared/answers/set-up.js';
import { useShell, useText } from '../../../shared/context.js';
import { faultAt } from '../../../shared/problem.js';
import { FindingNote } from '../../../shared/try-it.js';
import { findInDirectory } from '../api.js';
import css from './people.module.css';

/** Finds somebody in the tenant's directory, and gives whom one chooses; says why it can't be asked where it can't. */
export function DirectorySearch({ onChoose }: { readonly onChoose: (person: DirectoryPerson) => void }) {
  const { api, texts } = useShell();
  const { t } = useText();
  const [text, setText] = useState('');
  const [answer, setAnswer] = useState<DirectoryAnswer>();
  const [fault, setFault] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const find = async (): Promise<void> => {
    if (isBusy) return;
    setBusy(true);
    try {
      setAnswer(await findInDirectory(api, text));
      setFault(undefined);
    } catch (error) {
      setFault(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className={css.directory}>
      <div className={css.find}>
        <Field
          className={css.findText ?? ''}
          label={t('settings.people.add.find')}
          hint={t('settings.people.add.find.hint')}
          {...faultAt(texts, fault, 'text')}
        >
          <Input
            value={text}
            onChange={(_, { value }) => setText(value)}
            onKeyDown={(event) => {
              // The form around it would be sent.
              if (event.key !== 'Enter') return;
              event.preventDefault();
              void find();
            }}
          />
        </Field>
        <Button disabledFocusable={isBusy} onClick={() => void find()}>
          {t('settings.people.add.find.verb')}
        </Button>
      </div>
      <div role="status">{answer !== undefined && <Found answer={answer} onChoose={onChoose} />}</div>
    </div>
  );
}

function Found(props: {
  readonly answer: DirectoryAnswer;
  readonly onChoose: (person: DirectoryPerson) => void;
}) {
  const { answer, onChoose } = props;
  const { t } = useText();
  if ('finding' in answer) return <FindingNote finding={answer.finding} />;
  if (answer.people.length === 0) return <p className={css.quiet}>{t('settings.people.add.find.none')}</p>;
  return (
    <>
      <ul className={css.found}>
        {answer.people.map((person) => (
          <li key={person.id}>
            <span className={css.who}>
              <strong>{person.name}</strong>
              <span className={css.quiet}>
                {person.isHere ? t('settings.people.add.find.here') : (person.mail ?? '')}
              </span>
            </span>
            {!person.isHere && (
              <Button
                size="small"
                aria-label={t('settings.people.add.find.choose', { name: person.name })}
                onClick={() => onChoose(person)}
              >
                {t('settings.people.add.find.choose.verb')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {answer.hasMore && <p className={css.quiet}>{t('settings.people.add.find.more')}</p>}
    </>
  );
}
