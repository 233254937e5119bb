import type chat from './chat/fi.json';
import type common from './common/fi.json';
import type mail from './mail/fi.json';
import type tab from './tab/fi.json';

/** Every key that has a text, by area: `common` for all, the others for the bot, the tab, and mail with documents. */
export type CommonKey = keyof typeof common;
export type ChatKey = keyof typeof chat;
export type TabKey = keyof typeof tab;
export type MailKey = keyof typeof mail;
export type MessageKey = CommonKey | ChatKey | TabKey | MailKey;

/** What an ICU placeholder may be given. */
export type Values = Readonly<Record<string, string | number>>;
