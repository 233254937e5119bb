import { Button, Field, Input, Textarea } from '@fluentui/react-components';
import { Add20Regular, ThumbLike16Filled, ThumbLike16Regular } from '@fluentui/react-icons';
import { Fragment, useRef, useState } from 'react';
import type { Occurrence } from '../../../../src/sessions/occurrences/occurrence.js';
import type { Topic } from '../../../../src/sessions/topics/topic.js';
import type { TopicsAnswer } from '../../../../src/shared/answers/sessions.js';
import type { Language } from '../../../../src/shared/languages.js';
import { missingTranslations, otherLanguages, translatedTo } from '../../../../src/shared/translated.js';
import { useMay, useShell, useText } from '../../../shared/context.js';
import { keepFocus } from '../../../shared/focus.js';
import { FormDialog, useDialogs } from '../../../shared/form-dialog.js';
import { faultAt } from '../../../shared/problem.js';
import { Await, Bones } from '../../../shared/states.js';
import { useFresh } from '../../../shared/use-fresh.js';
import { useLoad, type Loaded } from '../../../shared/use-load.js';
import {
  listTopics,
  proposeTopic,
  settleTopic,
  translateTopic,
  voteForTopic,
  type TopicSettlement,
} from '../api.js';
import { MissingLanguages } from '../parts/missing-languages.js';
import { Section } from '../parts/section.js';
import type { OccurrenceHere } from './use-occurrence.js';
import css from './topics.module.css';

/** Topics that people have proposed for the series, by votes; the coordinator puts them on this one's agenda. */
export function Topics({
  occurrence,
  here,
}: {
  readonly occurrence: Occurrence;
  readonly here: OccurrenceHere;
}) {
  const { api } = useShell();
  const { t } = useText();
  const may = useMay();
  const [isProposing, setProposing] = useState(false);
  const { seriesId } = occurrence;
  const loaded = useLoad(`topics ${seriesId}`, () => listTopics(api, seriesId));
  useFresh(loaded.refresh);
  const isAhead = occurrence.state.status === 'planned' || occurrence.state.status === 'confirmed';
  return (
    <Section
      id="topics"
      title={t('sessions.topics.title')}
      action={
        may('session:take') ? (
          <Button appearance="subtle" icon={<Add20Regular />} onClick={() => setProposing(true)}>
            {t('sessions.topics.propose')}
          </Button>
        ) : undefined
      }
    >
      <Await loaded={loaded} bones={<Bones rows={2} height={56} />}>
        {({ topics }) =>
          topics.length === 0 ? (
            <p className={css.none}>{t('sessions.topics.none')}</p>
          ) : (
            <ul className={css.topics}>
              {topics.map((topic) => (
                <One
                  key={topic.id}
                  topic={topic}
                  occurrence={occurrence}
                  maySettle={isAhead && may('session:edit')}
                  onChanged={() => {
                    loaded.reload();
                    here.reload();
                    here.agenda.reload();
                  }}
                />
              ))}
            </ul>
          )
        }
      </Await>
      <Propose seriesId={seriesId} loaded={loaded} isOpen={isProposing} onClose={() => setProposing(false)} />
    </Section>
  );
}

function One(props: {
  readonly topic: Topic;
  readonly occurrence: Occurrence;
  readonly maySettle: boolean;
  readonly onChanged: () => void;
}) {
  const { topic, occurrence, maySettle, onChanged } = props;
  const { api, notify, fail } = useShell();
  const { t, language } = useText();
  const may = useMay();
  const mayTranslate = may('session:edit');
  const dialogs = useDialogs<'translate'>();
  const shown = translatedTo(language, topic);
  const isWhyTranslated = topic.translations?.[language]?.why !== undefined;
  const isHere = topic.state.status === 'planned' && topic.state.occurrenceId === occurrence.id;
  const isElsewhere = topic.state.status === 'planned' && !isHere;
  const act = async (ask: () => Promise<unknown>): Promise<void> => {
    try {
      await ask();
    } catch (error) {
      fail(error);
    }
    onChanged();
  };
  const settle = (settlement: TopicSettlement, said: string): void =>
    void act(async () => {
      const { topic: settled } = await settleTopic(api, topic, settlement);
      const before =
        topic.state.status === 'planned'
          ? { occurrenceId: topic.state.occurrenceId }
          : { occurrenceId: null };
      notify(said, async () => {
        await settleTopic(api, settled, before);
        onChanged();
      });
      keepFocus();
    });
  return (
    <li className={css.topic}>
      <button
        type="button"
        className={css.vote}
        aria-pressed={topic.isVoted}
        disabled={!may('session:take')}
        aria-label={t('sessions.topics.vote', { count: topic.votes, topic: shown.text })}
        onClick={() => void act(() => voteForTopic(api, topic.id, !topic.isVoted))}
      >
        {topic.isVoted ? <ThumbLike16Filled /> : <ThumbLike16Regular />}
        {topic.votes}
      </button>
      <div className={css.words}>
        <span lang={shown.language} className={css.text}>
          {shown.text}
        </span>
        {shown.why !== undefined && (
          <span lang={isWhyTranslated ? shown.language : topic.language}>{shown.why}</span>
        )}
        <span className={css.by}>
          {topic.by.name}
          {isHere && ` · ${t('sessions.topics.here')}`}
          {isElsewhere && ` · ${t('sessions.topics.elsewhere')}`}
        </span>
        {mayTranslate && (
          <span className={css.choices}>
            <MissingLanguages languages={missingTranslations(topic)} />
            <Button size="small" appearance="subtle" onClick={() => dialogs.show('translate')}>
              {t('sessions.topics.translate')}
            </Button>
          </span>
        )}
        {mayTranslate && (
          <Translate
            key={dialogs.round}
            topic={topic}
            onTranslated={onChanged}
            {...dialogs.of('translate')}
          />
        )}
        {maySettle && !isElsewhere && <Settling isHere={isHere} occurrence={occurrence} onSettle={settle} />}
      </div>
    </li>
  );
}

type Words = NonNullable<Topic['translations']>[Language];

/** A topic in the languages other than the one in which it was proposed. */
function Translate(props: {
  readonly topic: Topic;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onTranslated: () => void;
}) {
  const { topic } = props;
  const { api, texts, notify } = useShell();
  const { t } = useText();
  const [translations, setTranslations] = useState(topic.translations ?? {});
  // What its writer saw, however often the list is read again meanwhile.
  const [seen] = useState(topic);
  const set = (language: Language, part: Partial<NonNullable<Words>>): void =>
    setTranslations({ ...translations, [language]: { text: '', ...translations[language], ...part } });
  const send = async (): Promise<void> => {
    await translateTopic(api, seen, translations);
    notify(t('sessions.done.topicTranslated'));
    props.onTranslated();
  };
  const labelOf = (what: string, language: Language): string =>
    t('sessions.languages.in', { what, language });
  return (
    <FormDialog
      title={t('sessions.topics.translateTitle')}
      verb={t('sessions.topics.translateVerb')}
      isOpen={props.isOpen}
      onClose={props.onClose}
      onSend={send}
    >
      {(fault) => (
        <>
          {otherLanguages(topic.language).map((language) => (
            <Fragment key={language}>
              <Field
                label={labelOf(t('sessions.topics.text'), language)}
                hint={topic.text}
                {...faultAt(texts, fault, `translations.${language}.text`)}
              >
                <Input
                  lang={language}
                  value={translations[language]?.text ?? ''}
                  onChange={(_, { value }) => set(language, { text: value })}
                />
              </Field>
              {topic.why !== undefined && (
                <Field
                  label={labelOf(t('sessions.topics.why'), language)}
                  hint={topic.why}
                  {...faultAt(texts, fault, `translations.${language}.why`)}
                >
                  <Textarea
                    lang={language}
                    rows={3}
                    resize="vertical"
                    value={translations[language]?.why ?? ''}
                    onChange={(_, { value }) => set(language, { why: value })}
                  />
                </Field>
              )}
            </Fragment>
          ))}
        </>
      )}
    </FormDialog>
  );
}

function Settling(props: {
  readonly isHere: boolean;
  readonly occurrence: Occurrence;
  readonly onSettle: (settlement: TopicSettlement, said: string) => void;
}) {
  const { isHere, occurrence, onSettle } = props;
  const { t } = useText();
  if (isHere) {
    return (
      <span className={css.choices}>
        <Button size="small" onClick={() => onSettle({ occurrenceId: null }, t('sessions.done.topicOff'))}>
          {t('sessions.topics.takeOff')}
        </Button>
      </span>
    );
  }
  return (
    <span className={css.choices}>
      <Button
        size="small"
        onClick={() => onSettle({ occurrenceId: occurrence.id }, t('sessions.done.topicOn'))}
      >
        {t('sessions.topics.putOn')}
      </Button>
      <Button
        size="small"
        appearance="subtle"
        onClick={() => onSettle({ as: 'declined' }, t('sessions.done.topicDeclined'))}
      >
        {t('sessions.topics.decline')}
      </Button>
    </span>
  );
}

function Propose(props: {
  readonly seriesId: string;
  readonly loaded: Loaded<TopicsAnswer>;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  const { seriesId, loaded, isOpen, onClose } = props;
  const { api, texts, notify } = useShell();
  const { t, language } = useText();
  const [text, setText] = useState('');
  const [why, setWhy] = useState('');
  const formId = useRef<string>(undefined);
  const send = async (): Promise<void> => {
    formId.current ??= crypto.randomUUID();
    await proposeTopic(api, {
      seriesId,
      text,
      language,
      formId: formId.current,
      ...(why.trim() !== '' && { why }),
    });
    formId.current = undefined;
    setText('');
    setWhy('');
    notify(t('sessions.done.proposed'));
    loaded.reload();
  };
  return (
    <FormDialog
      title={t('sessions.topics.proposeTitle')}
      verb={t('sessions.topics.propose')}
      isOpen={isOpen}
      onClose={onClose}
      onSend={send}
    >
      {(fault) => (
        <>
          <Field label={t('sessions.topics.text')} required {...faultAt(texts, fault, 'text')}>
            <Input value={text} onChange={(_, { value }) => setText(value)} />
          </Field>
          <Field label={t('sessions.topics.why')} {...faultAt(texts, fault, 'why')}>
            <Textarea rows={3} resize="vertical" value={why} onChange={(_, { value }) => setWhy(value)} />
          </Field>
        </>
      )}
    </FormDialog>
  );
}
