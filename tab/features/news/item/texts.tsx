import { useState } from 'react';
import { publicLanguages, type PublicLanguage } from '../../../../src/languages.js';
import type { NewsItemAnswer } from '../../../../src/http/routes/news.js';
import type { NewsItem } from '../../../../src/news/news.js';
import { textStatus } from '../../../../src/texts/text.js';
import { useText } from '../../../shared/context.js';
import { useKeys } from '../../../shared/keys.js';
import { StateChip } from '../../../shared/state-chip.js';
import { EditableColumn } from './editable-column.js';
import { fieldId } from './field-id.js';
import { ReadOnlyColumn, Source } from './read-only-column.js';
import css from './texts.module.css';

/** The texts side by side; where there is no room for two, one at a time with a switch. */
export function Texts(props: {
  readonly answer: NewsItemAnswer;
  readonly onAnswer: (answer: NewsItemAnswer) => void;
}) {
  const { item, actions } = props.answer;
  const { t } = useText();
  const mayEdit = actions.includes('edit');
  const [shown, setShown] = useState<PublicLanguage>(item.originalLanguage === 'sv' ? 'sv' : 'fi');
  const edit = (): void => {
    const language = languageToEdit(item);
    setShown(language);
    requestAnimationFrame(() => startEditing(language));
  };
  useKeys({ e: () => mayEdit && edit() });
  return (
    <div className={css.box}>
      {item.texts.en !== undefined && <Source text={item.texts.en} />}
      <div className={css.switch} role="group" aria-label={t('news.texts.switch')}>
        {publicLanguages.map((language) => (
          <button
            key={language}
            type="button"
            aria-pressed={language === shown}
            onClick={() => setShown(language)}
          >
            {t(`language.own.${language}`)}
            <StateChip kind="text" state={textStatus(item.texts, language)} />
          </button>
        ))}
      </div>
      <div className={css.columns} data-shown={shown}>
        {publicLanguages.map((language) =>
          mayEdit ? (
            <EditableColumn key={language} language={language} item={item} onAnswer={props.onAnswer} />
          ) : (
            <ReadOnlyColumn key={language} language={language} item={item} />
          ),
        )}
      </div>
    </div>
  );
}

/** The language that needs a hand first: one that is missing, then one that is behind, then the author's own. */
function languageToEdit(item: NewsItem): PublicLanguage {
  const byStatus = (status: string): PublicLanguage | undefined =>
    publicLanguages.find((language) => textStatus(item.texts, language) === status);
  const own = publicLanguages.find((language) => language === item.originalLanguage);
  return byStatus('behind') ?? own ?? byStatus('missing') ?? 'fi';
}

function startEditing(language: PublicLanguage): void {
  const field = document.getElementById(fieldId(language, 'title'));
  if (field !== null) field.focus();
  else document.getElementById(fieldId(language, 'start'))?.click();
}
