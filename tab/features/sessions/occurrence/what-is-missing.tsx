import { ArrowRight16Regular } from '@fluentui/react-icons';
import type { MouseEvent } from 'react';
import type { Occurrence } from '../../../../src/sessions/occurrences/occurrence.js';
import { useMay, useText } from '../../../shared/context.js';
import { href } from '../../../shared/route.js';
import { Section } from '../parts/section.js';
import { missingOf, type Missing } from './missing.js';
import { goToSection } from './go-to-section.js';
import { useIsPresenter, type OccurrenceHere } from './use-occurrence.js';
import css from './missing.module.css';

/** What a session still needs, for those who can see to it; each line leads to where that is. */
export function WhatIsMissing({
  occurrence,
  here,
}: {
  readonly occurrence: Occurrence;
  readonly here: OccurrenceHere;
}) {
  const { t } = useText();
  const mayEdit = useMay()('session:edit');
  const isPresenter = useIsPresenter()(occurrence);
  const items = here.agenda.state === 'ready' ? here.agenda.value.items : [];
  const missing = missingOf(occurrence, items).filter(
    ({ what }) => mayEdit || (isPresenter && what === 'topic'),
  );
  if (missing.length === 0) return null;
  const wayTo = ({ to }: Missing): string =>
    to === 'series'
      ? href(['sessions', 'series', occurrence.seriesId], { to: 'names' })
      : href(['sessions', occurrence.id], { to });
  const go = (event: MouseEvent, { to }: Missing): void => {
    if (to === 'series') return;
    // The address may be the same as now, and then nothing would move.
    event.preventDefault();
    goToSection(to);
  };
  return (
    <Section id="missing" title={t('sessions.missing.title')}>
      <ul className={css.list}>
        {missing.map((one) => (
          <li key={one.what + ('language' in one ? one.language : '')}>
            <a href={wayTo(one)} onClick={(event) => go(event, one)}>
              {textOf(one, t)}
              <ArrowRight16Regular aria-hidden="true" />
            </a>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function textOf(one: Missing, t: ReturnType<typeof useText>['t']): string {
  switch (one.what) {
    case 'over':
      return t('sessions.missing.over', { minutes: one.minutes });
    case 'talkIn':
    case 'agendaIn':
      return t(`sessions.missing.${one.what}`, { language: one.language });
    default:
      return t(`sessions.missing.${one.what}`);
  }
}
