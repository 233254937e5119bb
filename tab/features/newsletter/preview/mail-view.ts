import { publicLanguages, type PublicLanguage } from '../../../../src/shared/languages.js';
import { useText } from '../../../shared/context.js';
import { href } from '../../../shared/route.js';
import { go, useRoute } from '../../../shared/use-route.js';
import { titleLanguage } from '../issue-view.js';

export type Scheme = 'light' | 'dark';

const darkQuery = '@media (prefers-color-scheme: dark)';

/**
 * A mail as a reader with this colour scheme sees it, whatever the scheme of this device; its links open outside of
 * the frame.
 */
export function inScheme(html: string, scheme: Scheme): string {
  return html
    .replaceAll(darkQuery, scheme === 'dark' ? '@media all' : '@media not all')
    .replace(':root { color-scheme: light dark;', `:root { color-scheme: ${scheme};`)
    .replace(
      '<meta name="color-scheme" content="light dark">',
      `<meta name="color-scheme" content="${scheme}">`,
    )
    .replace('<head>', '<head><base target="_blank">');
}

/** How the mail is looked at; kept in the address. */
export interface MailLook {
  readonly language: PublicLanguage;
  readonly width: 'desktop' | 'phone';
  readonly scheme: Scheme;
  readonly format: 'html' | 'text';
}

export function useMailLook(): {
  readonly look: MailLook;
  readonly choose: (more: Partial<MailLook>) => void;
} {
  const { path, query } = useRoute();
  const { language } = useText();
  const look: MailLook = {
    language: publicLanguages.find((candidate) => candidate === query.language) ?? titleLanguage(language),
    width: query.width === 'phone' ? 'phone' : 'desktop',
    scheme: query.scheme === 'dark' ? 'dark' : 'light',
    format: query.format === 'text' ? 'text' : 'html',
  };
  return { look, choose: (more) => go(href(path, { ...query, ...look, ...more }), 'replace') };
}
