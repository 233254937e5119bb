import type { Language } from '../../../../src/shared/languages.js';
import { useText } from '../../../shared/context.js';
import css from './missing-languages.module.css';

/** Says quietly in which languages a text is still owed. */
export function MissingLanguages({ languages }: { readonly languages: readonly Language[] }) {
  const { t } = useText();
  return languages.map((language) => (
    <p key={language} className={css.missing}>
      {t('sessions.languages.missing', { language })}
    </p>
  ));
}
