import {
  CalendarStar16Filled,
  HatGraduation16Filled,
  Mic16Filled,
  PeopleTeam16Filled,
} from '@fluentui/react-icons';
import type { ComponentType } from 'react';
import type { SeriesKind } from '../../src/sessions/series/series.js';
import { type KindLook, kindLooks } from '../../src/shared/session-kinds.js';
import css from './kind-mark.module.css';

const icons: Readonly<Record<KindLook['icon'], ComponentType>> = {
  mic: Mic16Filled,
  peopleTeam: PeopleTeam16Filled,
  hatGraduation: HatGraduation16Filled,
  calendarStar: CalendarStar16Filled,
};

/** The mark of a kind of session: a shape, an icon and a colour of its own. What it means stands beside it in words. */
export function KindMark({
  kind,
  size = 'small',
}: {
  readonly kind: SeriesKind;
  readonly size?: 'small' | 'large';
}) {
  const { icon, palette } = kindLooks[kind];
  const Icon = icons[icon];
  return (
    <span className={css.mark} data-palette={palette} data-size={size} aria-hidden="true">
      <Icon />
    </span>
  );
}

/** The kinds of series, in the order in which they are listed. */
export const kinds = ['hankeradio', 'bigRoom', 'training', 'own'] as const satisfies readonly SeriesKind[];
