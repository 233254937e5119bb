import { Temporal } from 'temporal-polyfill';

/** Thanks that come later than that are a surprise; a recording may take its weeks. In days. */
const thanksDays = 60;

/** Until when people are thanked for a session that ended at this ISO instant. */
export function thanksUntil(end: string): Temporal.Instant {
  return Temporal.Instant.from(end).add({ hours: 24 * thanksDays });
}
