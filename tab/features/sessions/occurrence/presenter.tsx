import { Button, Field, Select } from '@fluentui/react-components';
import { useState, type ReactNode } from 'react';
import type { ProjectId } from '../../../../src/platform/ids.js';
import type { Occurrence, OccurrenceLine } from '../../../../src/sessions/occurrences/occurrence.js';
import { missingTranslations, translatedTo } from '../../../../src/shared/translated.js';
import { ApiError } from '../../../api.js';
import { useMay, useProjectName, useShell, useText } from '../../../shared/context.js';
import { FormDialog, useDialogs } from '../../../shared/form-dialog.js';
import { faultAt } from '../../../shared/problem.js';
import { Await, Bones } from '../../../shared/states.js';
import { useLoad } from '../../../shared/use-load.js';
import { useSeen } from '../../../shared/use-seen.js';
import { seriesApi } from '../api.js';
import { ChangeEffect } from '../parts/change-effect.js';
import { MissingLanguages } from '../parts/missing-languages.js';
import { Section } from '../parts/section.js';
import { AnswerDialog } from './answer-dialog.js';
import { useIsPresenter, type OccurrenceDialog, type OccurrenceHere } from './use-occurrence.js';
import css from './page.module.css';

type Asked = 'answer' | 'assign' | 'swap' | 'volunteer' | 'giveUp' | 'askVolunteers';

/** Whose turn it is and what they will present; what one can do about it oneself. */
export function Presenter({
  occurrence,
  here,
}: {
  readonly occurrence: Occurrence;
  readonly here: OccurrenceHere;
}) {
  const { t } = useText();
  const dialogs = useDialogs<Asked>();
  const dialog = (asked: Asked) => ({
    occurrence,
    here,
    ...dialogs.of(asked),
  });
  return (
    <Section id="presenter" title={t('sessions.presenter.title')}>
      <Standing occurrence={occurrence} />
      <SwapAsked occurrence={occurrence} here={here} />
      <Choices occurrence={occurrence} onOpen={dialogs.show} />
      <AnswerDialog key={`answer ${dialogs.round}`} {...dialog('answer')} />
      <AssignDialog key={`assign ${dialogs.round}`} {...dialog('assign')} />
      <SwapDialog key={`swap ${dialogs.round}`} {...dialog('swap')} />
      <VolunteerDialog key={`volunteer ${dialogs.round}`} {...dialog('volunteer')} />
      <GiveUpDialog key={`giveUp ${dialogs.round}`} {...dialog('giveUp')} />
      <AskVolunteersDialog key={`askVolunteers ${dialogs.round}`} {...dialog('askVolunteers')} />
    </Section>
  );
}

/** Who of the project was chosen to present. */
function personOf({
  slot,
}: Pick<Occurrence, 'slot'>): { readonly id: string; readonly name: string } | undefined {
  return slot !== undefined && 'person' in slot ? slot.person : undefined;
}

function Standing({ occurrence }: { readonly occurrence: Occurrence }) {
  const { t, dates, language } = useText();
  const mayEdit = useMay()('session:edit');
  const { slot, talk: written, state } = occurrence;
  const talk = written && translatedTo(language, written);
  const projectName = useProjectName();
  if (slot === undefined || slot.how === 'nobody') {
    const askedAt = occurrence.record?.opening?.askedAt;
    return (
      <>
        <p className={css.text}>
          {t(state.status === 'held' ? 'sessions.presenter.none' : 'sessions.presenter.open')}
        </p>
        {state.status !== 'held' && askedAt !== undefined && (
          <p className={css.quiet}>{t('sessions.volunteers.asked', { when: dates.day(askedAt) })}</p>
        )}
      </>
    );
  }
  const project = projectName(slot.projectId);
  const person = personOf(occurrence);
  return (
    <div className={css.card}>
      <p className={css.large}>
        <strong>{project}</strong>
      </p>
      {talk === undefined && person !== undefined && <p>{person.name}</p>}
      <p className={css.quiet}>{t(`sessions.presenter.how.${slot.how}`)}</p>
      {talk === undefined || written === undefined ? (
        state.status !== 'held' && <p>{t('sessions.presenter.waiting')}</p>
      ) : (
        <>
          <p lang={talk.language}>{talk.topic}</p>
          {mayEdit && state.status !== 'held' && (
            <MissingLanguages languages={missingTranslations(written)} />
          )}
          <p className={css.quiet}>
            {t('sessions.presenter.addedBy', {
              speaker: talk.presenter,
              by: talk.by.name,
              when: dates.day(talk.at),
            })}
          </p>
        </>
      )}
    </div>
  );
}

/** The project of this slot asks another to swap: the other one answers, and who asked may take it back. */
function SwapAsked({ occurrence, here }: { readonly occurrence: Occurrence; readonly here: OccurrenceHere }) {
  const { session } = useShell();
  const { t, dates } = useText();
  const may = useMay();
  const swap = occurrence.record?.swap;
  if (swap === undefined) return null;
  const acts = (projectId: ProjectId): boolean =>
    may('session:edit') || (may('session:take') && session.person.projects.includes(projectId));
  const date = swap.with.slice(-8).replace(/(\d{4})(\d{2})(\d{2})/, '$1-$2-$3');
  const answer = (accepted: boolean): void =>
    void here.change(
      () => here.api.answerSwap(swap.with, accepted),
      t(accepted ? 'sessions.done.swapAccepted' : 'sessions.done.swapDeclined'),
    );
  return (
    <div className={css.card}>
      <p>{t('sessions.swap.asked', { name: swap.by.name, when: dates.plainDay(date) })}</p>
      {(acts(swap.theirProjectId) || acts(swap.projectId)) && (
        <div className={css.row}>
          {acts(swap.theirProjectId) && (
            <Button onClick={() => answer(true)}>{t('sessions.swap.accept')}</Button>
          )}
          <Button appearance="subtle" onClick={() => answer(false)}>
            {t(acts(swap.theirProjectId) ? 'sessions.swap.decline' : 'sessions.swap.withdraw')}
          </Button>
        </div>
      )}
    </div>
  );
}

function Choices(props: {
  readonly occurrence: Occurrence;
  readonly onOpen: (asked: Asked) => void;
}): ReactNode {
  const { occurrence, onOpen } = props;
  const { session } = useShell();
  const { t } = useText();
  const may = useMay();
  const isPresenter = useIsPresenter()(occurrence);
  const { slot, talk, state } = occurrence;
  const mayEdit = may('session:edit');
  if (slot === undefined || (state.status !== 'planned' && state.status !== 'confirmed')) return null;
  const isAgreed = slot.how !== 'nobody' && slot.how !== 'proposed';
  const mayVolunteer = may('session:take') && !isAgreed && session.person.projects.length > 0;
  return (
    <div className={css.row}>
      {(isPresenter || mayEdit) && slot.how !== 'nobody' && (
        <Button onClick={() => onOpen('answer')}>
          {t(talk === undefined ? 'sessions.answer.verb' : 'sessions.answer.change')}
        </Button>
      )}
      {mayEdit && (
        <Button appearance={slot.how === 'nobody' ? 'secondary' : 'subtle'} onClick={() => onOpen('assign')}>
          {t('sessions.assign.verb')}
        </Button>
      )}
      {mayEdit && !isAgreed && occurrence.record?.opening?.askedAt === undefined && (
        <Button onClick={() => onOpen('askVolunteers')}>{t('sessions.volunteers.verb')}</Button>
      )}
      {!mayEdit && mayVolunteer && (
        <Button onClick={() => onOpen('volunteer')}>{t('sessions.volunteer.verb')}</Button>
      )}
      {(isPresenter || mayEdit) && isAgreed && (
        <Button appearance="subtle" onClick={() => onOpen('swap')}>
          {t('sessions.swap.verb')}
        </Button>
      )}
      {isPresenter && isAgreed && (
        <Button appearance="subtle" onClick={() => onOpen('giveUp')}>
          {t('sessions.giveUp.verb')}
        </Button>
      )}
    </div>
  );
}

function useRotation(seriesId: string) {
  const { api } = useShell();
  return useLoad(`rotation ${seriesId}`, () => seriesApi(api, seriesId).rotation());
}

/** "We can't": whom that notifies, and who is asked, before it is done. */
export function GiveUpDialog({ occurrence, here, isOpen, onClose }: OccurrenceDialog) {
  const { t, dates } = useText();
  return (
    <FormDialog
      title={t('sessions.giveUp.title')}
      verb={t('sessions.giveUp.verb')}
      isOpen={isOpen}
      onClose={onClose}
      onSend={() => here.make(here.api.giveUp, t('sessions.done.giveUp'))}
    >
      {() => (
        <>
          <p>{t('sessions.giveUp.text')}</p>
          <ChangeEffect
            about={`giveUp ${occurrence.id} ${JSON.stringify(occurrence.slot)}`}
            ask={() => here.api.preview({ change: 'giveUp' })}
            what={() => t('sessions.effect.leftOpen', { when: dates.moment(occurrence.start) })}
          />
        </>
      )}
    </FormDialog>
  );
}

/** Asks everybody of all projects who takes the slot. */
export function AskVolunteersDialog({ occurrence, here, isOpen, onClose }: OccurrenceDialog) {
  const { t, dates } = useText();
  return (
    <FormDialog
      title={t('sessions.volunteers.title')}
      verb={t('sessions.volunteers.verb')}
      isOpen={isOpen}
      onClose={onClose}
      onSend={() => here.make(here.api.askVolunteers, t('sessions.done.volunteersAsked'))}
    >
      {() => (
        <>
          <p>{t('sessions.volunteers.text')}</p>
          <ChangeEffect
            about={`askVolunteers ${occurrence.id} ${JSON.stringify(occurrence.slot)}`}
            ask={() => here.api.preview({ change: 'askVolunteers' })}
            what={() => t('sessions.effect.leftOpen', { when: dates.moment(occurrence.start) })}
          />
        </>
      )}
    </FormDialog>
  );
}

/**
 * The coordinator gives the slot to a project, with when each presented last beside it, and to somebody of it where they
 * wish; or leaves it open.
 */
export function AssignDialog({ occurrence, here, isOpen, onClose }: OccurrenceDialog) {
  const { t, dates } = useText();
  const projectName = useProjectName();
  const { slot } = occurrence;
  const had = slot !== undefined && slot.how !== 'nobody' ? slot.projectId : '';
  const hadPerson = personOf(occurrence)?.id ?? '';
  const [chosen, setChosen] = useState<string>(had);
  const [person, setPerson] = useState<string>(hadPerson);
  const overSeen = useSeen({
    projectId: had === '' ? null : had,
    personId: hadPerson === '' ? null : hadPerson,
  });
  const wanted = {
    projectId: chosen === '' ? null : chosen,
    personId: chosen === '' || person === '' ? null : person,
  };
  // What is only proposed is agreed by choosing it.
  const isChanged = chosen !== had || person !== hadPerson || slot?.how === 'proposed';
  const send = (): Promise<void> =>
    overSeen((seen) =>
      here.make(
        () => here.api.assign(wanted.projectId, wanted.personId, seen),
        t(chosen === '' ? 'sessions.done.leftOpen' : 'sessions.done.assign'),
      ),
    );
  const what = (): string =>
    chosen === ''
      ? t('sessions.effect.leftOpen', { when: dates.moment(occurrence.start) })
      : t('sessions.effect.assign', {
          when: dates.moment(occurrence.start),
          project: projectName(chosen),
        });
  return (
    <FormDialog
      title={t('sessions.assign.title')}
      verb={t('sessions.assign.verb')}
      isOpen={isOpen}
      onClose={onClose}
      onSend={send}
    >
      {(fault) => (
        <>
          <ProjectsByTurn
            seriesId={occurrence.seriesId}
            chosen={chosen}
            person={person}
            fault={fault}
            onChoose={(projectId) => {
              setChosen(projectId);
              setPerson(projectId === had ? hadPerson : '');
            }}
            onPerson={setPerson}
          />
          {isOpen && isChanged && (
            <ChangeEffect
              about={`assign ${occurrence.id} ${JSON.stringify([slot, wanted])}`}
              ask={() => here.api.preview({ change: 'assign', ...wanted })}
              what={what}
            />
          )}
        </>
      )}
    </FormDialog>
  );
}

function ProjectsByTurn(props: {
  readonly seriesId: string;
  readonly chosen: string;
  /** Who of the project; empty leaves it to them. */
  readonly person: string;
  readonly fault: unknown;
  readonly onChoose: (projectId: string) => void;
  readonly onPerson: (personId: string) => void;
}) {
  const { texts } = useShell();
  const { t, dates } = useText();
  const projectName = useProjectName();
  const rotation = useRotation(props.seriesId);
  return (
    <Await loaded={rotation} bones={<Bones rows={1} height={56} />}>
      {({ history, people }) => (
        <>
          <Field
            label={t('sessions.assign.label')}
            hint={t('sessions.assign.hint')}
            {...faultAt(texts, props.fault, 'projectId', [], projectName)}
          >
            <Select value={props.chosen} onChange={(_, { value }) => props.onChoose(value)}>
              <option value="">{t('sessions.assign.nobody')}</option>
              {history.map(({ projectId, last, next }) => (
                <option key={projectId} value={projectId}>
                  {[
                    projectName(projectId),
                    last === undefined
                      ? t('sessions.assign.never')
                      : t('sessions.assign.last', { when: dates.plainDay(last) }),
                    ...(next === undefined
                      ? []
                      : [t('sessions.assign.next', { when: dates.plainDay(next) })]),
                  ].join(' · ')}
                </option>
              ))}
            </Select>
          </Field>
          {(people?.[props.chosen as ProjectId] ?? []).length > 0 && (
            <Field
              label={t('sessions.assign.person')}
              hint={t('sessions.assign.personHint')}
              {...faultAt(texts, props.fault, 'personId')}
            >
              <Select value={props.person} onChange={(_, { value }) => props.onPerson(value)}>
                <option value="">{t('sessions.assign.anybody')}</option>
                {(people?.[props.chosen as ProjectId] ?? []).map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </Select>
            </Field>
          )}
        </>
      )}
    </Await>
  );
}

/** Another slot with which this one is swapped: at once by the coordinator, by asking for others. */
export function SwapDialog({ occurrence, here, isOpen, onClose }: OccurrenceDialog) {
  const { t } = useText();
  const [chosen, setChosen] = useState('');
  const { slot } = occurrence;
  const [seen] = useState(slot !== undefined && slot.how !== 'nobody' ? slot.projectId : '');
  const send = async (): Promise<void> => {
    if (chosen === '') throw new ApiError('input.invalid', 0, [{ field: 'with', code: 'unknownChoice' }]);
    await here.make(
      () => here.api.swap(chosen, seen),
      ({ isAsked }) => t(isAsked === true ? 'sessions.done.swapAsked' : 'sessions.done.swap'),
    );
  };
  return (
    <FormDialog
      title={t('sessions.swap.title')}
      verb={t('sessions.swap.verb')}
      isOpen={isOpen}
      onClose={onClose}
      onSend={send}
    >
      {(fault) => (
        <>
          <Slots occurrence={occurrence} chosen={chosen} fault={fault} onChoose={setChosen} />
          {chosen !== '' && <NearSwap occurrence={occurrence} chosen={chosen} />}
          {chosen !== '' && (
            <ChangeEffect
              about={`swap ${occurrence.id} ${chosen} ${seen}`}
              ask={() => here.api.preview({ change: 'swap', with: chosen })}
              what={({ groups }) =>
                t(
                  groups.some(({ about }) => about === 'swapAsked')
                    ? 'sessions.effect.swapAsked'
                    : 'sessions.effect.swap',
                )
              }
            />
          )}
        </>
      )}
    </FormDialog>
  );
}

const nearDays = 14;

/** Warns where a session of the swap is confirmed and near: people may have been reminded of what it is about. */
function NearSwap({ occurrence, chosen }: { readonly occurrence: Occurrence; readonly chosen: string }) {
  const { t, dates } = useText();
  const rotation = useRotation(occurrence.seriesId);
  const [now] = useState(() => Date.now());
  const slots = rotation.state === 'ready' ? rotation.value.slots : [];
  const other = slots.find((slot) => slot.occurrence.id === chosen)?.occurrence;
  if (other === undefined) return null;
  const pairs: readonly (readonly [OccurrenceLine, OccurrenceLine])[] = [
    [occurrence, other],
    [other, occurrence],
  ];
  return pairs
    .filter(
      ([{ state, talk, start }]) =>
        (state.status === 'confirmed' || talk !== undefined) &&
        Date.parse(start) - now < nearDays * 86_400_000,
    )
    .map(([near, later]) => (
      <p key={near.id} className={css.warning} role="status">
        {t('sessions.swap.near', {
          when: dates.moment(near.start),
          topic: near.talk?.topic ?? 'none',
          later: dates.moment(later.start),
        })}
      </p>
    ));
}

function Slots(props: {
  readonly occurrence: Occurrence;
  readonly chosen: string;
  readonly fault: unknown;
  readonly onChoose: (id: string) => void;
}) {
  const { occurrence, chosen, onChoose } = props;
  const { texts } = useShell();
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
          <Field label={t('sessions.swap.label')} {...faultAt(texts, props.fault, 'with')}>
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
export function VolunteerDialog({ occurrence, here, isOpen, onClose }: OccurrenceDialog) {
  const { session } = useShell();
  const { t, dates } = useText();
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
        <>
          <Field label={t('sessions.volunteer.label')} hint={t('sessions.volunteer.hint')}>
            <Select value={chosen} onChange={(_, { value }) => setChosen(value)}>
              {projects.map((id) => (
                <option key={id} value={id}>
                  {projectName(id)}
                </option>
              ))}
            </Select>
          </Field>
          {isOpen && (
            <ChangeEffect
              about={`volunteer ${occurrence.id} ${chosen}`}
              ask={() => here.api.preview({ change: 'volunteer', projectId: chosen })}
              what={() =>
                t('sessions.effect.assign', {
                  when: dates.moment(occurrence.start),
                  project: projectName(chosen),
                })
              }
            />
          )}
        </>
      )}
    </FormDialog>
  );
}
