import { Field, Input } from '@fluentui/react-components';
import { useState } from 'react';
import type { Occurrence } from '../../../../src/sessions/occurrences/occurrence.js';
import { useShell, useText } from '../../../shared/context.js';
import { faultAt } from '../../../shared/fault-at.js';
import { FormDialog } from '../../../shared/form-dialog.js';
import type { OccurrenceHere } from './use-occurrence.js';

/** Topic, speaker and material of one's own project's turn. */
export function AnswerDialog(props: {
  readonly occurrence: Occurrence;
  readonly here: OccurrenceHere;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  const { occurrence, here } = props;
  const { talk } = occurrence;
  const { texts, session } = useShell();
  const { t, language } = useText();
  const [topic, setTopic] = useState(talk?.topic ?? '');
  const [speaker, setSpeaker] = useState(talk?.presenter ?? session.person.name);
  const [material, setMaterial] = useState(talk?.material ?? '');
  const send = (): Promise<void> =>
    here.make(
      () =>
        here.api.setTalk({
          topic,
          speaker,
          language: talk?.language ?? language,
          ...(material.trim() !== '' && { material: material.trim() }),
        }),
      t('sessions.done.answer'),
    );
  return (
    <FormDialog
      title={t('sessions.answer.title')}
      verb={t('sessions.save')}
      isOpen={props.isOpen}
      onClose={props.onClose}
      onSend={send}
    >
      {(fault) => (
        <>
          <Field
            label={t('sessions.answer.topic')}
            hint={t('sessions.answer.topicHint')}
            required
            {...faultAt(texts, fault, 'topic')}
          >
            <Input value={topic} onChange={(_, { value }) => setTopic(value)} />
          </Field>
          <Field label={t('sessions.answer.speaker')} required {...faultAt(texts, fault, 'speaker')}>
            <Input value={speaker} onChange={(_, { value }) => setSpeaker(value)} />
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
        </>
      )}
    </FormDialog>
  );
}
