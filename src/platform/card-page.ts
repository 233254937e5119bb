import { Markup, markup } from './html.js';

/** Nothing runs and nothing comes from elsewhere. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self'";

const styleTag = new Markup(`<style>
:root { color-scheme: light dark; --page: #f5f5f5; --card: #fff; --ink: #242424; --quiet: #616161; --brand: #4f52b2; --link: #4f52b2; --line: #e0e0e0 }
@media (prefers-color-scheme: dark) {
  :root { --page: #141414; --card: #292929; --ink: #fff; --quiet: #adadad; --brand: #5b5fc7; --link: #b3b8f7; --line: #525252 }
}
* { box-sizing: border-box }
body { margin: 0; background: var(--page); color: var(--ink); font: 1.0625rem/1.5 "Segoe UI", system-ui, -apple-system, Roboto, sans-serif; overflow-wrap: break-word }
main { max-width: 36rem; margin: 0 auto; padding: clamp(1.5rem, 8vh, 5rem) 1rem 2rem }
.card { background: var(--card); border-radius: 8px; padding: clamp(1.25rem, 5vw, 2.5rem); box-shadow: 0 1px 2px rgb(0 0 0 / 14%), 0 0 2px rgb(0 0 0 / 12%) }
.name { margin: 0 0 .5rem; color: var(--quiet); font-size: .9375rem }
h1 { margin: 0 0 .75rem; font-size: 1.625rem; line-height: 1.25; font-weight: 600; text-wrap: balance; hyphens: auto }
h2 { margin: 1.75rem 0 .375rem; font-size: 1.1875rem; line-height: 1.3; font-weight: 600; hyphens: auto }
p { margin: 0 0 1rem }
a { color: var(--link); text-underline-offset: .16em }
.help { margin: 1.5rem 0 0; color: var(--quiet); overflow-wrap: anywhere }
nav { display: flex; flex-wrap: wrap; gap: 0 1.25rem; margin: 1.5rem 0 0; padding-top: .5rem; border-top: 1px solid var(--line) }
nav a { display: inline-block; min-height: 2.75rem; padding: .6rem 0 }
form { margin: 1.5rem 0 0 }
section { margin-top: 2rem; padding-top: .25rem; border-top: 1px solid var(--line) }
section h2 { margin-top: 1rem }
fieldset { min-width: 0; margin: 0 0 1.5rem; padding: 0; border: 0 }
legend { padding: 0; margin-bottom: .25rem; font-weight: 600 }
.choice { display: flex; gap: .75rem; align-items: flex-start; min-height: 2.75rem; padding: .5rem 0; cursor: pointer }
.choice input { flex: none; width: 1.25rem; height: 1.25rem; margin: .2rem 0 0; accent-color: var(--brand) }
.choice small { display: block; color: var(--quiet); font-size: .9375rem }
.links { margin: -.5rem 0 0; padding: 0; list-style: none } .links a { display: inline-block; min-height: 2.75rem; padding: .5rem 0 }
.status { margin: 0 0 1.25rem; padding: .75rem 1rem; border: 1px solid var(--brand); border-radius: 4px; font-weight: 600 }
.quiet { margin-top: .5rem } .quiet button { margin-top: .5rem }
.mistake { margin-top: 2rem; padding-top: 1.25rem; border-top: 1px solid var(--line) }
.mistake p { margin: 0; color: var(--quiet) } .mistake form { margin-top: .75rem }
button { min-height: 2.75rem; padding: .5rem 1.25rem; border: 1px solid var(--brand); border-radius: 4px; background: var(--brand); color: #fff; font: inherit; font-weight: 600; cursor: pointer }
.mistake button, .quiet button { background: transparent; color: var(--ink); border-color: var(--quiet) }
.button { display: inline-block; min-height: 2.75rem; padding: .6rem 1.25rem; border-radius: 4px; background: var(--brand); color: #fff; font-weight: 600; text-decoration: none }
button:hover, .button:hover { text-decoration: underline }
:focus-visible { outline: 2px solid var(--ink); outline-offset: 3px }
</style>`);

/** What a plain page shows; `name` is whose page it is, `title` that of the window. */
interface CardPage {
  readonly language: string;
  readonly name: string;
  readonly heading: string;
  /** That of the heading, where it is another than the page's. */
  readonly headingLanguage?: string | undefined;
  readonly title: string;
  readonly body: Markup;
  /** CSS after that of all pages. */
  readonly css?: string;
}

/** A page of one card without scripts, for whoever has its address, in light and dark. */
export function cardPage({ language, name, heading, headingLanguage, title, body, css }: CardPage): string {
  return markup`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="color-scheme" content="light dark">
<title>${heading} – ${title}</title>
${styleTag}${css === undefined ? undefined : new Markup(`<style>${css}</style>`)}
</head>
<body>
<main><div class="card">
<p class="name">${name}</p>
<h1${headingLanguage === undefined || headingLanguage === language ? undefined : markup` lang="${headingLanguage}"`}>${heading}</h1>
${body}
</div></main>
</body>
</html>
`.text;
}
