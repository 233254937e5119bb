import { Field, Select } from '@fluentui/react-components';
import { useState } from 'react';
import type { Occurrence, OccurrenceLine } from '../../../../src/sessions/occurrences/occurrence.js';
import { useProjectName, useShell, useText } from '../../../shared/context.js';
import { Await, Bones } from '../../../shared/states.js';
import { useLoad } from '../../../shared/use-load.js';
import { FormDialog } from '../../../shared/form-dialog.js';
import type { OccurrenceHere } from './use-occurrence.js';
import { seriesApi } from '../api.js';

interface Turning {
  readonly occurrence: Occurrence;
  readonly here: OccurrenceHere;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

function useRotation(seriesId: string) {
  const { api } = useShell();
  return useLoad(`rotation ${seriesId}`, () => seriesApi(api, seriesId).rotation());
}

/** The coordinator gives the slot to a project, told when each presented last; or leaves it open. */
export function AssignDialog({ occurrence, here, isOpen, onClose }: Turning) {
  const { t } = useText();
  const { slot } = occurrence;
  const [chosen, setChosen] = useState(slot !== undefined && slot.how !== 'nobody' ? slot.projectId : '');
  const send = (): Promise<void> =>
    here.make(
      () => here.api.assign(chosen === '' ? null : chosen),
      t(chosen === '' ? 'sessions.done.leftOpen' : 'sessions.done.assign'),
    );
  return (
    <FormDialog
      title={t('sessions.assign.title')}
      verb={t('sessions.assign.verb')}
      isOpen={isOpen}
      onClose={onClose}
      onSend={send}
    >
      {() => <ProjectsByTurn seriesId={occurrence.seriesId} chosen={chosen} onChoose={setChosen} />}
    </FormDialog>
  );
}

function ProjectsByTurn(props: {
  readonly seriesId: string;
  readonly chosen: string;
  readonly onChoose: (projectId: string) => void;
}) {
  const { t, dates } = useText();
  const projectName = useProjectName();
  const rotation = useRotation(props.seriesId);
  return (
    <Await loaded={rotation} bones={<Bones rows={1} height={56} />}>
      {({ history }) => (
        <Field label={t('sessions.assign.label')} hint={t('sessions.assign.hint')}>
          <Select value={props.chosen} onChange={(_, { value }) => props.onChoose(value)}>
            <option value="">{t('sessions.assign.nobody')}</option>
            {history.map(({ projectId, last }) => (
              <option key={projectId} value={projectId}>
                {projectName(projectId)}
                {' · '}
                {last === undefined
                  ? t('sessions.assign.never')
                  : t('sessions.assign.last', { when: dates.plainDay(last) })}
              </option>
            ))}
          </Select>
        </Field>
      )}
    </Await>
  );
}

/** Another slot with which this one is swapped: at once by the coordinator, by asking for others. */
export function SwapDialog({ occurrence, here, isOpen, onClose }: Turning) {
  const { t } = useText();
  const [chosen, setChosen] = useState('');
  const send = (): Promise<void> =>
    here.make(
      () => here.api.swap(chosen),
      ({ isAsked }) => t(isAsked === true ? 'sessions.done.swapAsked' : 'sessions.done.swap'),
    );
  return (
    <FormDialog
      title={t('sessions.swap.title')}
      verb={t('sessions.swap.verb')}
      isOpen={isOpen}
      onClose={onClose}
      onSend={send}
    >
      {() => <Slots occurrence={occurrence} chosen={chosen} onChoose={setChosen} />}
    </FormDialog>
  );
}

function Slots(props: {
  readonly occurrence: Occurrence;
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
}) {
  const { occurrence, chosen, onChoose } = props;
  const { t, dates } = useText();
  const projectName = useProjectName();
  const rotation = useRotation(occurrence.seriesId);
  const nameOf = ({ slot }: OccurrenceLine): string =>
    slot === undefined || slot.how === 'nobody' ? t('sessions.turn.nobody') : projectName(slot.projectId);
  return (
    <Await loaded={rotation} bones={<Bones rows={1} height={56} />}>
      {({ slots }) => {
        const mine = slots.find((slot) => slot.occurrence.id === occurrence.id);
        const others = slots.filter((slot) => mine?.swappable.includes(slot.occurrence.id) === true);
        if (others.length === 0) return <p>{t('sessions.swap.none')}</p>;
        return (
          <Field label={t('sessions.swap.label')}>
            <Select required value={chosen} onChange={(_, { value }) => onChoose(value)}>
              <option value="">{t('sessions.choose')}</option>
              {others.map(({ occurrence: other }) => (
                <option key={other.id} value={other.id}>
                  {`${dates.day(other.start)} · ${nameOf(other)}`}
                </option>
              ))}
            </Select>
          </Field>
        );
      }}
    </Await>
  );
}

/** "We will": one of one's own projects takes the slot. */
export function VolunteerDialog({ here, isOpen, onClose }: Turning) {
  const { session } = useShell();
  const { t } = useText();
  const projectName = useProjectName();
  const { projects } = session.person;
  const [chosen, setChosen] = useState<string>(projects[0] ?? '');
  const send = (): Promise<void> => here.make(() => here.api.volunteer(chosen), t('sessions.done.volunteer'));
  return (
    <FormDialog
      title={t('sessions.volunteer.title')}
      verb={t('sessions.volunteer.verb')}
      isOpen={isOpen}
      onClose={onClose}
      onSend={send}
    >
      {() => (
        <Field label={t('sessions.volunteer.label')} hint={t('sessions.volunteer.hint')}>
          <Select value={chosen} onChange={(_, { value }) => setChosen(value)}>
            {projects.map((id) => (
              <option key={id} value={id}>
                {projectName(id)}
              </option>
            ))}
          </Select>
        </Field>
      )}
    </FormDialog>
  );
}
