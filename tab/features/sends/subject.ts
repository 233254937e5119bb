import type { FanOutContent } from '../../../src/delivery/fan-out/kind.js';
import type { SessionContent } from '../../../src/sessions/fan-outs.js';
import { useShell, useText } from '../../shared/context.js';
import { useOffset } from '../../shared/offset.js';
import { href } from '../../shared/route.js';
import { useLoad } from '../../shared/use-load.js';
import type { TextKey } from '../../text.js';
import { listSeries } from '../../shared/api/series.js';

/** What an occurrence's id tells: its series, and the date on which the rule put it. */
export function partsOfOccurrence(
  id: string,
): { readonly seriesId: string; readonly date: string } | undefined {
  const [, seriesId, year, month, day] = /^(.+)-(\d{4})(\d{2})(\d{2})$/.exec(id) ?? [];
  if (seriesId === undefined) return undefined;
  return { seriesId, date: `${year ?? ''}-${month ?? ''}-${day ?? ''}` };
}

const sessionKinds: readonly string[] = [
  'reminder',
  'thanks',
  'change',
  'invitation',
] satisfies SessionContent['kind'][];

/** Whether it is about a session or a series. */
function isOfSessions(content: FanOutContent): content is SessionContent {
  return sessionKinds.includes(content.kind);
}

/** What kind of fan-out it is. */
export function kindKey(content: FanOutContent): TextKey {
  if (!isOfSessions(content)) return 'sends.kind.other';
  if (content.kind === 'change') return `sends.kind.change.${content.change}`;
  if (content.kind === 'invitation' && content.contactId !== undefined) return 'sends.kind.invitation.one';
  return `sends.kind.${content.kind}`;
}

/** Where what a fan-out is about can be seen. */
export function placeOf(content: FanOutContent): string {
  if (!isOfSessions(content)) return href(['sends']);
  return content.kind === 'invitation'
    ? href(['sessions', 'series', content.seriesId])
    : href(['sessions', content.occurrenceId]);
}

function seriesIdOf(content: SessionContent): string | undefined {
  return content.kind === 'invitation' ? content.seriesId : partsOfOccurrence(content.occurrenceId)?.seriesId;
}

/** A send in words: what kind, and of which session or series. */
export interface Subject {
  readonly kind: string;
  readonly title: string;
}

/** Names the sends by their series; without them (not fetched yet, or gone) by their time alone. */
export function useSubject(): (content: FanOutContent) => Subject {
  const { api } = useShell();
  const { t, dates, language } = useText();
  const offset = useOffset();
  const all = useLoad('series', () => listSeries(api));
  const series = all.state === 'ready' ? all.value.series : [];
  const when = (content: SessionContent): string | undefined => {
    if ('start' in content) return dates.moment(content.start);
    if (content.kind === 'invitation') return undefined;
    const parts = partsOfOccurrence(content.occurrenceId);
    return parts && dates.plainDay(parts.date);
  };
  return (content) => {
    if (!isOfSessions(content)) return { kind: t(kindKey(content)), title: '' };
    const id = seriesIdOf(content);
    const name = series.find((one) => one.id === id)?.names[language] ?? t('sends.session');
    const at = when(content);
    const kind = t(kindKey(content));
    return {
      kind: content.kind === 'reminder' ? `${kind}, ${offset(content.offset)}` : kind,
      title: at === undefined ? name : `${name}, ${at}`,
    };
  };
}
