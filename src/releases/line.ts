import { languages, publicLanguages } from '../shared/languages.js';
import { textStatus } from '../content/text.js';
import type { Release, ReleaseLine, ReleaseState } from './release.js';

/** When a release in this state is to go out or went out; ISO instant. */
export function dueOf(is: ReleaseState): string | undefined {
  switch (is.state) {
    case 'approved':
      return is.overdue?.due;
    case 'scheduled':
    case 'publishing':
    case 'failed':
    case 'uncertain':
      return is.due;
    case 'published':
      return is.at;
    case 'draft':
    case 'cancelled':
      return undefined;
  }
}

const sinceOf = (is: ReleaseState): string => (is.state === 'approved' ? is.approval.at : is.at);

/** The line by which a release is recognised in a list and in the calendar. */
export function lineOf(release: Release): ReleaseLine {
  const { is, texts, projectId } = release;
  const due = dueOf(is);
  return {
    id: release.id,
    channel: release.channel,
    state: is.state,
    titles: Object.fromEntries(
      languages.flatMap((language) => {
        const text = texts[language];
        return text === undefined ? [] : [[language, text.title] as const];
      }),
    ),
    notReady: publicLanguages.filter((language) => textStatus(texts, language) !== 'ready'),
    at: sinceOf(is),
    ...(due !== undefined && { due }),
    ...(is.state === 'approved' && is.overdue !== undefined && { overdue: true as const }),
    ...(projectId !== undefined && { projectId }),
    ...(release.source !== undefined && { fromNews: true as const }),
  };
}
