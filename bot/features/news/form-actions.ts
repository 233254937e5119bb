import { offeredProjects } from '../../../src/people/person.js';
import { isTheirs } from '../../../src/platform/actor.js';
import { greetingName } from '../../../src/shared/greeting.js';
import { z } from 'zod';
import { AppError, type FieldFault, isAppError } from '../../../src/platform/errors.js';
import { type NewsId, type OccurrenceId, freshId } from '../../../src/platform/ids.js';
import { t } from '../../../src/i18n/messages.js';
import { type Language, languages } from '../../../src/shared/languages.js';
import { type Fields, seenAfter } from '../../../src/shared/merge.js';
import { shownDetails } from '../../../src/news/details.js';
import type { NewsItem } from '../../../src/news/types.js';
import { hasPersonalId } from '../../../src/content/personal-data.js';
import { toPlainText } from '../../../src/content/markdown.js';
import { type Text, textLimits } from '../../../src/content/text.js';
import { type Notice, button, projectName, shortened } from '../../cards/parts.js';
import { momentText } from '../../../src/shared/dates.js';
import {
  type NewsActions,
  type NewsServices,
  type NewsSnapshot,
  authorActions,
  changesSince,
  following,
  newsIdSchema,
  newsSnapshot,
  newsSnapshotSchema,
  quotesOf,
  receiptView,
  unfollow,
} from './receipt.js';
import { type Answer, type Turn, occurrenceIdSchema, replaceWith } from '../../conversation/turn.js';
import {
  type FormView,
  type Typed,
  fieldNames,
  formFaults,
  formView,
  freshTyped,
  readForm,
  submissionOf,
  typedDetails,
  typedOf,
  withProposals,
} from './form.js';
import { action, forEveryone, faultText } from '../../conversation/actions.js';
import { formAnswer, formIdSchema } from '../../conversation/form-answers.js';
import { currentReceipt } from './receipt-actions.js';
import { lastQuestion, answerView, sendReply } from './reply.js';

const maxQuotedBody = 3000;

type Data = Readonly<Record<string, unknown>>;
type FormContent = Pick<FormView, 'typed'> &
  Partial<Pick<FormView, 'notices' | 'faults' | 'quotes' | 'showsTexts' | 'intro' | 'foldsLink'>>;

const editSchema = z.object({
  id: newsIdSchema,
  basedOn: z.number().int().min(0),
  language: z.enum(languages),
  seen: newsSnapshotSchema.optional(),
  /** Cards of before are without it. */
  details: z.record(z.string(), z.unknown()).optional(),
  /** Made when the form was drawn: the same answer from it is one, however often it is sent. Cards of before are without it. */
  formId: formIdSchema.optional(),
});
/** The data of an edit card: the item, the language, the revision of the text that is edited, and the details that it showed. */
type Edit = z.infer<typeof editSchema>;

/** The form for a new item. `about` is the session that the news is about, if there is one. */
function newForm(
  turn: Turn,
  { clock }: NewsServices,
  formId: string,
  { about, ...content }: FormContent & { readonly about?: OccurrenceId | undefined },
): Answer {
  const { language } = turn;
  const data = { formId, ...(about !== undefined && { about }) };
  const card = formView(turn, clock, {
    kicker: t(language, 'chat.kicker.form'),
    heading: t(language, 'chat.form.heading'),
    intro: t(language, 'chat.form.intro'),
    asksLanguage: true,
    propose: button(t(language, 'chat.form.propose'), 'form.propose', data, 'default', 'auto'),
    actions: [button(t(language, 'chat.form.send'), 'news.submit', data, 'positive', 'auto')],
    ...content,
  });
  return formAnswer(card, language);
}

function editForm(turn: Turn, { clock }: NewsServices, edit: Edit, content: FormContent): Answer {
  const { language, programme } = turn;
  const isAsked = edit.seen?.state === 'changesRequested';
  const project = projectName(programme, content.typed.projectId, language);
  const card = formView(turn, clock, {
    kicker: t(language, 'chat.kicker.edit', { project }),
    heading: t(language, isAsked ? 'chat.form.answerHeading' : 'chat.form.editHeading'),
    asksLanguage: false,
    asksAnswer: isAsked,
    showsTexts: true,
    actions: [
      button(t(language, 'chat.form.save'), 'news.save', edit, 'positive', 'auto'),
      button(t(language, 'chat.form.cancel'), 'news.open', { id: edit.id }),
    ],
    ...content,
  });
  return formAnswer(card, language);
}

/** The notice above a form that was not accepted. */
function faultNotice(error: unknown, faults: readonly FieldFault[], language: Language): Notice {
  const isKnown = faults.every(({ field }) => fieldNames.some((name) => name === field));
  const text = isKnown ? faultText(error, language) : t(language, 'chat.form.unknownField');
  return { style: 'attention', text };
}

function withFaults(typed: Typed, error: unknown, language: Language): FormContent {
  const faults = formFaults(error);
  return { typed, faults, notices: [faultNotice(error, faults, language)] };
}

function assertNoFaults(faults: readonly FieldFault[]): void {
  if (faults.length > 0) throw new AppError('input.invalid', { fields: faults });
}

/** The data of an edit card for the current text of a language. */
function editOf(item: NewsItem, language: Language): Edit {
  return {
    id: item.id,
    language,
    basedOn: item.texts[language]?.revision ?? 0,
    seen: newsSnapshot(item),
    details: shownDetails(item),
    formId: freshId(),
  };
}

/** An edit that came too late for its item: the new text is kept in the form of a new item. */
function tooLateForm(turn: Turn, services: NewsServices, typed: Typed, item: NewsItem): Answer {
  const { language } = turn;
  const state = t(language, `news.state.${item.state.status}`);
  const answered = typed.answer.trim() === '' ? [] : [t(language, 'chat.form.answered')];
  const text = [...answered, t(language, 'chat.form.movedOn', { state })].join(' ');
  const kept = { ...typed, answer: '' };
  return newForm(turn, services, freshId(), { typed: kept, notices: [{ style: 'warning', text }] });
}

const typedTexts = [
  'title',
  'lead',
  'body',
  'projectId',
  'audiences',
  'channels',
  'link',
  'earliestDate',
] as const;

/** Whether somebody changed something in the form of an edit beside answering: the item is as it was, or as the form showed it. */
async function isChanged(
  typed: Typed,
  { id, language, basedOn, details }: Edit,
  item: NewsItem,
  { news }: NewsServices,
): Promise<boolean> {
  const text = await news.revision(id as NewsId, language, basedOn);
  const current = typedOf(item, language);
  const shown: Typed = {
    ...current,
    ...(text && { title: text.title, lead: text.lead, body: text.body }),
    ...(details && typedDetails(details)),
  };
  // Clients send choices in an order of their own.
  const sorted = (value: string): string => value.split(',').sort().join(',');
  const plain = (value: string): string => sorted(value.replace(/\s+/g, ' ').trim());
  return typedTexts.some(
    (name) => plain(typed[name]) !== plain(shown[name]) && plain(typed[name]) !== plain(current[name]),
  );
}

/**
 * An edit that came too late for its item. The answer goes to the communications team with the item, whatever became of that;
 * a text that was changed too is kept in the form of a new one.
 */
async function tooLate(
  turn: Turn,
  edit: Edit,
  typed: Typed,
  item: NewsItem,
  services: NewsServices,
): Promise<Answer> {
  const text = typed.answer.trim();
  if (text === '') return tooLateForm(turn, services, typed, item);
  const key = edit.formId ?? edit.id;
  const answer = await sendReply(turn, { id: edit.id, text, key }, services);
  return (await isChanged(typed, edit, item, services)) ? tooLateForm(turn, services, typed, item) : answer;
}

function alreadySent(turn: Turn, services: NewsServices, typed: Typed, item: NewsItem): Answer {
  const { language, person } = turn;
  if (!authorActions(item, person).includes('edit')) return tooLateForm(turn, services, typed, item);
  const textLanguage = languages.find((each) => each === typed.language) ?? item.originalLanguage;
  const text = t(language, 'chat.form.alreadySent', { when: momentText(language, item.submittedAt) });
  return editForm(turn, services, editOf(item, textLanguage), {
    typed,
    notices: [{ style: 'warning', text }],
  });
}

const submitKeys = ['formId', 'about'] as const;

function aboutOf({ about }: Data): OccurrenceId | undefined {
  return occurrenceIdSchema.safeParse(about).data as OccurrenceId | undefined;
}

/** Records which session the news is about; the news is sent even if the session has been removed. */
async function linkSession(
  { person }: Turn,
  id: OccurrenceId,
  newsId: NewsId,
  { followUp }: NewsServices,
): Promise<void> {
  try {
    await followUp.linkNews(person, id, newsId);
  } catch (error) {
    if (!isAppError(error, 'occurrence.notFound')) throw error;
  }
}

async function submit(turn: Turn, data: Data, services: NewsServices): Promise<Answer> {
  const { typed, faults } = readForm(data, submitKeys);
  const formId = formIdSchema.safeParse(data.formId);
  assertNoFaults(formId.success ? faults : [...faults, { field: 'formId', code: 'wrongType' }]);
  const submission = submissionOf(typed, formId.data ?? '');
  const { item, created, same } = await services.news.submit(turn.person, submission, turn.pressedAt);
  const about = aboutOf(data);
  // If the same press is delivered again, it writes the same link again.
  if (about !== undefined) await linkSession(turn, about, item.id, services);
  if (!same) return alreadySent(turn, services, typed, item);
  const name = greetingName(turn.person);
  const closing = t(turn.language, 'chat.receipt.thanks', { name });
  const receipt = replaceWith(receiptView(turn, item, { closing }));
  // The first time the message was stored with the item.
  return created ? receipt : following(turn, item, services, receipt);
}

/** The form for a new item as it was sent, with what is wrong with it. */
function newFormAgain(turn: Turn, data: Data, error: unknown, services: NewsServices): Promise<Answer> {
  const { typed } = readForm(data, submitKeys);
  const formId = formIdSchema.safeParse(data.formId);
  const content = { ...withFaults(typed, error, turn.language), about: aboutOf(data) };
  return Promise.resolve(newForm(turn, services, formId.data ?? freshId(), content));
}

const editKeys = Object.keys(editSchema.shape);

async function save(turn: Turn, data: Data, services: NewsServices): Promise<Answer> {
  const { typed, faults } = readForm(data, editKeys);
  const edit = editSchema.safeParse(data);
  if (!edit.success) throw new AppError('input.malformed');
  assertNoFaults(faults);
  const { id, basedOn, seen, details, formId = id } = edit.data;
  const submission = submissionOf(typed, formId);
  const newsId = id as NewsId;
  const { item } = await services.news.revise(
    turn.person,
    newsId,
    submission,
    basedOn,
    details,
    typed.answer,
  );
  const isSentAgain = seen?.state === 'changesRequested' && item.state.status === 'submitted';
  const closing = t(turn.language, isSentAgain ? 'chat.receipt.sentAgain' : 'chat.receipt.saved', {
    name: greetingName(turn.person),
  });
  return following(turn, item, services, replaceWith(receiptView(turn, item, { closing })));
}

/** Both texts on one card: the current one as a quote, the person's own still in the fields. */
function conflictForm(
  turn: Turn,
  services: NewsServices,
  { edit, typed, current }: { edit: Edit; typed: Typed; current: Text },
): Answer {
  const { language } = turn;
  const name = current.by.name;
  const quotes = [
    { label: t(language, 'chat.conflict.theirs', { name }), text: current.title },
    { label: t(language, 'chat.form.body.label'), text: shortened(toPlainText(current.body), maxQuotedBody) },
    { label: t(language, 'chat.form.lead.label'), text: current.lead },
  ].filter(({ text }) => text !== '');
  const text = t(language, 'chat.conflict.notice', { name, when: momentText(language, current.at) });
  const content = { typed, quotes, notices: [{ style: 'warning' as const, text }] };
  return editForm(turn, services, { ...edit, basedOn: current.revision }, content);
}

async function recoverSave(turn: Turn, data: Data, error: unknown, services: NewsServices): Promise<Answer> {
  const { typed } = readForm(data, editKeys);
  const edit = editSchema.safeParse(data);
  // The card does not say which item the text belongs to, so it is kept in the form of a new item.
  if (!edit.success) {
    const unreadable = new AppError('input.malformed');
    return newForm(turn, services, freshId(), withFaults(typed, unreadable, turn.language));
  }
  if (isAppError(error, 'text.conflict')) {
    return conflictForm(turn, services, { edit: edit.data, typed, current: error.details.theirs as Text });
  }
  if (isAppError(error, 'news.moveNotAllowed')) {
    const item = await services.news.get(turn.person, edit.data.id as NewsId).catch(() => undefined);
    if (item !== undefined) return tooLate(turn, edit.data, typed, item, services);
  }
  const { details } = edit.data;
  // What somebody else changed is shown at its field: sent again, this replaces it knowingly.
  const shown =
    details !== undefined && isAppError(error, 'edit.conflict')
      ? { ...edit.data, details: seenAfter(details, error.details.theirs as Fields) }
      : edit.data;
  return editForm(turn, services, shown, withFaults(typed, error, turn.language));
}

async function openEdit(
  turn: Turn,
  id: NewsId,
  seen: NewsSnapshot | undefined,
  services: NewsServices,
): Promise<Answer> {
  const { person, language } = turn;
  const item = await services.news.get(person, id);
  if (!isTheirs(person, item.author.id)) throw new AppError('permission.denied');
  if (!authorActions(item, person).includes('edit') && seen?.state === 'changesRequested') {
    await unfollow(turn, id, services);
    return answerView(turn, item, await lastQuestion(turn, id, services));
  }
  if (!authorActions(item, person).includes('edit')) {
    const current = currentReceipt(turn, item, seen, new AppError('news.moveNotAllowed'));
    return following(turn, item, services, current);
  }
  await unfollow(turn, id, services);
  const textLanguage = item.originalLanguage;
  return editForm(turn, services, editOf(item, textLanguage), {
    typed: typedOf(item, textLanguage),
    notices: changesSince(seen, item, person.id, language),
    quotes: quotesOf(item, turn),
  });
}

/** The form for a new item, filled in with the topic and the notes of a session. */
async function makeNews(turn: Turn, id: OccurrenceId, services: NewsServices): Promise<Answer> {
  const { person, language, programme } = turn;
  const draft = await services.followUp.newsDraft(person, id);
  const fresh = freshTyped(person, language, programme);
  const typed: Typed = {
    ...fresh,
    language: draft.language,
    title: draft.title,
    body: draft.body,
    link: draft.link ?? '',
    projectId: draft.projectId ?? fresh.projectId,
  };
  const notices = [{ style: 'emphasis', text: t(language, 'chat.session.draft') }] as const;
  return newForm(turn, services, freshId(), { typed, notices, about: id });
}

/** What somebody else knows of a news item already: what was said, or a link. What is too long is for the form to say. */
const prefillSchema = z.object({
  title: z.string().optional(),
  body: z.string().optional(),
  link: z.string().optional(),
  projectId: z.string().optional(),
  language: z.enum(languages).optional(),
  /** How many characters of what was said did not find room. */
  left: z.number().int().min(0).optional(),
});
type Prefill = z.infer<typeof prefillSchema>;
/** `card`: the item that the message showed. */
const openSchema = z.object({ prefill: prefillSchema.optional(), card: newsIdSchema.optional() });

/** The form for a new item, filled in where something is known. */
function openForm(turn: Turn, prefill: Prefill | undefined, services: NewsServices): Answer {
  const { person, language, programme } = turn;
  const fresh = freshTyped(person, language, programme);
  if (prefill === undefined) return newForm(turn, services, freshId(), { typed: fresh });
  const { left = 0, ...said } = prefill;
  const limit = textLimits.body;
  const tooLong = t(language, 'chat.form.longText', { limit, left });
  const known = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
  const typed: Typed = { ...fresh, ...known };
  const isProject = offeredProjects(programme).some(({ id }) => id === typed.projectId);
  const answer = newForm(turn, services, freshId(), {
    typed: isProject ? typed : { ...typed, projectId: fresh.projectId },
    intro: t(language, 'chat.form.filled'),
    foldsLink: true,
    ...(left > 0 && { notices: [{ style: 'warning', text: tooLong }] }),
  });
  // What somebody told in private is not for a group.
  return answer.as === 'replace' ? { ...answer, isPrivate: true } : answer;
}

/** The form as it is, with the title and the reason that its text proposes. */
function propose(turn: Turn, data: Data, services: NewsServices): Answer {
  const { typed } = readForm(data, submitKeys);
  const fields = fieldNames.filter((name) => hasPersonalId(typed[name]));
  if (fields.length > 0)
    throw new AppError('text.personalData', {
      fields: fields.map((field): FieldFault => ({ field, code: 'personalId' })),
    });
  const formId = formIdSchema.safeParse(data.formId);
  const content = { typed: withProposals(typed), showsTexts: true, about: aboutOf(data) };
  return newForm(turn, services, formId.data ?? freshId(), content);
}

/** The form for a new item, for other actions of the news. */
export function openedForm(turn: Turn, data: object, services: NewsServices): Promise<Answer> {
  const { prefill } = z.object({ prefill: prefillSchema }).parse(data);
  return Promise.resolve(openForm(turn, prefill, services));
}

export const formActions = {
  'session.makeNews': action('news:submit', z.object({ id: occurrenceIdSchema }), (turn, { id }, services) =>
    makeNews(turn, id as OccurrenceId, services),
  ),
  'form.open': forEveryone(
    action('news:submit', openSchema, async (turn, { prefill, card }, services) => {
      await unfollow(turn, card, services);
      return openForm(turn, prefill, services);
    }),
  ),
  'form.propose': {
    permission: 'news:submit',
    run: (turn, data, services) => Promise.resolve().then(() => propose(turn, data, services)),
    recover: newFormAgain,
  },
  'news.submit': { permission: 'news:submit', run: submit, recover: newFormAgain },
  'news.edit': action(
    'news:submit',
    z.object({ id: newsIdSchema, seen: newsSnapshotSchema.optional() }),
    (turn, { id, seen }, services) => openEdit(turn, id as NewsId, seen, services),
  ),
  'news.save': { permission: 'news:submit', run: save, recover: recoverSave },
} satisfies NewsActions;
