import type { FieldFault } from '../../../src/platform/errors.js';
import { say } from '../../../src/i18n/messages.js';
import type { Occurrence } from '../../../src/sessions/occurrences/occurrence.js';
import type { Question } from '../../../src/sessions/service.js';
import { button, type Notice } from '../../cards/parts.js';
import type { Card } from '../../cards/render.js';
import { seenSession } from './session-snapshot.js';
import type { Turn } from '../../conversation/turn.js';
import { formField } from '../../cards/form-field.js';
import { plainSession } from './presenter-view.js';
import { quoted, shownText } from './session-parts.js';
import { askButton, listButton } from './session-view.js';

export interface WrittenSays {
  readonly typed: string;
  readonly faults?: readonly FieldFault[];
  readonly notices?: readonly Notice[];
}

/** The form of a question to those who present. */
export function questionForm(
  turn: Turn,
  occurrence: Occurrence,
  formId: string,
  { typed, faults = [], notices = [] }: WrittenSays,
): Card {
  const { language } = turn;
  const data = { id: occurrence.id, seen: seenSession(occurrence) };
  const topic = occurrence.talk?.topic;
  return plainSession(turn, occurrence, say(language, 'chat.question.heading'), {
    notices,
    paragraphs: topic === undefined ? [] : [{ text: shownText(topic) }],
    fields: [
      formField(language, faults, {
        id: 'text',
        kind: 'lines',
        label: say(language, 'chat.question.label'),
        example: say(language, 'chat.question.example'),
        wants: say(language, 'chat.question.wants'),
        value: typed,
        isRequired: true,
      }),
    ],
    actions: [
      button(say(language, 'chat.form.send'), 'question.send', { ...data, formId }, 'positive', 'auto'),
      button(say(language, 'chat.form.cancel'), 'session.open', data),
    ],
  });
}

/** The receipt of a question. */
export function questionReceipt(turn: Turn, occurrence: Occurrence, question: Question): Card {
  const { language } = turn;
  return plainSession(turn, occurrence, say(language, 'chat.question.sent'), {
    quotes: [quoted(say(language, 'chat.question.yours'), question.text)],
    closings: [{ text: say(language, 'chat.question.sent.text') }],
    actions: [askButton(occurrence, turn), listButton(turn)],
  });
}

/** A question to one's project, with the answer written in the same card. */
export function questionAskedView(
  turn: Turn,
  occurrence: Occurrence,
  question: Question,
  { typed, faults = [], notices = [] }: WrittenSays,
): Card {
  const { language } = turn;
  const label = say(language, 'chat.question.from', { name: question.by.name });
  return plainSession(turn, occurrence, say(language, 'chat.question.asked'), {
    notices,
    quotes: [quoted(label, question.text)],
    fields: [
      formField(language, faults, {
        id: 'text',
        kind: 'lines',
        label: say(language, 'chat.question.answer'),
        example: say(language, 'chat.question.answer.example'),
        wants: say(language, 'chat.question.answer.wants'),
        value: typed,
        isRequired: true,
      }),
    ],
    actions: [
      button(
        say(language, 'chat.question.answerSend'),
        'question.answer',
        { id: occurrence.id, questionId: question.id },
        'positive',
        'auto',
      ),
      button(say(language, 'chat.session.show'), 'session.open', { id: occurrence.id }),
    ],
  });
}

/** A question with its answer: to who asked, and to who answered or came too late to. */
export function questionAnsweredView(
  turn: Turn,
  occurrence: Occurrence,
  question: Question,
  notices: readonly Notice[] = [],
): Card {
  const { language, person } = turn;
  const { state } = question;
  const isMine = question.by.id === person.id;
  const asked = say(language, isMine ? 'chat.question.yours' : 'chat.question.from', {
    name: question.by.name,
  });
  const answer =
    state.status === 'answered'
      ? [quoted(say(language, 'chat.question.answerOf', { name: state.by.name }), state.answer)]
      : [];
  const headline =
    state.status === 'answered'
      ? say(language, isMine ? 'chat.question.answered' : 'chat.question.thanks')
      : say(language, 'chat.question.carried');
  return plainSession(turn, occurrence, headline, {
    notices,
    quotes: [quoted(asked, question.text), ...answer],
    actions: [
      button(say(language, 'chat.session.show'), 'session.open', { id: occurrence.id }),
      listButton(turn),
    ],
  });
}
