import { useEffect, useRef } from 'react';
import type { Series } from '../../../../src/sessions/series/series.js';
import { languages, type Language } from '../../../../src/shared/languages.js';
import { useProjectName, useText } from '../../../shared/context.js';
import { useOffset } from '../../../shared/offset.js';
import { ApiError } from '../../../api.js';
import { isConflict } from '../../../shared/use-seen.js';
import { Collision, type Collisions } from '../parts/collision.js';
import { monthName } from '../parts/long-date.js';
import { settingAt, takenOver, type SettingsForm } from './form.js';
import css from './series.module.css';

/** The fault as the fields say it: short where both versions are shown above, and nothing where the writer has chosen. */
export function withoutCollisions(fault: unknown, { theirs }: Collisions): unknown {
  if (!isConflict(fault)) return fault;
  const left = fault.fields.filter(({ field }) => field in theirs);
  const short = left.map((one) => ({ ...one, values: { now: 'other', theirs: '' } }));
  return short.length === 0 ? undefined : new ApiError(fault.code, fault.status, short, fault.facts);
}

/** Where others changed the settings meanwhile; the agenda shows its entries itself. */
export function collidingSettings({ theirs }: Collisions): readonly string[] {
  return Object.keys(theirs).filter((path) => path.split('.')[0] !== 'agenda');
}

/** What others changed in the settings meanwhile, each beside one's own. */
export function SettingCollisions(props: {
  readonly collisions: Collisions;
  readonly form: SettingsForm;
  readonly series: Series;
  readonly onChange: (part: Partial<SettingsForm>) => void;
}) {
  const { collisions, form, series, onChange } = props;
  const { theirs, settle } = collisions;
  const { t } = useText();
  const nameOf = useSettingName();
  const wordsOf = useSettingWords();
  const paths = collidingSettings(collisions);
  const panel = useRef<HTMLDivElement>(null);
  const hasSome = paths.length > 0;
  useEffect(() => {
    if (hasSome) panel.current?.scrollIntoView({ block: 'start' });
  }, [hasSome]);
  if (!hasSome) return null;
  return (
    <div ref={panel} className={css.collisions}>
      <p>{t('sessions.conflict.text')}</p>
      {paths.map((path) => (
        <Collision
          key={path}
          {...nameOf(path)}
          mine={wordsOf(path, settingAt(form, path))}
          theirs={wordsOf(path, theirs[path])}
          onKeep={() => settle(path)}
          onTake={() => {
            settle(path);
            onChange(takenOver(form, series, path, theirs[path]));
          }}
        />
      ))}
    </div>
  );
}

const labels = {
  joinUrl: 'sessions.field.joinUrl',
  pausedMonths: 'sessions.pause.label',
  people: 'sessions.people.title',
  isOpenToContacts: 'sessions.people.contacts',
  groups: 'sessions.people.groups',
  rotation: 'sessions.turns.title',
  'rotation.projects': 'sessions.turns.order',
  'rotation.askDays': 'sessions.turns.askDays',
  'rotation.deadlineDays': 'sessions.turns.deadlineDays',
  reminders: 'sessions.reminders.title',
  'reminders.offsets': 'sessions.reminders.offsets',
  'reminders.ways': 'sessions.reminders.ways',
} as const;

/** What a setting is called in the form, and in which language its text is. */
function useSettingName(): (path: string) => { readonly label: string; readonly language?: Language } {
  const { t } = useText();
  return (path) => {
    const [field = '', part] = path.split('.');
    const language = languages.find((each) => each === part);
    if (field === 'names' && language) return { label: t('sessions.field.name', { language }), language };
    if (field === 'descriptions' && language)
      return { label: t('sessions.field.description', { language }), language };
    const key = (labels as Readonly<Record<string, (typeof labels)[keyof typeof labels]>>)[path];
    const whole = (labels as Readonly<Record<string, (typeof labels)[keyof typeof labels]>>)[field];
    return { label: t(key ?? whole ?? 'sessions.series.settings') };
  };
}

const ways = ['person', 'channel', 'mail'] as const;

/** What is at a path of the settings, in words. */
function useSettingWords(): (path: string, value: unknown) => string {
  const { t, language } = useText();
  const projectName = useProjectName();
  const inWords = useOffset();
  function oneOf(field: string | undefined, value: string | number): string {
    if (typeof value === 'number') {
      if (field === 'offsets') return inWords(value);
      return field === 'pausedMonths' ? monthName(language, value, 'long') : String(value);
    }
    const way = ways.find((each) => each === value);
    if (field === 'ways' && way !== undefined) return t(`sessions.reminders.way.${way}`);
    if (field === 'of')
      return t(value === 'projects' ? 'sessions.people.projects' : 'sessions.people.programme');
    return field === 'projects' ? projectName(value) : value;
  }
  return function wordsOf(path, value): string {
    const field = path.split('.').at(-1);
    if (typeof value === 'string' || typeof value === 'number') return oneOf(field, value);
    if (Array.isArray(value))
      return (value as readonly unknown[])
        .map((each) => wordsOf(path, each))
        .join(field === 'groups' ? '\n' : ', ');
    if (typeof value !== 'object' || value === null) return '';
    const inside = Object.entries(value).map(([key, each]) => wordsOf(key, each));
    return inside.filter((text) => text !== '').join(' · ');
  };
}
