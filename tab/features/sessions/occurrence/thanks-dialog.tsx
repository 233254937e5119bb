import { Field, Radio, RadioGroup, Textarea } from '@fluentui/react-components';
import { useState } from 'react';
import type { Occurrence } from '../../../../src/sessions/occurrences/occurrence.js';
import { publicLanguages, type PublicLanguage } from '../../../../src/shared/languages.js';
import { useShell, useText } from '../../../shared/context.js';
import { FormDialog } from '../../../shared/form-dialog.js';
import { faultAt } from '../../../shared/problem.js';
import { useLoad } from '../../../shared/use-load.js';
import type { OccurrenceHere } from './use-occurrence.js';
import css from './afterwards.module.css';

type To = 'invited' | 'there' | 'presenters';

/** To whom thanks leave and how many they are, a few words of one's own, and what the message has. */
export function ThanksDialog(props: {
  readonly occurrence: Occurrence;
  readonly here: OccurrenceHere;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  const { occurrence, here, isOpen, onClose } = props;
  const { texts } = useShell();
  const { t } = useText();
  const [to, setTo] = useState<To>('invited');
  const [message, setMessage] = useState<Readonly<Partial<Record<PublicLanguage, string>>>>({});
  const thanked = occurrence.record?.thanked ?? 0;
  const send = (): Promise<void> =>
    here.make(() => here.api.thank(thanked + 1, { to, message }), t('sessions.done.thanks'));
  return (
    <FormDialog
      title={t('sessions.thanks.sendTitle')}
      verb={t('sessions.thanks.send')}
      isOpen={isOpen}
      onClose={onClose}
      onSend={send}
    >
      {(fault) => (
        <>
          <Recipients occurrence={occurrence} here={here} to={to} fault={fault} onChoose={setTo} />
          {publicLanguages.map((language) => (
            <Field
              key={language}
              label={t('sessions.thanks.message', { language })}
              {...faultAt(texts, fault, `message.${language}`)}
            >
              <Textarea
                lang={language}
                rows={2}
                resize="vertical"
                value={message[language] ?? ''}
                onChange={(_, { value }) => setMessage({ ...message, [language]: value })}
              />
            </Field>
          ))}
          <Look occurrence={occurrence} to={to} />
        </>
      )}
    </FormDialog>
  );
}

function Recipients(props: {
  readonly occurrence: Occurrence;
  readonly here: OccurrenceHere;
  readonly to: To;
  readonly fault: unknown;
  readonly onChoose: (to: To) => void;
}) {
  const { occurrence, here, to, onChoose } = props;
  const { texts } = useShell();
  const { t } = useText();
  const counts = useLoad(here.api.thanksPath, here.api.thanks);
  const count = (of: 'invited' | 'there') => (counts.state === 'ready' ? String(counts.value[of]) : '…');
  const { attendance } = occurrence.record ?? {};
  const isKnown = attendance?.from === 'meeting' && attendance.people.length > 0;
  return (
    <Field
      label={t('sessions.thanks.to')}
      hint={t(isKnown ? 'sessions.thanks.thereHint' : 'sessions.thanks.noReport')}
      {...faultAt(texts, props.fault, 'to')}
    >
      <RadioGroup value={to} onChange={(_, { value }) => onChoose(value as To)}>
        <Radio value="invited" label={t('sessions.thanks.to.invited', { count: count('invited') })} />
        <Radio
          value="there"
          disabled={!isKnown}
          label={t('sessions.thanks.to.there', { count: count('there') })}
        />
        <Radio value="presenters" label={t('sessions.thanks.to.presenters')} />
      </RadioGroup>
    </Field>
  );
}

/** What whoever is thanked reads. */
function Look({ occurrence, to }: { readonly occurrence: Occurrence; readonly to: To }) {
  const { t, dates, language } = useText();
  const { names, start, record } = occurrence;
  const recording = record?.recordingUrl === undefined ? 'noRecording' : 'recording';
  return (
    <div className={css.box}>
      <h3>{t('sessions.thanks.look')}</h3>
      <ul className={css.links}>
        <li>{t('sessions.thanks.look.thanks', { name: names[language], when: dates.day(start) })}</li>
        <li>{t(`sessions.thanks.look.${recording}`)}</li>
        <li>{t('sessions.thanks.look.materials', { count: record?.materials?.length ?? 0 })}</li>
        {to !== 'presenters' && <li>{t('sessions.thanks.look.questions')}</li>}
      </ul>
      <p className={css.quiet}>{t('sessions.thanks.presentersToo')}</p>
    </div>
  );
}
