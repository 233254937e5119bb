import { Button, Input } from '@fluentui/react-components';
import {
  CalendarAdd20Regular,
  CalendarLtrRegular,
  Copy20Regular,
  LinkDismiss20Regular,
} from '@fluentui/react-icons';
import { useEffect, useRef, useState } from 'react';
import type { Series, SeriesAudit } from '../../../../src/sessions/series/series.js';
import type { SeriesAnswer } from '../../../../src/shared/answers/sessions.js';
import { languages } from '../../../../src/shared/languages.js';
import { AuditTrail } from '../../../shared/audit-trail.js';
import { useMay, useShell, useText } from '../../../shared/context.js';
import { Disclosure } from '../../../shared/disclosure.js';
import { useFocusOnFault } from '../../../shared/focus.js';
import { problemText } from '../../../shared/problem.js';
import { SessionsPage } from '../../../shared/sessions-page.js';
import { Await, Bones, Empty } from '../../../shared/states.js';
import { href, underPage } from '../../../shared/route.js';
import { useRoute } from '../../../shared/use-route.js';
import { goToSection } from '../occurrence/go-to-section.js';
import { AgendaEditor } from '../parts/agenda-editor.js';
import { useCollisions } from '../parts/collision.js';
import { PublicPageLink } from '../coming/public-page-link.js';
import { Section } from '../parts/section.js';
import { AtAGlance } from './at-a-glance.js';
import { MeetingFields } from './meeting-fields.js';
import { NewSeries } from './new-series.js';
import { NamesFields, PeopleFields, RemindersFields, TurnsFields } from './settings-fields.js';
import { Review } from './review.js';
import { collidingSettings, SettingCollisions, withoutCollisions } from './setting-collisions.js';
import { useSeries, useSettings, type SeriesHere } from './use-series.js';
import { When } from './when.js';
import css from './series.module.css';

/** A new series, a draft of one, or one that is published. */
export function SeriesPage({ id }: { readonly id: string }) {
  const mayEdit = useMay()('session:edit');
  if (id === 'new') return mayEdit ? <NewSeries /> : <NotYours />;
  return <OneSeries id={id} />;
}

/** Somebody who does not look after the series came here by an address. */
function NotYours() {
  const { t } = useText();
  return (
    <SessionsPage place="year" title={t('sessions.series.new')}>
      <Empty
        icon={<CalendarLtrRegular />}
        title={t('sessions.series.notYours.title')}
        text={t('sessions.series.notYours.text')}
      >
        <Button as="a" appearance="primary" href={href(['sessions'])}>
          {t('sessions.series.notYours.back')}
        </Button>
      </Empty>
    </SessionsPage>
  );
}

function OneSeries({ id }: { readonly id: string }) {
  const { t, language, dates } = useText();
  const here = useSeries(id);
  const series = here.loaded.state === 'ready' ? here.loaded.value.series : undefined;
  const lead = (): string | undefined => {
    if (series?.state.status === 'ended')
      return t('sessions.series.endedOn', { when: dates.day(series.state.at) });
    return series?.state.status === 'draft' ? t('sessions.draft.lead') : undefined;
  };
  const said = lead();
  return (
    <SessionsPage
      place="series"
      title={series === undefined ? t('sessions.series.one') : series.names[language]}
      {...(said !== undefined && { lead: said })}
    >
      <Await loaded={here.loaded} bones={<Bones rows={4} height={120} />}>
        {(answer) => <Parts answer={answer} here={here} />}
      </Await>
    </SessionsPage>
  );
}

/** First what comes next and for whom; then the calendars, and behind them the settings. A draft is its settings. */
function Parts({ answer, here }: { readonly answer: SeriesAnswer; readonly here: SeriesHere }) {
  const { series } = answer;
  const { t } = useText();
  const mayEdit = useMay()('session:edit');
  const settings = useSettings(answer);
  const isUnsaved = Object.keys(settings.changes).length > 0;
  const { query } = useRoute();
  const wanted = contents.find(([id]) => id === query.to)?.[0];
  // Somebody who left something unfinished comes back to it.
  const [isOpen, setOpen] = useState(isUnsaved || wanted !== undefined);
  useEffect(() => {
    if (wanted !== undefined) goToSection(wanted);
  }, [wanted]);
  if (series.state.status === 'draft')
    return (
      <>
        <div className={css.review}>
          <Review series={series} here={here} isUnsaved={isUnsaved} />
        </div>
        <Settings answer={answer} here={here} settings={settings} />
      </>
    );
  const isActive = series.state.status === 'active';
  return (
    <>
      {isActive && <AtAGlance series={series} here={here} />}
      {isActive && (
        <div className={css.aside}>
          <Feeds
            series={series}
            onRenew={mayEdit ? () => here.api.renewFeed() : undefined}
            make={here.make}
          />
        </div>
      )}
      <Disclosure
        className={css.behind}
        summary={<span className={css.behindTitle}>{t('sessions.series.settings')}</span>}
        isOpen={isOpen}
        onToggle={setOpen}
      >
        <Contents />
        <Settings answer={answer} here={here} settings={settings} />
      </Disclosure>
      <SeriesTrail series={answer.series} />
    </>
  );
}

const contents = [
  ['when', 'sessions.series.when'],
  ['names', 'sessions.series.what'],
  ['people', 'sessions.people.title'],
  ['meeting', 'sessions.meeting.title'],
  ['turns', 'sessions.turns.title'],
  ['template', 'sessions.template.title'],
  ['reminders', 'sessions.reminders.title'],
] as const;

/** What is in the settings, to go to. */
function Contents() {
  const { t } = useText();
  return (
    <nav className={css.contents} aria-label={t('sessions.series.settings')}>
      {contents.map(([id, title]) => (
        <button key={id} type="button" onClick={() => goToSection(id)}>
          {t(title)}
        </button>
      ))}
    </nav>
  );
}

function Settings(props: {
  readonly answer: SeriesAnswer;
  readonly here: SeriesHere;
  readonly settings: ReturnType<typeof useSettings>;
}) {
  const { answer, here, settings } = props;
  const { series } = answer;
  const { t } = useText();
  const { form, change, changes, seen, learn, forget } = settings;
  const [fault, setFault] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const element = useRef<HTMLFormElement>(null);
  const mayEdit = useMay()('session:edit') && series.state.status !== 'ended';
  const save = async (): Promise<void> => {
    setBusy(true);
    try {
      await here.make(() => here.api.put(changes, seen), t('sessions.done.settings'));
      setFault(undefined);
      forget();
    } catch (error) {
      setFault(error);
      learn(error);
    } finally {
      setBusy(false);
    }
  };
  const collisions = useCollisions(fault);
  // Where both versions are shown above the fields, those come first.
  useFocusOnFault(element, collidingSettings(collisions).length > 0 ? undefined : fault);
  const fields = { form, fault: withoutCollisions(fault, collisions), onChange: change };
  return (
    <form
      ref={element}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBusy && mayEdit) void save();
      }}
    >
      <fieldset className={css.settings} disabled={!mayEdit}>
        <SettingCollisions collisions={collisions} form={form} series={series} onChange={change} />
        <When answer={answer} here={here} {...fields} />
        <Section id="names" title={t('sessions.series.what')}>
          <NamesFields {...fields} />
        </Section>
        <Section id="people" title={t('sessions.people.title')} hint={t('sessions.people.hint')}>
          <PeopleFields {...fields} seriesId={series.id} />
        </Section>
        <Section id="meeting" title={t('sessions.meeting.title')} hint={t('sessions.meeting.hint')}>
          <MeetingFields {...fields} series={series} />
        </Section>
        <Section id="turns" title={t('sessions.turns.title')} hint={t('sessions.turns.hint')}>
          <TurnsFields {...fields} />
        </Section>
        <Section id="template" title={t('sessions.template.title')} hint={t('sessions.template.hint')}>
          <AgendaEditor
            items={form.agenda}
            languages={languages}
            fault={fault}
            field="agenda"
            onChange={(agenda) => change({ agenda })}
          />
        </Section>
        <Section id="reminders" title={t('sessions.reminders.title')} hint={t('sessions.reminders.hint')}>
          <RemindersFields {...fields} channels={series.reminders.channels} />
        </Section>
        {mayEdit && (
          <SaveBar
            count={Object.keys(changes).length}
            fault={fault}
            isBusy={isBusy}
            onForget={() => {
              forget();
              setFault(undefined);
            }}
          />
        )}
      </fieldset>
    </form>
  );
}

/** Says that something is not stored yet and stores it; it stays in sight while one scrolls. */
function SaveBar(props: {
  readonly count: number;
  readonly fault: unknown;
  readonly isBusy: boolean;
  readonly onForget: () => void;
}) {
  const { count, fault, isBusy, onForget } = props;
  const { texts } = useShell();
  const { t } = useText();
  if (count === 0) return null;
  return (
    <div className={css.saveBar}>
      <span role="status" data-trouble={fault !== undefined}>
        {fault === undefined ? t('sessions.unsaved', { count }) : problemText(texts, fault)}
      </span>
      <Button onClick={onForget}>{t('sessions.forget')}</Button>
      <Button type="submit" appearance="primary" disabledFocusable={isBusy}>
        {t('sessions.save')}
      </Button>
    </div>
  );
}

/** The addresses from which a calendar subscribes to the series, one a language. */
export function Feeds({
  series,
  onRenew,
  make,
}: {
  readonly series: Series;
  /** Where somebody may give the feeds other addresses. */
  readonly onRenew?: (() => Promise<SeriesAnswer>) | undefined;
  readonly make: SeriesHere['make'];
}) {
  const { ask, fail, notify, warn } = useShell();
  const { t } = useText();
  const copy = async (address: string): Promise<void> => {
    try {
      await navigator.clipboard.writeText(address);
      notify(t('sessions.done.copied'));
    } catch {
      warn(t('sessions.feeds.notCopied'));
    }
  };
  const renew = async (change: () => Promise<SeriesAnswer>): Promise<void> => {
    const answer = await ask({
      title: t('sessions.feeds.renew.title'),
      text: t('sessions.feeds.renew.text'),
      verb: t('sessions.feeds.renew'),
    });
    if (answer === undefined) return;
    try {
      await make(change, t('sessions.feeds.renewed'));
    } catch (error) {
      fail(error);
    }
  };
  return (
    <Section id="feeds" title={t('sessions.feeds.title')} hint={t('sessions.feeds.hint')}>
      <PublicPageLink seriesId={series.id} version={series.feedKey} />
      <ul className={css.feeds}>
        {languages.map((language) => {
          const path = underPage(`/calendar/${series.feedKey}/${language}.ics`);
          const address = new URL(path, document.baseURI).href;
          return (
            <li key={language}>
              <span lang={language}>{t(`language.own.${language}`)}</span>
              <Input
                readOnly
                value={address}
                aria-label={t('sessions.feeds.of', { language })}
                onFocus={(event) => event.currentTarget.select()}
              />
              <Button
                as="a"
                href={address.replace(/^https?:/, 'webcal:')}
                icon={<CalendarAdd20Regular />}
                aria-label={t('sessions.feeds.subscribeOf', { language })}
              >
                {t('sessions.feeds.subscribe')}
              </Button>
              <Button
                icon={<Copy20Regular />}
                aria-label={t('sessions.feeds.copyOf', { language })}
                onClick={() => void copy(address)}
              >
                {t('sessions.feeds.copy')}
              </Button>
            </li>
          );
        })}
      </ul>
      {onRenew !== undefined && (
        <Button appearance="subtle" icon={<LinkDismiss20Regular />} onClick={() => void renew(onRenew)}>
          {t('sessions.feeds.renew')}
        </Button>
      )}
    </Section>
  );
}

/** Who did what to the series and when. */
export function SeriesTrail({ series }: { readonly series: Series }) {
  const { t, dates } = useText();
  return (
    <AuditTrail<SeriesAudit['event']>
      title={t('sessions.audit.title')}
      path={`/api/series/${series.id}/audit`}
      version={series.auditCount}
      describe={(event) =>
        event.action === 'changeFrom'
          ? t('sessions.seriesAudit.changeFrom', { from: dates.plainDay(event.from) })
          : t(`sessions.seriesAudit.${event.action}`)
      }
    />
  );
}
