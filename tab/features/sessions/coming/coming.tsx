import { Button } from '@fluentui/react-components';
import { CalendarCancel20Regular, Checkmark20Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { AnswerValue } from '../../../../src/sessions/coming/answer.js';
import type { AnswerGroup, ComingCounts, NamedAnswer } from '../../../../src/sessions/coming/service.js';
import type { Occurrence } from '../../../../src/sessions/occurrences/occurrence.js';
import type { ComingAnswer } from '../../../../src/shared/answers/sessions.js';
import { useMay, useShell, useText } from '../../../shared/context.js';
import { Disclosure } from '../../../shared/disclosure.js';
import { Await, Bones } from '../../../shared/states.js';
import { useFresh } from '../../../shared/use-fresh.js';
import { useLoad, type Loaded } from '../../../shared/use-load.js';
import { occurrenceApi, type OccurrenceApi } from '../api.js';
import { Section } from '../parts/section.js';
import { PublicPageLink } from './public-page-link.js';
import css from './coming.module.css';

/** Who is invited and who comes: one's own answer, the numbers for everybody, and the names for coordinators. */
export function Coming({ occurrence }: { readonly occurrence: Occurrence }) {
  const { api: server } = useShell();
  const { t } = useText();
  const may = useMay();
  const api = occurrenceApi(server, occurrence.id);
  // An answer to an old time is none to the new one.
  const loaded = useLoad(`${api.path} at ${occurrence.start}`, api.coming);
  useFresh(loaded.refresh);
  const isAhead = occurrence.state.status === 'planned' || occurrence.state.status === 'confirmed';
  return (
    <Section id="coming" title={t(isAhead ? 'sessions.coming.title' : 'sessions.coming.titleOver')}>
      <Await loaded={loaded} bones={<Bones rows={1} height={72} />}>
        {({ counts, mine }) => (
          <>
            {isAhead && may('session:take') && <MyAnswer mine={mine} api={api} loaded={loaded} />}
            <Counts counts={counts} />
            {may('session:edit') && <Names counts={counts} api={api} version={JSON.stringify(counts)} />}
          </>
        )}
      </Await>
      <PublicPageLink seriesId={occurrence.seriesId} date={occurrence.date} />
    </Section>
  );
}

function MyAnswer(props: {
  readonly mine: AnswerValue | undefined;
  readonly api: OccurrenceApi;
  readonly loaded: Loaded<ComingAnswer>;
}) {
  const { mine, api, loaded } = props;
  const { notify, fail } = useShell();
  const { t } = useText();
  const answer = async (value: 'coming' | 'notComing'): Promise<void> => {
    try {
      loaded.set(await api.answer(value));
      notify(t(`sessions.coming.done.${value}`));
    } catch (error) {
      fail(error);
      loaded.refresh();
    }
  };
  return (
    <div className={css.answers} role="group" aria-label={t('sessions.coming.mine')}>
      {(['coming', 'notComing'] as const).map((value) => (
        <Button
          key={value}
          aria-pressed={mine === value}
          appearance={mine === value ? 'primary' : 'secondary'}
          icon={value === 'coming' ? <Checkmark20Regular /> : <CalendarCancel20Regular />}
          onClick={() => void answer(value)}
        >
          {t(`sessions.coming.answer.${value}`)}
        </Button>
      ))}
    </div>
  );
}

function Counts({ counts }: { readonly counts: ComingCounts }) {
  const { t } = useText();
  const shown = (['invited', 'coming', 'notComing', 'maybe', 'noAnswer'] as const).filter(
    (name) => name !== 'maybe' || counts.maybe > 0,
  );
  return (
    <dl className={css.counts}>
      {shown.map((name) => (
        <div key={name}>
          <dt>{t(`sessions.coming.${name}`)}</dt>
          <dd>{counts[name]}</dd>
        </div>
      ))}
    </dl>
  );
}

const groups: readonly AnswerGroup[] = ['coming', 'notComing', 'maybe', 'noAnswer'];

function Names(props: {
  readonly counts: ComingCounts;
  readonly api: OccurrenceApi;
  readonly version: string;
}) {
  const { counts, api, version } = props;
  const { t } = useText();
  return (
    <div>
      {groups
        .filter((group) => counts[group] > 0)
        .map((group) => (
          <Group
            key={group}
            title={t('sessions.coming.names', { group: t(`sessions.coming.${group}`), count: counts[group] })}
            group={group}
            api={api}
            version={version}
          />
        ))}
    </div>
  );
}

/** One group, closed until somebody wants to see it; the names are fetched then, fifty at a time. */
function Group(props: {
  readonly title: string;
  readonly group: AnswerGroup;
  readonly api: OccurrenceApi;
  readonly version: string;
}) {
  const { title, group, api, version } = props;
  const [isOpen, setOpen] = useState(false);
  return (
    <Disclosure className={css.group} summary={title} isOpen={isOpen} onToggle={setOpen}>
      {isOpen && <Pages group={group} api={api} key={version} version={version} />}
    </Disclosure>
  );
}

function Pages(props: {
  readonly group: AnswerGroup;
  readonly api: OccurrenceApi;
  readonly version: string;
}) {
  const { group, api, version } = props;
  const { fail } = useShell();
  const { t } = useText();
  const loaded = useLoad(`${api.path}/coming/${group} ${version}`, () => api.comingNames(group));
  const more = async (lines: readonly NamedAnswer[], after: string): Promise<void> => {
    try {
      const next = await api.comingNames(group, after);
      loaded.set({ ...next, lines: [...lines, ...next.lines] });
    } catch (error) {
      fail(error);
    }
  };
  return (
    <Await loaded={loaded} bones={<Bones rows={3} height={20} />}>
      {({ lines, next }) => (
        <>
          <ul className={css.names}>
            {lines.map((line) => (
              <One key={line.who} line={line} />
            ))}
          </ul>
          {next !== undefined && (
            <Button className={css.more} appearance="subtle" onClick={() => void more(lines, next)}>
              {t('shared.more')}
            </Button>
          )}
        </>
      )}
    </Await>
  );
}

function One({ line: { name, organisation, at, way } }: { readonly line: NamedAnswer }) {
  const { t, dates } = useText();
  const details = [
    ...(organisation === undefined ? [] : [organisation]),
    ...(at === undefined ? [] : [dates.brief(at)]),
    ...(way === undefined ? [] : [t(`sessions.coming.way.${way}`)]),
  ];
  return (
    <li>
      {name ?? t('sessions.coming.removed')}
      {details.length > 0 && <p>{details.join(' · ')}</p>}
    </li>
  );
}
