import { t } from '../i18n/messages.js';
import type { Language } from '../shared/languages.js';
import { Markup, markup } from '../platform/html.js';

/** What the page shows: the question, that mails have stopped, that they are back, or that there is no such link. */
export type StopView = 'ask' | 'done' | 'isBack' | 'none';

interface Facts {
  readonly language: Language;
  readonly programme: string;
  readonly key: string;
}

/** Nothing runs and nothing comes from elsewhere. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self'";

const styleTag = new Markup(`<style>
:root { color-scheme: light dark; --page: #f5f5f5; --card: #fff; --ink: #242424; --quiet: #616161; --brand: #4f52b2; --line: #e0e0e0 }
@media (prefers-color-scheme: dark) {
  :root { --page: #141414; --card: #292929; --ink: #fff; --quiet: #adadad; --brand: #5b5fc7; --line: #525252 }
}
* { box-sizing: border-box }
body { margin: 0; background: var(--page); color: var(--ink); font: 1.0625rem/1.5 "Segoe UI", system-ui, -apple-system, Roboto, sans-serif; overflow-wrap: break-word }
main { max-width: 36rem; margin: 0 auto; padding: clamp(1.5rem, 8vh, 5rem) 1rem 2rem }
.card { background: var(--card); border-radius: 8px; padding: clamp(1.25rem, 5vw, 2.5rem); box-shadow: 0 1px 2px rgb(0 0 0 / 14%), 0 0 2px rgb(0 0 0 / 12%) }
.name { margin: 0 0 .5rem; color: var(--quiet); font-size: .9375rem }
h1 { margin: 0 0 .75rem; font-size: 1.625rem; line-height: 1.25; font-weight: 600; text-wrap: balance; hyphens: auto }
p { margin: 0 0 1rem }
form { margin: 1.5rem 0 0 }
.mistake { margin-top: 2rem; padding-top: 1.25rem; border-top: 1px solid var(--line) }
.mistake p { margin: 0; color: var(--quiet) } .mistake form { margin-top: .75rem }
button { min-height: 2.75rem; padding: .5rem 1.25rem; border: 1px solid var(--brand); border-radius: 4px; background: var(--brand); color: #fff; font: inherit; font-weight: 600; cursor: pointer }
.mistake button { background: transparent; color: var(--ink); border-color: var(--quiet) }
button:hover { text-decoration: underline }
:focus-visible { outline: 2px solid var(--ink); outline-offset: 3px }
</style>`);

function form(action: string, text: string): Markup {
  return markup`<form method="post" action="${action}"><button type="submit">${text}</button></form>`;
}

function nextStep(view: StopView, { language, key }: Facts): Markup | undefined {
  if (view === 'ask') return form(`/stop/${key}`, t(language, 'stop.button'));
  if (view !== 'done') return undefined;
  return markup`<div class="mistake"><p>${t(language, 'stop.mistake')}</p>
${form(`/stop/${key}/back`, t(language, 'stop.back'))}</div>`;
}

/** The page on which somebody stops the mails, or takes that back. Names nobody: links are forwarded. */
export function stopPage(view: StopView, facts: Facts): string {
  const { language, programme } = facts;
  const more = `stop.${view}More` as const;
  const heading = t(language, `stop.${view}`);
  return markup`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="color-scheme" content="light dark">
<title>${heading} – ${t(language, 'stop.title')}</title>
${styleTag}
</head>
<body>
<main><div class="card">
<p class="name">${programme}</p>
<h1>${heading}</h1>
<p>${t(language, more, { programme })}</p>
${nextStep(view, facts)}
</div></main>
</body>
</html>
`.text;
}
