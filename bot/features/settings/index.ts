import { t } from '../../../src/i18n/messages.js';
import {
  cardAround,
  common,
  header,
  type LinkData,
  links,
  plain,
  type CommonData,
} from '../../cards/parts.js';
import { cardTemplate, render } from '../../cards/render.js';
import type { BotFeature } from '../../feature.js';

interface TriedData extends CommonData {
  readonly heading: string;
  readonly text: string;
  readonly links: readonly LinkData[];
}

const triedCard = cardTemplate<TriedData>(
  'tried',
  cardAround({
    body: [
      header,
      plain('${heading}', { size: 'Large', weight: 'Bolder' }, { spacing: 'Small' }),
      plain('${text}', {}, { spacing: 'Small' }),
    ],
    actions: [links],
  }),
);

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
          render(triedCard, {
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
