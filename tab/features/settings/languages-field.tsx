import { Radio, RadioGroup } from '@fluentui/react-components';
import type { PublicLanguage } from '../../../src/shared/languages.js';
import { useShell, useText } from '../../shared/context.js';
import { GroupField } from '../../shared/group-field.js';
import { faultAt } from '../../shared/problem.js';

const choices = ['fi-sv', 'sv-fi', 'fi', 'sv'] as const;
type Choice = (typeof choices)[number];

const languagesOf = (choice: Choice): readonly PublicLanguage[] => choice.split('-') as PublicLanguage[];

/** The languages as one choice, such as `fi-sv`. */
export const languagesChoice = (languages: readonly PublicLanguage[]): Choice =>
  choices.find((choice) => choice === languages.join('-')) ?? 'fi-sv';

/** In which languages the programme publishes, and which comes first. */
export function LanguagesField(props: {
  readonly languages: readonly PublicLanguage[];
  readonly fault: unknown;
  readonly onChange: (languages: readonly PublicLanguage[]) => void;
}) {
  const { texts } = useShell();
  const { t } = useText();
  return (
    <GroupField
      label={t('settings.languages')}
      hint={t('settings.languages.hint')}
      {...faultAt(texts, props.fault, 'languages')}
    >
      <RadioGroup
        aria-label={t('settings.languages')}
        value={languagesChoice(props.languages)}
        onChange={(_, { value }) => props.onChange(languagesOf(value as Choice))}
      >
        {choices.map((choice) => (
          <Radio key={choice} value={choice} label={t(`settings.languages.${choice}`)} />
        ))}
      </RadioGroup>
    </GroupField>
  );
}
