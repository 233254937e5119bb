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
