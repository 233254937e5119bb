import { t } from '../../i18n/messages.js';
import type { MailKey } from '../../i18n/keys.js';
import type { FieldFault } from '../../platform/errors.js';
import { cardPage } from '../../platform/card-page.js';
import { helpLineHtml } from '../../people/help-line.js';
import type { Helper } from '../../people/person.js';
import { Markup, markup } from '../../platform/html.js';
import { withDatesWritten } from '../../shared/dates.js';
import { type Language, languages } from '../../shared/languages.js';

const css = `
main { max-width: 44rem }
.lead { font-size: 1.125rem }
.quiet { color: var(--quiet) }
.when { margin: 0 0 .25rem; font-size: 1.125rem; font-weight: 600 }
.notice { margin: 0 0 1.25rem; padding: .75rem 1rem; border-left: 4px solid var(--brand); border-radius: 4px; background: var(--page) }
.notice p { margin: 0 }
.fault { border-left-color: #c50f1f }
section { margin-top: 2rem; padding-top: .25rem; border-top: 1px solid var(--line) }
h2 { margin-top: 1.25rem }
h3 { margin: 0 0 .125rem; font-size: 1.0625rem; line-height: 1.35; font-weight: 600; hyphens: auto }
ul.plain { margin: 0; padding: 0; list-style: none }
ul.plain > li { padding: .875rem 0; border-bottom: 1px solid var(--line) }
ul.plain > li:last-child { border-bottom: 0 }
ul.plain p { margin: 0 }
.row { display: flex; flex-wrap: wrap; gap: 0 1.25rem; margin: -.5rem 0 0 }
.line { margin: .25rem 0 0 }
li .line { margin: 0 }
.row a, .line a { display: inline-block; min-height: 2.75rem; padding: .6rem 0 }
a.go { display: inline-block; min-height: 2.75rem; margin: .25rem 0 1rem; padding: .6rem 1.25rem; border-radius: 4px; background: var(--brand); color: #fff; font-weight: 600; text-decoration: none }
a.go:hover { text-decoration: underline }
.tag { display: inline-block; padding: 0 .5rem; border: 1px solid var(--quiet); border-radius: 999px; font-size: .875rem }
form { margin: .75rem 0 0 }
label, legend { display: block; margin: 0 0 .25rem; padding: 0; font-weight: 600 }
label.check { display: flex; gap: .75rem; align-items: flex-start; margin: 0 0 1rem; font-weight: 400 }
label.check input { flex: none; width: 1.375rem; height: 1.375rem; margin: .125rem 0 0; accent-color: var(--brand) }
label.option { display: flex; gap: .75rem; align-items: center; min-height: 2.75rem; margin: 0; font-weight: 400 }
label.option input { flex: none; width: 1.25rem; height: 1.25rem; margin: 0; accent-color: var(--brand) }
.field { margin: 0 0 1.125rem; padding: 0; border: 0 }
.field input:not([type]), .field input[type=email], .field select, .field textarea { width: 100%; min-height: 2.75rem; padding: .5rem .75rem; border: 1px solid var(--quiet); border-radius: 4px; background: var(--card); color: var(--ink); font: inherit }
.field textarea { min-height: 6.5rem; resize: vertical }
.hint { margin: .25rem 0 0; color: var(--quiet); font-size: .9375rem }
.error { margin: .25rem 0 0; color: var(--error); font-weight: 600 }
[aria-invalid=true] { border-color: var(--error) !important }
:root { --error: #b10e1c }
.answers { display: flex; flex-wrap: wrap; gap: .75rem }
.answers form { margin: 0 }
button.other { background: transparent; color: var(--ink); border-color: var(--quiet) }
@media (prefers-color-scheme: dark) { :root { --error: #ff99a4 } .fault { border-left-color: var(--error) } }
@media (forced-colors: active) { button, a.go { border: 1px solid } }
`;

interface OutsidePage {
  readonly language: Language;
  /** Whose page it is. */
  readonly name: string;
  readonly heading: string;
  readonly headingLanguage?: string | undefined;
  readonly title: string;
  /** The address of the page itself without its language, for links to the others. */
  readonly path: string;
  readonly body: Markup;
  /** Whom to ask. */
  readonly helper?: Helper | undefined;
}

/** Whom to ask, on a line of its own. */
export const helpLine = (language: Language, helper: Helper): Markup =>
  markup`<p>${new Markup(helpLineHtml(language, helper))}</p>`;

/** A page for people outside: without scripts and cookies, and with nothing from elsewhere; in all languages. */
export function outsidePage({ language, path, body, helper, ...page }: OutsidePage): string {
  const others = languages
    .filter((each) => each !== language)
    .map(
      (
        other,
      ) => markup`<a href="${path}?language=${other}" lang="${other}" hreflang="${other}">${t(other, `language.own.${other}`)}</a>
`,
    );
  return cardPage({
    ...page,
    language,
    css,
    body: markup`${body}${
      helper === undefined
        ? undefined
        : markup`<p class="help">${new Markup(helpLineHtml(language, helper))}</p>
`
    }
<nav aria-label="${t(language, 'privacy.more')}">
${others}<a href="/privacy?language=${language}">${t(language, 'privacy.title')}</a>
<a href="/accessibility?language=${language}">${t(language, 'accessibility.title')}</a>
</nav>`,
  });
}

/** What came of a press. @param ask whom to ask about a fault. */
export function notice(text: string, isFault = false, ask?: Markup): Markup {
  return isFault
    ? markup`<div class="notice fault" role="alert"><p>${text}</p>${ask}</div>
`
    : markup`<div class="notice" role="status"><p>${text}</p></div>
`;
}

/** What a form shows: what was typed into it, and what was wrong with that. */
export interface FormView {
  readonly language: Language;
  readonly formId: string;
  readonly typed?: Readonly<Record<string, string>>;
  readonly faults?: readonly FieldFault[];
  /** What came of a press, above the form. */
  readonly notice?: Markup;
  /** It was sent: the notice stands in its place. */
  readonly isSent?: true;
}

interface Field {
  readonly id: string;
  readonly label: MailKey;
  readonly hint?: MailKey;
  readonly kind: 'line' | 'email' | 'lines';
  readonly isRequired?: boolean;
  readonly autocomplete?: string;
}

function faultOf({ faults = [], language }: FormView, id: string): string | undefined {
  const fault = faults.find(({ field }) => field === id);
  return fault && t(language, `field.${fault.code}`, withDatesWritten(language, fault.values));
}

/** What describes a field, below it. */
function below(form: FormView, prefix: string, { id, hint }: Pick<Field, 'id' | 'hint'>) {
  const error = faultOf(form, id);
  const key = `${prefix}-${id}`;
  const names = [
    ...(error === undefined ? [] : [`${key}-error`]),
    ...(hint === undefined ? [] : [`${key}-hint`]),
  ];
  const describedBy = names.length === 0 ? undefined : markup` aria-describedby="${names.join(' ')}"`;
  return {
    describedBy,
    attributes: markup`${describedBy}${error === undefined ? undefined : markup` aria-invalid="true"`}`,
    html: markup`${error === undefined ? undefined : markup`<p class="error" id="${key}-error">${error}</p>`}${hint === undefined ? undefined : markup`<p class="hint" id="${key}-hint">${t(form.language, hint)}</p>`}`,
  };
}

/** One field of a form, with its label above and what is wrong with it below. */
export function field(form: FormView, prefix: string, one: Field): Markup {
  const { id, kind, isRequired, autocomplete } = one;
  const key = `${prefix}-${id}`;
  const { attributes, html } = below(form, prefix, one);
  const value = form.typed?.[id] ?? '';
  const required = isRequired === true ? markup` required` : undefined;
  const complete = autocomplete === undefined ? undefined : markup` autocomplete="${autocomplete}"`;
  const type = kind === 'email' ? markup` type="email"` : undefined;
  const input =
    kind === 'lines'
      ? markup`<textarea id="${key}" name="${id}"${required}${attributes}>${value}</textarea>`
      : markup`<input id="${key}" name="${id}"${type} value="${value}"${required}${complete}${attributes}>`;
  return markup`<div class="field"><label for="${key}">${t(form.language, one.label)}</label>
${input}${html}</div>
`;
}

/** One of several, as radio buttons. */
export function choice(
  form: FormView,
  prefix: string,
  one: {
    readonly id: string;
    readonly label: MailKey;
    readonly options: readonly (readonly [string, string])[];
  },
): Markup {
  const { describedBy, html } = below(form, prefix, one);
  const options = one.options.map(
    ([
      value,
      text,
    ]) => markup`<label class="option"><input type="radio" name="${one.id}" value="${value}" required${form.typed?.[one.id] === value ? markup` checked` : undefined}> ${text}</label>
`,
  );
  return markup`<fieldset class="field"${describedBy}><legend>${t(form.language, one.label)}</legend>
${options}${html}</fieldset>
`;
}

/** A tick with a text of its own, required. */
export function tick(form: FormView, prefix: string, id: string, text: Markup): Markup {
  const { attributes, html } = below(form, prefix, { id });
  return markup`<div class="field"><label class="check"><input type="checkbox" name="${id}" value="yes" required${form.typed?.[id] === 'yes' ? markup` checked` : undefined}${attributes}> <span>${text}</span></label>
${html}</div>
`;
}

/**
 * A form that posts to an address, and what came of it the last time; `novalidate`, since the page says what is wrong, in its
 * language. The page that answers is scrolled to the heading whose id is the end of the address.
 * @param another what the link to the empty form says, once it was sent; none where one answer is enough.
 */
export function formTo(
  action: string,
  form: FormView,
  fields: readonly Markup[],
  { button, another }: { readonly button: MailKey; readonly another?: MailKey },
): Markup {
  const heading = action.split('/').at(-1) ?? '';
  const { language } = form;
  if (form.isSent) {
    const page = `${action.slice(0, -heading.length - 1)}?language=${language}#${heading}`;
    const more =
      another &&
      markup`<p class="line"><a href="${page}">${t(language, another)}</a></p>
`;
    return markup`${form.notice}${more}`;
  }
  return markup`${form.notice}<form method="post" action="${action}?language=${form.language}#${heading}" novalidate>
<input type="hidden" name="formId" value="${form.formId}">
${fields}<button type="submit">${t(language, button)}</button>
</form>`;
}
