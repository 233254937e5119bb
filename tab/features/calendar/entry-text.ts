import {
  CalendarLock16Regular,
  MailClock16Regular,
  MegaphoneLoud16Regular,
  PeopleTeam16Regular,
} from '@fluentui/react-icons';
import type { ComponentType } from 'react';
import type { Language } from '../../../src/shared/languages.js';
import { useText } from '../../shared/context.js';
import { href } from '../../shared/route.js';
import { lookOf, shownReleaseState } from '../../shared/state-chip.js';
import { titleOf as titleIn } from '../../text.js';
import type { Conflict, Entry, EntryKind } from './entries.js';

/** The icon of each kind: a shape of its own, so that colour says nothing alone. */
export const kindIcons: Readonly<Record<EntryKind, ComponentType>> = {
  release: MegaphoneLoud16Regular,
  deadline: MailClock16Regular,
  embargo: CalendarLock16Regular,
  session: PeopleTeam16Regular,
};

/** The page of what an entry is about. */
export function hrefOf(entry: Entry): string {
  switch (entry.kind) {
    case 'release':
      return href(['releases', entry.of.id]);
    case 'deadline':
      return href(['newsletter', entry.of.id]);
    case 'embargo':
      return href(['news', entry.of.id]);
    case 'session':
      return href(['sessions', entry.of.id]);
  }
}

/** The tone of an entry's state, and the state's own icon. */
export function stateLook(entry: Entry): ReturnType<typeof lookOf> {
  switch (entry.kind) {
    case 'release': {
      const [tone, Icon] = lookOf({ kind: 'release', state: shownReleaseState(entry.of) });
      return [entry.of.overdue === true ? 'bad' : tone, Icon];
    }
    case 'deadline':
      return lookOf({ kind: 'newsletter', state: entry.of.status });
    case 'embargo':
      return lookOf({ kind: 'news', state: entry.of.status });
    case 'session':
      return lookOf({ kind: 'session', state: entry.of.state.status });
  }
}

/** An entry in words. */
export function useEntryText() {
  const { t, dates, language } = useText();
  const ofTitles = (titles: Readonly<Partial<Record<Language, string>>>, untitled: string) => {
    const found = titleIn(titles, language);
    return found.title === '' ? { title: untitled, language } : found;
  };
  return {
    titleOf: (entry: Entry): { readonly title: string; readonly language: Language } => {
      switch (entry.kind) {
        case 'release':
          return ofTitles(entry.of.titles, t('release.untitled'));
        case 'deadline':
          return { title: t('calendar.deadline', { number: entry.of.number }), language };
        case 'embargo':
          return ofTitles(entry.of.titles, '');
        case 'session':
          return ofTitles(entry.of.names, '');
      }
    },
    stateOf: (entry: Entry): string => {
      switch (entry.kind) {
        case 'release':
          return entry.of.overdue === true
            ? t('release.overdue')
            : t(`release.state.${shownReleaseState(entry.of)}`);
        case 'deadline':
          return t(`newsletter.state.${entry.of.status}`);
        case 'embargo':
          return t(`news.state.${entry.of.status}`);
        case 'session':
          return t(`session.state.${entry.of.state.status}`);
      }
    },
    conflictText: (conflict: Conflict): string =>
      t(`calendar.conflict.${conflict.what}`, {
        ...(conflict.what === 'sameHour' && { count: conflict.count }),
        ...(conflict.what === 'tooEarly' && { date: dates.plainDay(conflict.date) }),
      }),
  };
}
