/** The style of the local intranet: colours of Fluent 2, one column of 68 characters, paper and dark included. */
export const style = `:root {
  color-scheme: light dark;
  --back: #ffffff;
  --quiet-back: #f5f5f5;
  --text: #242424;
  --quiet: #616161;
  --line: #e0e0e0;
  --link: #0f548c;
  --tag-back: #ebf3fc;
  --tag: #0c3b5e;
}
@media (prefers-color-scheme: dark) {
  :root {
    --back: #1f1f1f;
    --quiet-back: #292929;
    --text: #f5f5f5;
    --quiet: #c2c2c2;
    --line: #525252;
    --link: #82c7ff;
    --tag-back: #0e2a40;
    --tag: #b4d6fa;
  }
}
* { box-sizing: border-box; }
html { font: 1.0625rem/1.6 "Segoe UI Variable Text", "Segoe UI", system-ui, -apple-system, "Noto Sans", sans-serif; }
body { margin: 0; background: var(--back); color: var(--text); overflow-wrap: break-word; }
a { color: var(--link); text-underline-offset: 0.16em; text-decoration-thickness: 1px; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 2px solid var(--text); outline-offset: 3px; border-radius: 2px; }
.skip { position: absolute; left: -999rem; padding: 0.5rem 1rem; background: var(--back); z-index: 1; }
.skip:focus { left: 1rem; top: 0.5rem; }
.top { display: flex; align-items: center; justify-content: space-between; gap: 1rem; padding: 0.75rem max(1rem, calc(50vw - 23rem)); background: var(--quiet-back); border-block-end: 1px solid var(--line); }
.name { color: inherit; text-decoration: none; line-height: 1.3; padding-block: 0.25rem; }
.name strong { display: block; font-weight: 600; }
.name span { display: block; font-size: 0.875rem; color: var(--quiet); }
.name:hover strong { text-decoration: underline; }
.language { display: inline-block; min-block-size: 2.75rem; padding: 0.55rem 0.9rem; border: 1px solid var(--line); border-radius: 4px; background: var(--back); text-decoration: none; }
.language:hover { text-decoration: underline; }
main, footer { max-inline-size: 48rem; margin-inline: auto; padding-inline: 1rem; }
main { padding-block: 2.5rem 3rem; }
h1, h2, h3, h4 { font-family: "Segoe UI Variable Display", "Segoe UI", system-ui, -apple-system, "Noto Sans", sans-serif; font-weight: 600; line-height: 1.25; text-wrap: balance; hyphens: auto; }
h1 { font-size: clamp(1.625rem, 1.2rem + 2vw, 2.25rem); margin: 0 0 1.25rem; }
.releases { list-style: none; margin: 0; padding: 0; }
.releases li { padding-block: 1.5rem; border-block-start: 1px solid var(--line); }
.releases li:last-child { border-block-end: 1px solid var(--line); }
.releases h2 { font-size: 1.25rem; margin: 0.4rem 0 0.4rem; }
.releases li:first-child h2 { font-size: 1.5rem; }
.releases h2 a { color: inherit; text-decoration: none; }
.releases h2 a:hover { color: var(--link); text-decoration: underline; }
.releases .lead { margin: 0; max-inline-size: 65ch; }
.facts { display: flex; flex-wrap: wrap; align-items: center; gap: 0.25rem 0.75rem; margin: 0; font-size: 0.875rem; color: var(--quiet); }
.tag { padding: 0.05rem 0.6rem; border-radius: 999px; background: var(--tag-back); color: var(--tag); font-weight: 600; }
.release .facts { margin-block-end: 1rem; }
.release > .lead { font-size: 1.25rem; line-height: 1.5; margin: 0 0 1.75rem; max-inline-size: 60ch; }
.body, .lead { max-inline-size: 68ch; white-space: normal; }
.body h2 { font-size: 1.375rem; margin: 2.25rem 0 0.6rem; }
.body h3, .body h4, .body h5, .body h6 { font-size: 1.125rem; margin: 1.75rem 0 0.4rem; }
.body p, .body ul, .body ol, .body blockquote { margin: 0 0 1.1rem; }
.body ul, .body ol { padding-inline-start: 1.5rem; }
.body li { margin-block-end: 0.35rem; }
.body blockquote { margin-inline: 0; padding: 0.1rem 0 0.1rem 1.25rem; border-inline-start: 4px solid var(--line); color: var(--quiet); }
.body blockquote p:last-child { margin-block-end: 0; }
.note { margin: 2.5rem 0 0; padding-block-start: 1.25rem; border-block-start: 1px solid var(--line); }
.back, .paging { margin-block-start: 1.25rem; }
.paging { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 1rem; }
.empty { padding: 1.5rem; background: var(--quiet-back); border-radius: 8px; }
footer { padding-block: 1rem 2.5rem; font-size: 0.875rem; color: var(--quiet); }
footer p { margin: 0 0 0.4rem; }
footer a { margin-inline-end: 1rem; }
@media (max-width: 30rem) {
  main { padding-block: 1.5rem 2rem; }
}
@media print {
  :root { --back: #fff; --quiet-back: #fff; --text: #000; --quiet: #333; --line: #999; --link: #000; --tag-back: #fff; --tag: #000; }
  html { font-size: 11pt; }
  .skip, .top nav, .back, .paging, footer p + p { display: none; }
  .top, main, footer { padding-inline: 0; }
  .tag { padding: 0; }
  .body a[href^="http"]::after { content: " (" attr(href) ")"; overflow-wrap: anywhere; }
  h1, h2, h3 { break-after: avoid; }
  .releases li { break-inside: avoid; }
}
`;
