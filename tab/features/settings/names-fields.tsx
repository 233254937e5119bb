import { Field, Input } from '@fluentui/react-components';
import type { Names } from '../../../src/settings/input.js';
import { languages, type Language, type PublicLanguage } from '../../../src/shared/languages.js';
import { useShell, useText } from '../../shared/context.js';
import { faultAt } from '../../shared/problem.js';
import css from './settings.module.css';

export const noNames: Names = { fi: '', sv: '', en: '' };
const maxName = 80;

/**
 * A name in each language in which it is needed, the first one first, and in English, which may be left empty.
 * @param at the field of the form: faults are at `<at>.<language>`.
 */
export function NamesFields(props: {
  readonly names: Names;
  readonly owed: readonly PublicLanguage[];
  readonly at: string;
  readonly fault: unknown;
  /** Whether it says that English may be left empty: once on a page. */
  readonly hasHint?: boolean;
  readonly onChange: (names: Names) => void;
}) {
  const { names, owed, at, fault, hasHint = true, onChange } = props;
  const { texts } = useShell();
  const { t } = useText();
  const [first = 'fi'] = owed;
  const shown: readonly Language[] = [...owed, ...languages.filter((language) => language === 'en')];
  return (
    <div className={css.names}>
      {shown.map((language) => (
        <Field
          key={language}
          label={t('settings.name', { language })}
          required={language !== 'en'}
          {...(language === 'en' && hasHint && { hint: t('settings.name.optional') })}
          {...faultAt(texts, fault, `${at}.${language}`)}
        >
          <Input
            lang={language}
            value={names[language]}
            maxLength={maxName}
            {...(language === 'en' && { placeholder: names[first] })}
            onChange={(_, { value }) => onChange({ ...names, [language]: value })}
          />
        </Field>
      ))}
    </div>
  );
}
