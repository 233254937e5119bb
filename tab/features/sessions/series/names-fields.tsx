import { Field, Input, Textarea } from '@fluentui/react-components';
import { languages } from '../../../../src/shared/languages.js';
import { useShell, useText } from '../../../shared/context.js';
import { faultAt } from '../../../shared/fault-at.js';
import type { FieldsProps } from './fields.js';
import css from './series.module.css';

/** What the series is called and what is said of it, language by language; and where one joins. */
export function NamesFields({ form, fault, onChange }: FieldsProps) {
  const { texts } = useShell();
  const { t } = useText();
  const { names, descriptions } = form;
  return (
    <>
      <div className={css.languages}>
        {languages.map((language) => {
          const own = t(`language.own.${language}`);
          return (
            <div key={language} className={css.fields}>
              <Field
                label={t('sessions.field.name', { language: own })}
                required
                {...faultAt(texts, fault, `names.${language}`)}
              >
                <Input
                  lang={language}
                  value={names[language]}
                  onChange={(_, { value }) => onChange({ names: { ...names, [language]: value } })}
                />
              </Field>
              <Field
                label={t('sessions.field.description', { language: own })}
                {...faultAt(texts, fault, `descriptions.${language}`)}
              >
                <Textarea
                  lang={language}
                  rows={3}
                  resize="vertical"
                  value={descriptions[language]}
                  onChange={(_, { value }) =>
                    onChange({ descriptions: { ...descriptions, [language]: value } })
                  }
                />
              </Field>
            </div>
          );
        })}
      </div>
      <Field
        label={t('sessions.field.joinUrl')}
        hint={t('sessions.field.joinHint')}
        {...faultAt(texts, fault, 'joinUrl')}
      >
        <Input
          type="url"
          placeholder="https://"
          value={form.joinUrl}
          onChange={(_, { value }) => onChange({ joinUrl: value })}
        />
      </Field>
    </>
  );
}
