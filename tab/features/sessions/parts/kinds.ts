import type { SeriesKind } from '../../../../src/sessions/series/series.js';

/** The kinds of series, in the order in which they are listed. */
export const kinds = ['hankeradio', 'bigRoom', 'training', 'own'] as const satisfies readonly SeriesKind[];
