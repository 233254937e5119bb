import { z } from 'zod';
import { t } from '../../../src/i18n/messages.js';
import { translatedTo } from '../../../src/shared/translated.js';
import { dayText } from '../../../src/shared/dates.js';
import type { ArchiveLine } from '../../../src/sessions/follow-up/archive.js';
import { action, forEveryone } from '../../conversation/actions.js';
import { type Answer, type Turn, shown } from '../../conversation/turn.js';
import { button } from '../../cards/parts.js';
import type { Card } from '../../cards/render.js';
import { past } from './asked.js';
import { askedSchema } from './meant.js';
import { type AskedRecordings, maxWords } from './mentioned-recordings.js';
import type { SessionActions, SessionServices } from './services.js';
import { listButton } from './session.js';
import { nameIn, renderSession, safeLink, shownText } from './session-card.js';

const maxShown = 6;
const maxMaterials = 1;

/** Each with what one opens: the recording, else the material. */
function linksOf(line: ArchiveLine, { language }: Turn) {
  const { topic } = line.talk ? translatedTo(language, line.talk) : {};
  const name = nameIn(line.names, language);
  const label = [topic === undefined ? undefined : name, dayText(language, line.start)]
    .filter((each) => each !== undefined)
    .join(' · ');
  const title = topic === undefined ? name : shownText(topic);
  const own = line.recordingUrl === undefined ? [] : safeLink(title, line.recordingUrl);
  const materials = own.length > 0 ? [] : line.materials.slice(0, maxMaterials);
  const links = [
    ...own,
    ...materials
      .map((material) => translatedTo(language, material))
      .flatMap((material) => safeLink(`${title}: ${shownText(material.title)}`, material.url)),
  ];
  return links.map(({ title: text, url }) => ({ label, text, url }));
}

/** The newest sessions of which there is something to see, each opened with one press. */
export function recordingsView(turn: Turn, lines: readonly ArchiveLine[]): Card {
  const { language } = turn;
  const headline = t(language, 'chat.recordings.heading');
  const facts = lines.slice(0, maxShown).flatMap((line) => linksOf(line, turn));
  const [first] = lines;
  return renderSession(language, {
    icon: 'session',
    kicker: t(language, 'chat.kicker.sessions'),
    speak: [headline, ...facts.map(({ label, text }) => `${text}, ${label}.`)],
    headlines: [{ text: headline }],
    linkFacts: facts,
    actions: [
      ...(first === undefined
        ? []
        : [button(t(language, 'chat.recordings.last'), 'session.past', { id: first.id })]),
      listButton(turn),
    ],
  });
}

/** Those whose words are all there; else those of the first word that finds any. */
async function found(
  { person }: Turn,
  { kind, words = [] }: AskedRecordings,
  { followUp }: SessionServices,
): Promise<readonly ArchiveLine[]> {
  const of = kind === undefined ? {} : { kind };
  if (words.length === 0) return (await followUp.archive(person, of)).lines;
  for (const text of new Set([words.join(' '), ...words])) {
    const { lines } = await followUp.archive(person, { ...of, text });
    if (lines.length > 0) return lines;
  }
  return [];
}

/** The recordings that are asked for; where none is found, the last session, and whether it has any. */
async function recordings(turn: Turn, asked: AskedRecordings, services: SessionServices): Promise<Answer> {
  const lines = await found(turn, asked, services);
  if (lines.length > 0) return shown(turn, recordingsView(turn, lines));
  const { kind } = asked;
  return past(turn, askedSchema.parse({ ...(kind && { kind }) }), services);
}

const recordingsSchema = z.object({
  kind: askedSchema.shape.kind,
  words: z.array(z.string().max(40)).max(maxWords).optional(),
});

export const recordingActions = {
  'session.recordings': forEveryone(
    action('session:see', recordingsSchema, (turn, { kind, words }, services) =>
      recordings(turn, { ...(kind && { kind }), ...(words && { words }) }, services),
    ),
  ),
} satisfies SessionActions;
