import { t } from '../../../src/i18n/messages.js';
import type { IssueToApprove } from '../../../src/newsletter/notices.js';
import { isAppError } from '../../../src/platform/errors.js';
import type { ReleaseToApprove } from '../../../src/releases/notices.js';
import type { ReleaseService } from '../../../src/releases/service.js';
import { common, shownIn } from '../../cards/parts.js';
import { messageCard } from '../../cards/message-card.js';
import { type Card, render } from '../../cards/render.js';
import type { Turn } from '../../conversation/turn.js';
import type { BotFeature } from '../../feature.js';
import { superseded } from '../../proactive/views.js';

interface Asked {
  readonly kicker: string;
  readonly heading: string;
  readonly text: string;
  readonly open: string;
  readonly url: string;
}

/** What somebody has approved and the reader has to see too: it is judged where all of it is shown. */
function toApproveView({ language }: Turn, { kicker, heading, text, open, url }: Asked): Card {
  return render(messageCard, {
    ...common(language, 'list', kicker, [`${heading}.`, text]),
    heading,
    text,
    links: [{ title: open, url, style: 'positive', mode: 'primary' }],
  });
}

export function issueToApproveView(
  turn: Turn,
  { issueId, number, by }: IssueToApprove,
  publicUrl: string,
): Card {
  const { language } = turn;
  return toApproveView(turn, {
    kicker: t(language, 'chat.kicker.newsletter'),
    heading: t(language, 'chat.notice.issueToApprove.title', { number }),
    text: t(language, 'chat.notice.issueToApprove.text', { by }),
    open: t(language, 'chat.notice.issueToApprove.open'),
    url: `${publicUrl}/#/newsletter/${issueId}`,
  });
}

export function releaseToApproveView(
  turn: Turn,
  { releaseId, by }: ReleaseToApprove,
  { title, publicUrl }: { readonly title: string; readonly publicUrl: string },
): Card {
  const { language } = turn;
  return toApproveView(turn, {
    kicker: t(language, 'chat.kicker.releases'),
    heading: t(language, 'chat.notice.releaseToApprove.title', { title }),
    text: t(language, 'chat.notice.releaseToApprove.text', { by }),
    open: t(language, 'chat.notice.releaseToApprove.open'),
    url: `${publicUrl}/#/releases/${releaseId}`,
  });
}

/** Approvals that wait for another person. */
export function approvalsFeature({
  releases,
  publicUrl,
}: {
  readonly releases: Pick<ReleaseService, 'get'>;
  /** Where the tab is. */
  readonly publicUrl: string;
}): BotFeature {
  return {
    notices: {
      issueToApprove: (turn, notice) =>
        Promise.resolve(issueToApproveView(turn, notice as IssueToApprove, publicUrl)),
      releaseToApprove: async (turn, notice) => {
        const asked = notice as ReleaseToApprove;
        try {
          const { release } = await releases.get(turn.person, asked.releaseId);
          const title = shownIn(release.shown.titles, turn.language) ?? '';
          return releaseToApproveView(turn, asked, { title, publicUrl });
        } catch (error) {
          if (isAppError(error, 'release.notFound')) return superseded;
          throw error;
        }
      },
    },
    activities: {
      issueToApprove: (notice, { language }) => {
        const { number } = notice as IssueToApprove;
        const title = `${t(language, 'chat.kicker.newsletter')} ${String(number)}`;
        return Promise.resolve({ type: 'approvalWanted', parameters: { title } });
      },
      releaseToApprove: async (notice, { person, language }) => {
        if (person === undefined) return undefined;
        const { release } = await releases.get(person, (notice as ReleaseToApprove).releaseId);
        return {
          type: 'approvalWanted',
          parameters: { title: shownIn(release.shown.titles, language) ?? '' },
        };
      },
    },
  };
}
