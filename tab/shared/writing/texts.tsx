import { Switch } from '@fluentui/react-components';
import { useState } from 'react';
import { textStatus } from '../../../src/content/text.js';
import { publicLanguages, type PublicLanguage } from '../../../src/shared/languages.js';
import { useText } from '../context.js';
import { useKeys } from '../keys.js';
import { StateChip } from '../state-chip.js';
import { EditableColumn, ReadOnlyColumn, Source } from './columns.js';
import { conflictPlace, fieldId, languageToRead, type Other, type Subject } from './subject.js';
import css from './texts.module.css';

/**
 * The texts side by side, with the source beside them where it is in English and wanted; where there is no room for all, one
 * language at a time with a switch.
 */
export function Texts(props: {
  readonly subject: Subject;
  readonly mayEdit: boolean;
  /** Who else is at them, as far as that is known. */
  readonly others?: readonly Other[];
}) {
  const { subject, mayEdit, others = [] } = props;
  const { t, language } = useText();
  const [shown, setShown] = useState<PublicLanguage>(() => languageToRead(subject, language));
  const source = subject.texts.en;
  const [isSourceShown, setSourceShown] = useState(true);
  // One in which nothing is owed is shown where it is written all the same.
  const columns = publicLanguages.filter(
    (each) => subject.owed?.includes(each) !== false || subject.texts[each] !== undefined,
  );
  const hasSource = source !== undefined && isSourceShown;
  const edit = (): void => {
    const language = languageToEdit(subject);
    setShown(language);
    requestAnimationFrame(() => startEditing(language));
  };
  useKeys({ e: () => mayEdit && edit() });
  return (
    <div className={css.box}>
      {source !== undefined && (
        <Switch
          className={css.sourceSwitch ?? ''}
          label={t('writing.source')}
          checked={isSourceShown}
          onChange={(_, { checked }) => setSourceShown(checked)}
        />
      )}
      <div id={conflictPlace} className={css.conflicts} />
      <div className={css.switch} data-source={hasSource} role="group" aria-label={t('news.texts.switch')}>
        {columns.map((language) => (
          <button
            key={language}
            type="button"
            aria-pressed={language === shown}
            onClick={() => setShown(language)}
          >
            <span lang={language}>{t(`language.own.${language}`)}</span>
            <StateChip kind="text" state={textStatus(subject.texts, language)} />
          </button>
        ))}
      </div>
      <div className={css.columns} data-shown={shown} data-source={hasSource}>
        {hasSource && <Source text={source} />}
        {columns.map((language) =>
          mayEdit ? (
            <EditableColumn
              key={language}
              language={language}
              subject={subject}
              others={others.filter((other) => other.language === language)}
            />
          ) : (
            <ReadOnlyColumn key={language} language={language} subject={subject} />
          ),
        )}
      </div>
    </div>
  );
}

/** The language that needs a hand first: one that is missing, then one that is behind, then the author's own. */
function languageToEdit(subject: Subject): PublicLanguage {
  const byStatus = (status: string): PublicLanguage | undefined =>
    (subject.owed ?? publicLanguages).find((language) => textStatus(subject.texts, language) === status);
  const own = publicLanguages.find((language) => language === subject.originalLanguage);
  const [first = 'fi'] = subject.owed ?? publicLanguages;
  return byStatus('behind') ?? byStatus('inProgress') ?? own ?? byStatus('missing') ?? first;
}

function startEditing(language: PublicLanguage): void {
  const field = document.getElementById(fieldId(language, 'title'));
  if (field !== null) field.focus();
  else document.getElementById(fieldId(language, 'start'))?.click();
}
