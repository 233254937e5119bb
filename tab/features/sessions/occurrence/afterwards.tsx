import type { Occurrence } from '../../../../src/sessions/occurrences/occurrence.js';
import { useMay, useText } from '../../../shared/context.js';
import { Section } from '../parts/section.js';
import { Attendance } from './attendance.js';
import { Materials } from './materials.js';
import { NewsOf } from './news-of.js';
import { Notes } from './notes.js';
import { Pulse } from './pulse.js';
import { Thanks } from './thanks.js';
import type { OccurrenceHere } from './use-occurrence.js';
import css from './afterwards.module.css';

/** What came of a session that was held: what was said, shown and thought, and the news made of it. */
export function FollowUp({
  occurrence,
  here,
}: {
  readonly occurrence: Occurrence;
  readonly here: OccurrenceHere;
}) {
  const { t } = useText();
  const may = useMay();
  return (
    <>
      <Notes occurrence={occurrence} here={here} />
      <Section id="after" title={t('sessions.after.title')}>
        <div className={css.grid}>
          <Attendance occurrence={occurrence} here={here} />
          <Materials occurrence={occurrence} here={here} />
          <Pulse occurrence={occurrence} />
          <NewsOf occurrence={occurrence} />
        </div>
        {may('session:edit') && <Thanks occurrence={occurrence} here={here} />}
      </Section>
    </>
  );
}
