import { languages, publicLanguages } from '../shared/languages.js';
import { textStatus } from '../content/text.js';
import type { Release, ReleaseLine, ReleaseState } from './release.js';

/** When a release in this state is to go out or went out; ISO instant. */
export function dueOf(is: ReleaseState): string | undefined {
  switch (is.status) {
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

const sinceOf = (is: ReleaseState): string => (is.status === 'approved' ? is.approval.at : is.at);

/** The line by which a release is recognised in a list and in the calendar. */
export function lineOf(release: Release): ReleaseLine {
  const { state, texts, projectId } = release;
  const due = dueOf(state);
  return {
    id: release.id,
    channel: release.channel,
    status: state.status,
    titles: Object.fromEntries(
      languages.flatMap((language) => {
        const text = texts[language];
        return text === undefined ? [] : [[language, text.title] as const];
      }),
    ),
    notReady: publicLanguages.filter((language) => textStatus(texts, language) !== 'ready'),
    at: sinceOf(state),
    ...(due !== undefined && { due }),
    ...(state.status === 'approved' && state.overdue !== undefined && { overdue: true as const }),
    ...(projectId !== undefined && { projectId }),
    ...(release.source !== undefined && { fromNews: true as const }),
  };
}
