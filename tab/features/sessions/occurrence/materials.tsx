import { Button, Field, Input } from '@fluentui/react-components';
import { Add20Regular, Delete20Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { Material, Occurrence } from '../../../../src/sessions/occurrences/occurrence.js';
import type { Language } from '../../../../src/shared/languages.js';
import { missingTranslations, otherLanguages, translatedTo } from '../../../../src/shared/translated.js';
import { useMay, useShell, useText } from '../../../shared/context.js';
import { FormDialog, useDialogs } from '../../../shared/form-dialog.js';
import { faultAt, fieldProblem } from '../../../shared/problem.js';
import { useSeen } from '../../../shared/use-seen.js';
import { MissingLanguages } from '../parts/missing-languages.js';
import { useIsPresenter, type OccurrenceHere } from './use-occurrence.js';
import after from './afterwards.module.css';
import css from './materials.module.css';

/** Links to what was shown, and to the recording. */
export function Materials({
  occurrence,
  here,
}: {
  readonly occurrence: Occurrence;
  readonly here: OccurrenceHere;
}) {
  const { t, language } = useText();
  const mayTranslate = useMay()('session:edit');
  const mayChange = useIsPresenter()(occurrence) || mayTranslate;
  const materials = occurrence.record?.materials ?? [];
  const recording = occurrence.record?.recordingUrl;
  const dialogs = useDialogs<'materials'>();
  return (
    <div className={after.box}>
      <h3>{t('sessions.materials.heading')}</h3>
      {materials.length === 0 && recording === undefined ? (
        <p className={after.quiet}>{t('sessions.materials.none')}</p>
      ) : (
        <ul className={after.links}>
          {recording !== undefined && (
            <li>
              <a href={recording} target="_blank" rel="noreferrer">
                {t('sessions.materials.recording')}
              </a>
            </li>
          )}
          {materials.map((material) => {
            const { title, language: written } = translatedTo(language, material);
            return (
              <li key={material.id}>
                <a href={material.url} target="_blank" rel="noreferrer" lang={written}>
                  {title}
                </a>
                {mayTranslate && <MissingLanguages languages={missingTranslations(material)} />}
              </li>
            );
          })}
        </ul>
      )}
      {mayChange && (
        <Button size="small" onClick={() => dialogs.show('materials')}>
          {t('sessions.materials.edit')}
        </Button>
      )}
      <MaterialsDialog key={dialogs.round} occurrence={occurrence} here={here} {...dialogs.of('materials')} />
    </div>
  );
}

type Writing = Omit<Material, 'id'> & { readonly id?: string };

const none = (language: Language): Writing => ({ title: '', url: '', language });

function MaterialsDialog(props: {
  readonly occurrence: Occurrence;
  readonly here: OccurrenceHere;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  const { occurrence, here } = props;
  const { texts } = useShell();
  const { t, language } = useText();
  const isTranslated = useMay()('session:edit');
  const current = occurrence.record?.materials ?? [];
  const [materials, setMaterials] = useState<readonly Writing[]>(
    current.length > 0 ? current : [none(language)],
  );
  const [recording, setRecording] = useState(occurrence.record?.recordingUrl ?? '');
  const change = (index: number, part: Partial<Writing>): void =>
    setMaterials(materials.map((material, at) => (at === index ? { ...material, ...part } : material)));
  const overSeen = useSeen({ materials: current, recordingUrl: occurrence.record?.recordingUrl ?? null });
  const send = (): Promise<void> => {
    const given = materials.filter(({ title, url }) => `${title}${url}`.trim() !== '');
    const body = { materials: given, recordingUrl: recording.trim() === '' ? null : recording.trim() };
    return overSeen((seen) =>
      here.make(() => here.api.setMaterials(body, seen), t('sessions.done.materials')),
    );
  };
  const labelOf = (index: number, of: Language): string => {
    const what = t('sessions.materials.name', { number: index + 1 });
    return isTranslated ? t('sessions.languages.in', { what, language: of }) : what;
  };
  // What others changed is named by its id, what is wrong by its place.
  const faultOf = (fault: unknown, { id = '' }: Writing, index: number, name: string) => ({
    ...faultAt(texts, fault, `materials.${index}.${name}`),
    ...faultAt(texts, fault, `materials.${id}.${name}`),
  });
  return (
    <FormDialog
      title={t('sessions.materials.title')}
      verb={t('sessions.materials.verb')}
      isOpen={props.isOpen}
      onClose={props.onClose}
      onSend={send}
    >
      {(fault) => (
        <>
          {fieldProblem(texts, fault, 'materials') !== undefined && (
            <p role="alert" className={css.fault}>
              {fieldProblem(texts, fault, 'materials')}
            </p>
          )}
          <Field label={t('sessions.materials.recording')} {...faultAt(texts, fault, 'recordingUrl')}>
            <Input
              type="url"
              placeholder="https://"
              value={recording}
              onChange={(_, { value }) => setRecording(value)}
            />
          </Field>
          {materials.map((material, index) => (
            <div key={index} className={css.pair}>
              <Field
                label={labelOf(index, material.language ?? language)}
                {...faultOf(fault, material, index, 'title')}
              >
                <Input
                  lang={material.language}
                  value={material.title}
                  onChange={(_, { value }) => change(index, { title: value })}
                />
              </Field>
              {isTranslated &&
                otherLanguages(material.language ?? language).map((other) => (
                  <Field
                    key={other}
                    label={labelOf(index, other)}
                    {...faultOf(fault, material, index, `translations.${other}.title`)}
                  >
                    <Input
                      lang={other}
                      value={material.translations?.[other]?.title ?? ''}
                      onChange={(_, { value }) =>
                        change(index, {
                          translations: { ...material.translations, [other]: { title: value } },
                        })
                      }
                    />
                  </Field>
                ))}
              <Field
                label={t('sessions.materials.url')}
                className={isTranslated ? (css.below ?? '') : ''}
                {...faultOf(fault, material, index, 'url')}
              >
                <Input
                  type="url"
                  placeholder="https://"
                  value={material.url}
                  onChange={(_, { value }) => change(index, { url: value })}
                />
              </Field>
              <Button
                appearance="subtle"
                icon={<Delete20Regular />}
                aria-label={t('sessions.materials.remove', { number: index + 1 })}
                onClick={() => setMaterials(materials.filter((_, at) => at !== index))}
              />
            </div>
          ))}
          <Button
            className={css.add ?? ''}
            appearance="subtle"
            icon={<Add20Regular />}
            onClick={() => setMaterials([...materials, none(language)])}
          >
            {t('sessions.materials.add')}
          </Button>
        </>
      )}
    </FormDialog>
  );
}
