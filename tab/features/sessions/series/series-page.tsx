import { Button, Input } from '@fluentui/react-components';
import { Copy20Regular, LinkDismiss20Regular } from '@fluentui/react-icons';
import { useRef, useState } from 'react';
import type { Series, SeriesAudit } from '../../../../src/sessions/series/series.js';
import type { SeriesAnswer } from '../../../../src/shared/answers/sessions.js';
import { languages } from '../../../../src/shared/languages.js';
import { AuditTrail } from '../../../shared/audit-trail.js';
import { useMay, useShell, useText } from '../../../shared/context.js';
import { useFocusOnFault } from '../../../shared/focus.js';
import { problemText } from '../../../shared/problem.js';
import { SessionsPage } from '../../../shared/sessions-page.js';
import { Await, Bones } from '../../../shared/states.js';
import { AgendaEditor } from '../parts/agenda-editor.js';
import { PublicPageLink } from '../coming/public-page-link.js';
import { Section } from '../parts/section.js';
import { NewSeries } from './new-series.js';
import { NamesFields, PeopleFields, RemindersFields, TurnsFields } from './settings-fields.js';
import { useSeries, useSettings, type SeriesHere } from './use-series.js';
import { When } from './when.js';
import css from './series.module.css';

/** A new series, or the settings of one that stands. */
export function SeriesPage({ id }: { readonly id: string }) {
  return id === 'new' ? <NewSeries /> : <Standing id={id} />;
}

function Standing({ id }: { readonly id: string }) {
  const { t, language } = useText();
  const here = useSeries(id);
  const value = here.loaded.state === 'ready' ? here.loaded.value : undefined;
  return (
    <SessionsPage
      place="series"
      title={value === undefined ? t('sessions.series.one') : value.series.names[language]}
      {...(value?.series.state.status === 'ended' && { lead: t('sessions.series.ended') })}
    >
      <Await loaded={here.loaded} bones={<Bones rows={4} height={120} />}>
        {(answer) => <Settings answer={answer} here={here} />}
      </Await>
    </SessionsPage>
  );
}

function Settings({ answer, here }: { readonly answer: SeriesAnswer; readonly here: SeriesHere }) {
  const { series } = answer;
  const { t } = useText();
  const settings = useSettings(answer);
  const { form, change, changes, seen, learn, forget } = settings;
  const [fault, setFault] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const element = useRef<HTMLFormElement>(null);
  useFocusOnFault(element, fault);
  const mayEdit = useMay()('session:edit') && series.state.status === 'active';
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
  const fields = { form, fault, onChange: change };
  return (
    <>
      <form
        ref={element}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!isBusy && mayEdit) void save();
        }}
      >
        <fieldset className={css.settings} disabled={!mayEdit}>
          <When answer={answer} here={here} {...fields} />
          <Section id="names" title={t('sessions.series.what')}>
            <NamesFields {...fields} />
          </Section>
          <Section id="people" title={t('sessions.people.title')} hint={t('sessions.people.hint')}>
            <PeopleFields {...fields} />
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
      <div className={css.aside}>
        <Feeds series={series} onRenew={mayEdit ? () => here.api.renewFeed() : undefined} make={here.make} />
      </div>
      <SeriesTrail series={answer.series} />
    </>
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
      <PublicPageLink seriesId={series.id} />
      <ul className={css.feeds}>
        {languages.map((language) => {
          const address = `${window.location.origin}/calendar/${series.feedKey}/${language}.ics`;
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
