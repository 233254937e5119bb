import { z } from 'zod';
import { t } from '../../../src/i18n/messages.js';
import type { OwnSlot } from '../../../src/sessions/topics/own-slots.js';
import { icons } from '../../cards/icons.js';
import { type ListLine, listCard, listLine } from '../../cards/list-card.js';
import { type Notice, button, common } from '../../cards/parts.js';
import { type Card, render } from '../../cards/render.js';
import { action } from '../../conversation/actions.js';
import { type Turn, shown } from '../../conversation/turn.js';
import type { SessionActions } from './services.js';
import { listButton } from './session.js';
import { chipsOf, kindIcon, nameIn, sessionSnapshot, shownText, topicIn, whenOf } from './session-card.js';

/** What a slot still needs, in words; that nothing does, where that is so. */
export function needsOf({ missing, openQuestions, occurrence }: OwnSlot, { language }: Turn): string {
  const needs = [
    ...missing.map((what) => t(language, `chat.slots.missing.${what}`)),
    ...(openQuestions > 0 ? [t(language, 'chat.slots.questions', { count: openQuestions })] : []),
  ];
  if (occurrence.slot?.how === 'proposed') needs.unshift(t(language, 'chat.slots.proposed'));
  return needs.length === 0 ? t(language, 'chat.slots.complete') : needs.join(' · ');
}

function slotLine(slot: OwnSlot, turn: Turn): ListLine {
  const { language } = turn;
  const { occurrence } = slot;
  const name = nameIn(occurrence.names, language);
  const topic = topicIn(occurrence, language);
  const when = whenOf(occurrence, language);
  return listLine({
    icons: [{ url: icons[kindIcon(occurrence.kind)] }],
    overs: [{ text: when }],
    title: topic === undefined ? name : `${name}: ${shownText(topic)}`,
    notes: [{ text: needsOf(slot, turn) }],
    chips: chipsOf(occurrence, language),
    mark: '›',
    action: button(t(language, 'chat.session.openOne', { name, when }), 'session.open', {
      id: occurrence.id,
      seen: sessionSnapshot(occurrence),
    }),
  });
}

/** The coming slots of the person's projects, each with what it still needs; a line opens its session. */
export function ownSlotsView(turn: Turn, slots: readonly OwnSlot[], notices: readonly Notice[] = []): Card {
  const { language } = turn;
  const heading = t(language, 'chat.slots.heading');
  const hint = t(language, slots.length === 0 ? 'chat.slots.none' : 'chat.slots.hint');
  return render(listCard, {
    ...common(language, 'session', t(language, 'chat.kicker.sessions'), [
      `${heading}.`,
      ...notices.map(({ text }) => text),
      ...(slots.length === 0 ? [hint] : []),
      ...slots.map(
        (slot) =>
          `${nameIn(slot.occurrence.names, language)}, ${whenOf(slot.occurrence, language)}. ${needsOf(slot, turn)}.`,
      ),
    ]),
    heading,
    notices,
    hints: [{ text: hint }],
    lines: slots.map((slot) => slotLine(slot, turn)),
    links: [],
    actions: [listButton(turn)],
  });
}

/** As many as a card shows without scrolling for long. */
const maxLines = 6;

export const ownSlotActions = {
  'slots.open': action('session:take', z.object({}), async (turn, _data, { topics }) =>
    shown(turn, ownSlotsView(turn, (await topics.ownSlots(turn.person)).slice(0, maxLines))),
  ),
} satisfies SessionActions;
