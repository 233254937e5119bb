import {
  CalendarStar16Filled,
  HatGraduation16Filled,
  Mic16Filled,
  PeopleTeam16Filled,
} from '@fluentui/react-icons';
import type { ComponentType } from 'react';
import type { SeriesKind } from '../../src/sessions/series/series.js';
import css from './kind-mark.module.css';

const icons: Readonly<Record<SeriesKind, ComponentType>> = {
  hankeradio: Mic16Filled,
  bigRoom: PeopleTeam16Filled,
  training: HatGraduation16Filled,
  own: CalendarStar16Filled,
};

/** The mark of a kind of session: a shape, an icon and a colour of its own. What it means stands beside it in words. */
export function KindMark({
  kind,
  size = 'small',
}: {
  readonly kind: SeriesKind;
  readonly size?: 'small' | 'large';
}) {
  const Icon = icons[kind];
  return (
    <span className={css.mark} data-kind={kind} data-size={size} aria-hidden="true">
      <Icon />
    </span>
  );
}

/** The kinds of series, in the order in which they are listed. */
export const kinds = ['hankeradio', 'bigRoom', 'training', 'own'] as const satisfies readonly SeriesKind[];
