import { t } from '../../../src/i18n/messages.js';
import { common } from '../../cards/parts.js';
import { messageCard } from '../../cards/message-card.js';
import { render } from '../../cards/render.js';
import type { BotFeature } from '../../feature.js';

/** What whoever sets Big Room up sees of the bot. */
export function settingsFeature({ publicUrl }: { readonly publicUrl: string }): BotFeature {
  return {
    notices: {
      tried: ({ language }) => {
        const [heading, text] = [
          t(language, 'chat.notice.tried.title'),
          t(language, 'chat.notice.tried.text'),
        ];
        const url = `${publicUrl}/#/settings/channels`;
        return Promise.resolve(
          render(messageCard, {
            ...common(language, 'list', 'Big Room', [`${heading}.`, text]),
            heading,
            text,
            links: [{ title: t(language, 'chat.notice.tried.open'), url, style: 'default', mode: 'primary' }],
          }),
        );
      },
    },
  };
}
