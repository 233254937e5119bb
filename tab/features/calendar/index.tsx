import {
  Button,
  Menu,
  MenuItemCheckbox,
  MenuList,
  MenuPopover,
  MenuTrigger,
} from '@fluentui/react-components';
import { ChevronDown16Regular, ChevronLeft20Regular, ChevronRight20Regular } from '@fluentui/react-icons';
import type { CalendarAnswer } from '../../../src/shared/answers/calendar.js';
import type { ReleaseListAnswer } from '../../../src/shared/answers/releases.js';
import { useMay, useShell, useText } from '../../shared/context.js';
import { todayInHelsinki } from '../../shared/dates.js';
import { Await, Bones } from '../../shared/states.js';
import { useFresh } from '../../shared/use-fresh.js';
import { useLoad, type Loaded } from '../../shared/use-load.js';
import { go, useRoute } from '../../shared/use-route.js';
import { addressOf, spanOf, views, wantedOf, withKind, type Span, type Wanted } from './address.js';
import { getCalendar, listOpenReleases } from './api.js';
import { Days } from './days.js';
import { entriesOf, entryKinds, isShown, releaseEntry, type Entry } from './entries.js';
import { kindIcons } from './entry-text.js';
import switchCss from '../../shared/view-switch.module.css';
import css from './calendar.module.css';

const locales = { fi: 'fi-FI', sv: 'sv-FI', en: 'en-GB' } as const;

/**
 * The editorial calendar: releases, deadlines of the newsletter, embargoes and sessions by their day in Helsinki, of the
 * weeks from now on or of those that the address names.
 */
export function CalendarView() {
  const { api } = useShell();
  const { t } = useText();
  const { query } = useRoute();
  const wanted = wantedOf(query);
  const today = todayInHelsinki();
  const span = spanOf(wanted, today);
  // What begins now is asked for without dates, so that the first script can ask before it knows them.
  const isOfNow = wanted.at === undefined && wanted.view !== 'week';
  const shown = useLoad(
    `calendar ${span.first} ${span.last}`,
    () => (isOfNow ? getCalendar(api) : getCalendar(api, span.first, span.last)),
    isOfNow ? api.atHand((ahead) => getCalendar(ahead)) : undefined,
  );
  const open = useLoad('open releases', () => listOpenReleases(api), api.atHand(listOpenReleases));
  useFresh(shown.refresh, open.refresh);
  return (
    <div className={css.page}>
      <div className={css.top}>
        <h1>{t('calendar.title')}</h1>
        <ViewSwitch wanted={wanted} />
      </div>
      <Turn wanted={wanted} span={span} />
      <FilterBar wanted={wanted} />
      <Await loaded={shown} bones={<Bones rows={5} height={110} />}>
        {(value) =>
          // Both at once: what came later would push the days down.
          open.state === 'loading' ? (
            <Bones rows={5} height={110} />
          ) : (
            <Weeks value={value} shown={shown} open={open} {...{ wanted, span, today }} />
          )
        }
      </Await>
    </div>
  );
}

/** List, week or month: links, so that each can be kept and gone back to. */
function ViewSwitch({ wanted }: { readonly wanted: Wanted }) {
  const { t } = useText();
  return (
    <nav className={switchCss.switch} aria-label={t('calendar.views')}>
      {views.map((view) => (
        <a
          key={view}
          href={addressOf({ ...wanted, view })}
          aria-current={view === wanted.view ? 'page' : undefined}
        >
          {t(`calendar.view.${view}`)}
        </a>
      ))}
    </nav>
  );
}

/** The name of what is on view, and the ways on and back. */
function Turn({ wanted, span }: { readonly wanted: Wanted; readonly span: Span }) {
  const { t } = useText();
  const name = useNameOf(span);
  const { at: _at, ...now } = wanted;
  const what = span.month === undefined && wanted.view !== 'week' ? 'list' : wanted.view;
  return (
    <div className={css.turn}>
      <h2 aria-live="polite">{name}</h2>
      <Button
        as="a"
        appearance="subtle"
        href={addressOf({ ...wanted, at: span.before })}
        icon={<ChevronLeft20Regular />}
        aria-label={t(`calendar.previous.${what}`)}
      />
      <Button
        as="a"
        appearance="subtle"
        href={addressOf({ ...wanted, at: span.after })}
        icon={<ChevronRight20Regular />}
        aria-label={t(`calendar.next.${what}`)}
      />
      <Button as="a" appearance="subtle" href={addressOf(now)}>
        {t('calendar.today')}
      </Button>
    </div>
  );
}

/** `joulukuu 2026`; of weeks their days: `30.11.–3.1.`. */
function useNameOf({ month, first, last }: Span): string {
  const { dates, language } = useText();
  if (month === undefined) return [first, last].map((date) => dates.plainDate(`${date}T12:00:00Z`)).join('–');
  const names = new Intl.DateTimeFormat(locales[language], {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
  return names.format(new Date(`${month}-15T12:00:00Z`));
}

/** What is looked at: kinds as toggles, projects in a menu. Both stand in the address. */
function FilterBar({ wanted }: { readonly wanted: Wanted }) {
  const { t } = useText();
  return (
    <div className={css.filters}>
      <div role="group" aria-label={t('calendar.kinds')} className={css.kinds}>
        {entryKinds.map((kind) => {
          const Icon = kindIcons[kind];
          return (
            <button
              key={kind}
              type="button"
              className={css.kind}
              aria-pressed={!wanted.hidden.includes(kind)}
              onClick={() => go(addressOf(withKind(wanted, kind)), 'replace')}
            >
              <Icon aria-hidden="true" />
              {t(`calendar.kind.${kind}`)}
            </button>
          );
        })}
      </div>
      <ProjectMenu wanted={wanted} />
    </div>
  );
}

function ProjectMenu({ wanted }: { readonly wanted: Wanted }) {
  const { session } = useShell();
  const { t, language } = useText();
  const { projects } = wanted;
  return (
    <Menu
      persistOnItemClick
      checkedValues={{ projects: [...projects] }}
      onCheckedValueChange={(_, { checkedItems }) =>
        go(addressOf({ ...wanted, projects: checkedItems }), 'replace')
      }
    >
      <MenuTrigger disableButtonEnhancement>
        <Button size="small" icon={<ChevronDown16Regular />} iconPosition="after">
          {t('calendar.projects', { count: projects.length })}
        </Button>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {session.programme.projects.map(({ id, names }) => (
            <MenuItemCheckbox key={id} name="projects" value={id}>
              {names[language]}
            </MenuItemCheckbox>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}

/** The days with what is on them; where filters hide something, that is said. */
function Weeks(props: {
  readonly value: CalendarAnswer;
  readonly shown: Loaded<CalendarAnswer>;
  readonly open: Loaded<ReleaseListAnswer>;
  readonly wanted: Wanted;
  readonly span: Span;
  readonly today: string;
}) {
  const { value, shown, open, wanted, span, today } = props;
  const { t } = useText();
  const may = useMay();
  const all = entriesOf(value, may);
  const entries = all.filter((entry) => isShown(entry, wanted));
  const lines = open.state === 'ready' ? open.value.lines : [];
  const undated: readonly Entry[] = lines
    .filter(({ status, overdue }) => status === 'approved' && overdue !== true)
    .map((line) => releaseEntry(line, may))
    .filter((entry) => isShown(entry, wanted));
  const hiddenCount = all.length - entries.length;
  const reload = (): void => {
    shown.reload();
    open.reload();
  };
  return (
    <>
      <Days
        key={`${wanted.view} ${span.first}`}
        {...{ entries, undated, span, today, reload }}
        view={wanted.view}
        holidays={value.holidays}
      />
      {entries.length === 0 && <p className={css.nothing}>{t('calendar.empty')}</p>}
      {hiddenCount > 0 && (
        <p className={css.nothing}>
          {t('calendar.hidden', { count: hiddenCount })}{' '}
          <a href={addressOf({ ...wanted, hidden: [], projects: [] })}>{t('calendar.showAll')}</a>
        </p>
      )}
    </>
  );
}
