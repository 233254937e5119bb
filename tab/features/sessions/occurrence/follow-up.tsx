import { Button, Field, Input } from '@fluentui/react-components';
import { HeartRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { Occurrence } from '../../../../src/sessions/occurrences/occurrence.js';
import { proposedText } from '../../../../src/news/proposal.js';
import { wholeProgramme } from '../../../../src/people/person.js';
import type { PulseAnswer } from '../../../../src/shared/answers/sessions.js';
import { useMay, useText, useShell } from '../../../shared/context.js';
import { Disclosure } from '../../../shared/disclosure.js';
import { FormDialog, useDialogs } from '../../../shared/form-dialog.js';
import { faultAt } from '../../../shared/problem.js';
import { href } from '../../../shared/route.js';
import { Await, Bones } from '../../../shared/states.js';
import { useLoad } from '../../../shared/use-load.js';
import { useSeen } from '../../../shared/use-seen.js';
import { go } from '../../../shared/use-route.js';
import { occurrenceApi, submitNews } from '../api.js';
import { Section } from '../parts/section.js';
import { Materials } from './materials.js';
import { Notes } from './notes.js';
import { ThanksDialog } from './thanks-dialog.js';
import { useIsPresenter, type OccurrenceHere } from './use-occurrence.js';
import css from './afterwards.module.css';

/** What came of a session that was held: what was said, shown and thought, and the news made of it. */
export function FollowUp({
  occurrence,
  here,
}: {
  readonly occurrence: Occurrence;
  readonly here: OccurrenceHere;
}) {
  const { t } = useText();
  const may = useMay();
  return (
    <>
      <Notes occurrence={occurrence} here={here} />
      <Section id="after" title={t('sessions.after.title')}>
        <div className={css.grid}>
          <Attendance occurrence={occurrence} here={here} />
          <Materials occurrence={occurrence} here={here} />
          <Pulse occurrence={occurrence} />
          <NewsOf occurrence={occurrence} />
        </div>
        {may('session:edit') && <Thanks occurrence={occurrence} here={here} />}
      </Section>
    </>
  );
}

/** How many were there: as the meeting reports, or a number by hand. */
export function Attendance({
  occurrence,
  here,
  isRunning = false,
}: {
  readonly occurrence: Occurrence;
  readonly here: OccurrenceHere;
  /** The session is still on: its report comes when it is over. */
  readonly isRunning?: boolean;
}) {
  const { t, dates } = useText();
  const mayEdit = useMay()('session:edit');
  const attendance = occurrence.record?.attendance;
  const dialogs = useDialogs<'count'>();
  return (
    <div className={css.box}>
      <h3>{t('sessions.attendance.heading')}</h3>
      {attendance === undefined ? (
        <p className={css.quiet}>{t('sessions.attendance.none')}</p>
      ) : (
        <>
          <p className={css.number}>{attendance.count}</p>
          <p className={css.quiet}>
            {attendance.from === 'hand'
              ? t('sessions.attendance.byHand', { name: attendance.by.name, when: dates.day(attendance.at) })
              : t('sessions.attendance.byReport', { when: dates.moment(attendance.at) })}
          </p>
          {attendance.from === 'meeting' && attendance.people.length > 0 && (
            <Disclosure summary={t('sessions.attendance.people')}>
              <ul className={css.people} tabIndex={0} aria-label={t('sessions.attendance.people')}>
                {attendance.people.map(({ name, minutes }, index) => (
                  <li key={`${name} ${index}`}>
                    <span>{name}</span>
                    <span>{t('sessions.minutes', { count: minutes })}</span>
                  </li>
                ))}
                {attendance.count > attendance.people.length && (
                  <li>
                    {t('sessions.attendance.more', { count: attendance.count - attendance.people.length })}
                  </li>
                )}
              </ul>
            </Disclosure>
          )}
        </>
      )}
      {mayEdit && (
        <div className={css.buttons}>
          <Button size="small" onClick={() => dialogs.show('count')}>
            {t(attendance === undefined ? 'sessions.attendance.enter' : 'sessions.attendance.correct')}
          </Button>
          {!isRunning && (
            <Button
              size="small"
              appearance="subtle"
              onClick={() =>
                void here.change(
                  () => here.api.fetchAttendance({ count: attendance?.count ?? null }),
                  t('sessions.done.attendance'),
                )
              }
            >
              {t('sessions.attendance.fetch')}
            </Button>
          )}
        </div>
      )}
      <CountDialog key={dialogs.round} count={attendance?.count} here={here} {...dialogs.of('count')} />
    </div>
  );
}

function CountDialog(props: {
  readonly count: number | undefined;
  readonly here: OccurrenceHere;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  const { here, isOpen, onClose } = props;
  const { texts } = useShell();
  const { t } = useText();
  const [count, setCount] = useState(props.count === undefined ? '' : String(props.count));
  const overSeen = useSeen({ count: props.count ?? null });
  const send = (): Promise<void> =>
    overSeen((seen) =>
      here.make(
        () => here.api.setAttendance(count === '' ? null : Number(count), seen),
        t('sessions.done.attendance'),
      ),
    );
  return (
    <FormDialog
      title={t('sessions.attendance.title')}
      verb={t('sessions.attendance.verb')}
      isOpen={isOpen}
      onClose={onClose}
      onSend={send}
    >
      {(fault) => (
        <Field label={t('sessions.attendance.label')} {...faultAt(texts, fault, 'count')}>
          <Input type="number" required min={0} value={count} onChange={(_, { value }) => setCount(value)} />
        </Field>
      )}
    </FormDialog>
  );
}

/** What people thought of it: how many gave each number, as a table with bars, and what could be done better. */
export function Pulse({ occurrence }: { readonly occurrence: Occurrence }) {
  const { api } = useShell();
  const { t } = useText();
  const { pulsePath, pulse: getPulse } = occurrenceApi(api, occurrence.id);
  const loaded = useLoad(pulsePath, getPulse);
  return (
    <div className={css.box}>
      <h3>{t('sessions.pulse.title')}</h3>
      <Await loaded={loaded} bones={<Bones rows={1} height={80} />}>
        {(pulse) =>
          pulse.count === 0 ? (
            <p className={css.quiet}>{t('sessions.pulse.none')}</p>
          ) : (
            <>
              <Bars pulse={pulse} />
              {pulse.better.length > 0 && (
                <Disclosure summary={t('sessions.pulse.better', { count: pulse.better.length })}>
                  <ul className={css.said}>
                    {pulse.better.map(({ text, at }) => (
                      <li key={at}>{text}</li>
                    ))}
                  </ul>
                </Disclosure>
              )}
            </>
          )
        }
      </Await>
    </div>
  );
}

function Bars({ pulse: { useful, count } }: { readonly pulse: PulseAnswer }) {
  const { t } = useText();
  const most = Math.max(...useful, 1);
  return (
    <table className={css.bars}>
      <caption className={css.hidden}>{t('sessions.pulse.question', { count })}</caption>
      <thead className={css.hidden}>
        <tr>
          <th scope="col">{t('sessions.pulse.number')}</th>
          <td />
          <th scope="col">{t('sessions.pulse.answers')}</th>
        </tr>
      </thead>
      <tbody>
        {useful
          .map((given, index) => ({ given, number: index + 1 }))
          .reverse()
          .map(({ given, number }) => (
            <tr key={number}>
              <th scope="row">{t(`sessions.pulse.${number as 1 | 2 | 3 | 4 | 5}`)}</th>
              <td className={css.bar} aria-hidden="true">
                <span data-none={given === 0} style={{ width: `${(given / most) * 100}%` }} />
              </td>
              <td>{given}</td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}

/** The news items that were made of a session, and where to make one. */
export function NewsOf({ occurrence }: { readonly occurrence: Occurrence }) {
  const isPresenter = useIsPresenter()(occurrence);
  const { api } = useShell();
  const { t } = useText();
  const may = useMay();
  const { newsPath, news: getNews } = occurrenceApi(api, occurrence.id);
  const loaded = useLoad(newsPath, getNews);
  return (
    <div className={css.box}>
      <h3>{t('sessions.news.title')}</h3>
      <Await loaded={loaded} bones={<Bones rows={1} height={32} />}>
        {({ news }) =>
          news.length === 0 ? (
            <p className={css.quiet}>{t('sessions.news.none')}</p>
          ) : may('news:see') ? (
            <ul className={css.links}>
              {news.map((id, index) => (
                <li key={id}>
                  <a href={href(['news', id])}>{t('sessions.news.open', { number: index + 1 })}</a>
                </li>
              ))}
            </ul>
          ) : (
            <p>{t('sessions.news.count', { count: news.length })}</p>
          )
        }
      </Await>
      {loaded.state === 'ready' && loaded.value.news.length === 0 && (isPresenter || may('session:edit')) && (
        <MakeNews occurrence={occurrence} />
      )}
    </div>
  );
}

/** Makes a news item of the talk, the notes and the materials, and goes to where it is written on. */
function MakeNews({ occurrence }: { readonly occurrence: Occurrence }) {
  const { api, notify, fail } = useShell();
  const { t } = useText();
  const mayReview = useMay()('news:see');
  const [isBusy, setBusy] = useState(false);
  const here = occurrenceApi(api, occurrence.id);
  const make = async (): Promise<void> => {
    setBusy(true);
    try {
      const { draft } = await here.newsDraft();
      const body = draft.body.trim() === '' ? draft.title : draft.body;
      const { item } = await submitNews(api, {
        // Two presses are one item.
        formId: `session-${occurrence.id}`,
        projectId: draft.projectId ?? wholeProgramme,
        language: draft.language,
        words: { title: draft.title, lead: proposedText(body).lead, body },
        audiences: [],
        wishedChannels: [],
        ...(draft.link !== undefined && { source: draft.link }),
      });
      await here.linkNews(item.id);
      notify(t('sessions.news.made'));
      go(href(['news', item.id], mayReview ? {} : { whose: 'mine' }));
    } catch (error) {
      fail(error);
      setBusy(false);
    }
  };
  return (
    <Button size="small" disabledFocusable={isBusy} onClick={() => void make()}>
      {t('sessions.news.make')}
    </Button>
  );
}

/** Thanks with the materials and the recording; once for each time that it is asked. */
export function Thanks({
  occurrence,
  here,
}: {
  readonly occurrence: Occurrence;
  readonly here: OccurrenceHere;
}) {
  const { t } = useText();
  const thanked = occurrence.record?.thanked ?? 0;
  const dialogs = useDialogs<'thanks'>();
  return (
    <div className={css.thanks}>
      <p>{t(thanked === 0 ? 'sessions.thanks.text' : 'sessions.thanks.sent')}</p>
      <Button
        appearance={thanked === 0 ? 'primary' : 'secondary'}
        icon={<HeartRegular />}
        onClick={() => dialogs.show('thanks')}
      >
        {t(thanked === 0 ? 'sessions.thanks.verb' : 'sessions.thanks.again')}
      </Button>
      <ThanksDialog key={dialogs.round} occurrence={occurrence} here={here} {...dialogs.of('thanks')} />
    </div>
  );
}
