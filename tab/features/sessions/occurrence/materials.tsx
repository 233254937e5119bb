import { Button, Field, Input } from '@fluentui/react-components';
import { Add20Regular, Delete20Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { Material, Occurrence } from '../../../../src/sessions/occurrences/occurrence.js';
import { useMay, useShell, useText } from '../../../shared/context.js';
import { FormDialog, useDialogs } from '../../../shared/form-dialog.js';
import { faultAt, fieldProblem } from '../../../shared/problem.js';
import { useSeen } from '../../../shared/use-seen.js';
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
  const { t } = useText();
  const may = useMay();
  const mayChange = useIsPresenter()(occurrence) || may('session:edit');
  const materials = occurrence.record?.materials ?? [];
  const recording = occurrence.record?.recordingUrl;
  const dialogs = useDialogs<'materials'>();
  return (
    <div className={after.box}>
      <h3>{t('sessions.materials.title')}</h3>
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
          {materials.map(({ title, url }) => (
            <li key={url}>
              <a href={url} target="_blank" rel="noreferrer">
                {title}
              </a>
            </li>
          ))}
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

const none: Material = { title: '', url: '' };

function MaterialsDialog(props: {
  readonly occurrence: Occurrence;
  readonly here: OccurrenceHere;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  const { occurrence, here } = props;
  const { texts } = useShell();
  const { t } = useText();
  const current = occurrence.record?.materials ?? [];
  const [materials, setMaterials] = useState<readonly Material[]>(current.length > 0 ? current : [none]);
  const [recording, setRecording] = useState(occurrence.record?.recordingUrl ?? '');
  const change = (index: number, part: Partial<Material>): void =>
    setMaterials(materials.map((material, at) => (at === index ? { ...material, ...part } : material)));
  const overSeen = useSeen({ materials: current, recordingUrl: occurrence.record?.recordingUrl ?? null });
  const send = (): Promise<void> => {
    const given = materials.filter(({ title, url }) => `${title}${url}`.trim() !== '');
    const body = { materials: given, recordingUrl: recording.trim() === '' ? null : recording.trim() };
    return overSeen((seen) =>
      here.make(() => here.api.setMaterials(body, seen), t('sessions.done.materials')),
    );
  };
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
                label={t('sessions.materials.name', { number: index + 1 })}
                {...faultAt(texts, fault, `materials.${index}.title`)}
              >
                <Input value={material.title} onChange={(_, { value }) => change(index, { title: value })} />
              </Field>
              <Field label={t('sessions.materials.url')} {...faultAt(texts, fault, `materials.${index}.url`)}>
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
            onClick={() => setMaterials([...materials, none])}
          >
            {t('sessions.materials.add')}
          </Button>
        </>
      )}
    </FormDialog>
  );
}
