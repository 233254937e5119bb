import { lazy, Suspense, type ReactNode } from 'react';
import { useKeys } from '../../shared/keys.js';
import { href } from '../../shared/route.js';
import { Bones } from '../../shared/states.js';
import { go, useRoute } from '../../shared/use-route.js';
import { SessionsHome } from './home/home.js';

const OccurrencePage = lazy(async () => ({
  default: (await import('./occurrence/occurrence-page.js')).OccurrencePage,
}));
const ArchivePage = lazy(async () => ({
  default: (await import('./archive/archive-page.js')).ArchivePage,
}));
const Wall = lazy(async () => ({ default: (await import('./wall/wall.js')).Wall }));
const SeriesList = lazy(async () => ({ default: (await import('./series/series-list.js')).SeriesList }));
const SeriesPage = lazy(async () => ({ default: (await import('./series/series-page.js')).SeriesPage }));
const DaysOff = lazy(async () => ({ default: (await import('./days-off/days-off.js')).DaysOff }));
/** The sessions: the year, or the occurrence or series that the address names. */
export function SessionsView() {
  const { path } = useRoute();
  useKeys({
    Escape: () => {
      if (path.length === 3) go(href(path.slice(0, 2)));
      else if (path.length === 2) go(href(['sessions']));
    },
  });
  return <Suspense fallback={<Bones rows={4} height={110} />}>{placeOf(path)}</Suspense>;
}

function placeOf([, place, id]: readonly string[]): ReactNode {
  switch (place) {
    case undefined:
      return <SessionsHome />;
    case 'series':
      return id === undefined ? <SeriesList /> : <SeriesPage key={id} id={id} />;
    case 'days-off':
      return <DaysOff />;
    case 'recordings':
      return <ArchivePage />;
    default:
      return id === 'wall' ? <Wall key={place} id={place} /> : <OccurrencePage key={place} id={place} />;
  }
}
