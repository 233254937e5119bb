import { makeDomain, programmePartition, type Adapters, type BigRoom } from '../compose.js';
import { pastClock, quietOutbox, seedDemo, seedStore } from './index.js';

/**
 * Tells the demo programme on the first start of trial mode: through services like those of the programme, whose
 * clock stands in the past and whose outbox tells nobody.
 * @returns whether anything was told.
 */
export function seedDemoOnce(
  { rows, clock, log, modules }: Pick<Adapters, 'rows' | 'clock' | 'log' | 'modules'>,
  { people, outbox }: Pick<BigRoom, 'people' | 'outbox'>,
): Promise<boolean> {
  const past = pastClock(clock.now());
  const quiet = quietOutbox(outbox, clock);
  const telling = makeDomain({ rows, log, modules, clock: past, outbox: quiet, undoSeconds: 0 });
  return seedDemo({
    ...telling,
    store: seedStore(rows, programmePartition),
    people,
    outbox,
    clock,
    pastClock: past,
  });
}
