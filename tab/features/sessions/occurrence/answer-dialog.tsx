import { Field, Input, Radio, RadioGroup } from '@fluentui/react-components';
import { useState } from 'react';
import type { Talk } from '../../../../src/sessions/occurrences/occurrence.js';
import { type Language, languages } from '../../../../src/shared/languages.js';
import { otherLanguages } from '../../../../src/shared/translated.js';
import { useMay, useShell, useText } from '../../../shared/context.js';
import { FormDialog } from '../../../shared/form-dialog.js';
import { faultAt } from '../../../shared/problem.js';
import { useSeen } from '../../../shared/use-seen.js';
import { ChangeEffect } from '../parts/change-effect.js';
import type { OccurrenceDialog } from './use-occurrence.js';

type Translations = Readonly<
  Partial<Record<Language, { readonly topic: string; readonly speaker?: string }>>
>;

/** A talk in other languages, as its form has it. */
function translationsOf(talk: Talk | undefined): Translations {
  const each = Object.entries(talk?.translations ?? {}).map(([language, { topic, presenter }]) => [
    language,
    { topic, ...(presenter !== undefined && { speaker: presenter }) },
  ]);
  return Object.fromEntries(each) as Translations;
}

/** The topic, or how the presenter is introduced, in another language than the one in which it was written. */
function InOther(props: {
  readonly name: 'topic' | 'speaker';
  readonly other: Language;
  readonly label: string;
  readonly hint?: string;
  readonly translations: Translations;
  readonly fault: unknown;
  readonly onChange: (translations: Translations) => void;
}) {
  const { name, other, translations, fault } = props;
  const { texts } = useShell();
  const { t } = useText();
  const value = translations[other]?.[name] ?? '';
  const isMissing = name === 'topic' && value.trim() === '';
  const hint = isMissing ? t('sessions.languages.missing', { language: other }) : props.hint;
  return (
    <Field
      label={props.label}
      {...(hint !== undefined && { hint })}
      {...faultAt(texts, fault, `translations.${other}.${name}`)}
    >
      <Input
        lang={other}
        value={value}
        onChange={(_, { value: typed }) =>
          props.onChange({ ...translations, [other]: { topic: '', ...translations[other], [name]: typed } })
        }
      />
    </Field>
  );
}

/** Topic, speaker and material of one's own project's turn. */
export function AnswerDialog(props: OccurrenceDialog) {
  const { occurrence, here } = props;
  const { talk, slot } = occurrence;
  const chosen = slot !== undefined && 'person' in slot ? slot.person : undefined;
  const { texts, session } = useShell();
  const { t, language } = useText();
  const [topic, setTopic] = useState(talk?.topic ?? '');
  const [speaker, setSpeaker] = useState(talk?.presenter ?? chosen?.name ?? session.person.name);
  const [material, setMaterial] = useState(talk?.material ?? '');
  const [filled, setFilled] = useState({ language: talk?.language ?? language });
  const [translations, setTranslations] = useState<Translations>(() => translationsOf(talk));
  // Presenters write in their own language; the other one is the coordinator's to see to.
  const isTranslated = useMay()('session:edit') || Object.keys(translationsOf(talk)).length > 0;
  const overSeen = useSeen({
    translations: translationsOf(talk),
    topic: talk?.topic ?? null,
    speaker: talk?.presenter ?? null,
    material: talk?.material ?? null,
    language: talk?.language ?? null,
  });
  const labelOf = (name: 'topic' | 'speaker', of: Language): string => {
    const what = t(`sessions.answer.${name}`);
    return isTranslated ? t('sessions.languages.in', { what, language: of }) : what;
  };
  /** What was written in that language already becomes the topic, and the topic a translation. */
  const presentIn = (language: Language): void => {
    const { [language]: there, ...others } = translations;
    setFilled({ language });
    if (there === undefined || there.topic.trim() === '') {
      setTranslations(others);
      return;
    }
    setTranslations({ ...others, [filled.language]: { topic, speaker } });
    setTopic(there.topic);
    setSpeaker(there.speaker ?? speaker);
  };
  const wanted = {
    ...filled,
    topic,
    speaker,
    material: material.trim(),
    ...(isTranslated && { translations }),
  };
  const send = (): Promise<void> =>
    overSeen((seen) => here.make(() => here.api.setTalk(wanted, seen), t('sessions.done.answer')));
  return (
    <FormDialog
      title={t('sessions.answer.title')}
      verb={t('sessions.answer.verb')}
      isOpen={props.isOpen}
      onClose={props.onClose}
      onSend={send}
    >
      {(fault) => (
        <>
          <Field
            label={labelOf('topic', filled.language)}
            hint={t('sessions.answer.topicHint')}
            required
            {...faultAt(texts, fault, 'topic')}
          >
            <Input lang={filled.language} value={topic} onChange={(_, { value }) => setTopic(value)} />
          </Field>
          {isTranslated &&
            otherLanguages(filled.language).map((other) => (
              <InOther
                key={other}
                name="topic"
                label={labelOf('topic', other)}
                {...{ other, translations, fault }}
                onChange={setTranslations}
              />
            ))}
          <Field label={t('sessions.answer.speaker')} required {...faultAt(texts, fault, 'speaker')}>
            <Input lang={filled.language} value={speaker} onChange={(_, { value }) => setSpeaker(value)} />
          </Field>
          {otherLanguages(filled.language)
            .filter((other) => isTranslated && (translations[other]?.topic ?? '').trim() !== '')
            .map((other) => (
              <InOther
                key={other}
                name="speaker"
                label={labelOf('speaker', other)}
                hint={t('sessions.answer.speakerSame')}
                {...{ other, translations, fault }}
                onChange={setTranslations}
              />
            ))}
          <Field label={t('sessions.answer.language')}>
            <RadioGroup
              layout="horizontal"
              value={filled.language}
              onChange={(_, { value }) => presentIn(value as Language)}
            >
              {languages.map((each) => (
                <Radio key={each} value={each} label={t(`language.own.${each}`)} />
              ))}
            </RadioGroup>
          </Field>
          <Field
            label={t('sessions.answer.material')}
            hint={t('sessions.answer.materialHint')}
            {...faultAt(texts, fault, 'material')}
          >
            <Input
              type="url"
              placeholder="https://"
              value={material}
              onChange={(_, { value }) => setMaterial(value)}
            />
          </Field>
          {props.isOpen && topic.trim() !== '' && speaker.trim() !== '' && (
            <ChangeEffect
              about={`talk ${occurrence.id} ${JSON.stringify(wanted)}`}
              ask={() => here.api.preview({ change: 'talk', ...wanted })}
              what={() => t('sessions.effect.talk')}
              isSmall
            />
          )}
        </>
      )}
    </FormDialog>
  );
}
