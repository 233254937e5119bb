import { Button, Field, Textarea } from '@fluentui/react-components';
import { useState } from 'react';
import { isBy, isTheirs } from '../../../../src/platform/actor.js';
import { awaitsReply } from '../../../../src/news/line.js';
import type { NewsItem, NewsMessage } from '../../../../src/news/types.js';
import type { NewsItemAnswer } from '../../../../src/shared/answers/news.js';
import { useMay, useShell, useText } from '../../../shared/context.js';
import { Disclosure } from '../../../shared/disclosure.js';
import { fieldProblem } from '../../../shared/problem.js';
import { Await, Bones } from '../../../shared/states.js';
import { useLoad } from '../../../shared/use-load.js';
import { useWho } from '../../../shared/who.js';
import { newsItemApi } from '../api.js';
import css from './thread.module.css';

/** What the author of an item and the communications team write to each other, and a field to go on. */
export function Thread(props: {
  readonly item: NewsItem;
  readonly onAnswer: (answer: NewsItemAnswer) => void;
}) {
  const { item, onAnswer } = props;
  const { session } = useShell();
  const { t } = useText();
  const may = useMay();
  const { person } = session;
  const isOwn = person.id === item.author.id;
  const isAuthor = isOwn || (isTheirs(person, item.author.id) && !may('news:decide'));
  const [isOpen, setOpen] = useState(item.lastMessage !== undefined);
  return (
    <Disclosure
      className={css.section}
      summary={<h2>{t(isAuthor ? 'news.thread.titleOwn' : 'news.thread.title')}</h2>}
      isOpen={isOpen}
      onToggle={setOpen}
    >
      {isOpen && <Messages item={item} />}
      {isOpen && may('news:edit') && awaitsReply(item) && <Settle item={item} onAnswer={onAnswer} />}
      {isOpen && (isAuthor || may('news:decide')) && (
        <MessageForm item={item} isAuthor={isAuthor} onAnswer={onAnswer} />
      )}
    </Disclosure>
  );
}

/** The way to say that the author waits for nothing: else the item stays in work until somebody replies. */
function Settle(props: { readonly item: NewsItem; readonly onAnswer: (answer: NewsItemAnswer) => void }) {
  const { api: server, fail } = useShell();
  const { t } = useText();
  const settle = async (): Promise<void> => {
    try {
      props.onAnswer(await newsItemApi(server, props.item.id).settleMessage());
    } catch (error) {
      fail(error);
    }
  };
  return (
    <p className={css.settle}>
      {t('news.thread.awaits', { name: props.item.author.name })}
      <Button size="small" onClick={() => void settle()}>
        {t('news.thread.settle')}
      </Button>
    </p>
  );
}

/** Oldest first, as one reads a conversation. */
function Messages({ item }: { readonly item: NewsItem }) {
  const { api: server, fail } = useShell();
  const { t } = useText();
  const api = newsItemApi(server, item.id);
  const version = `${item.lastMessage?.at ?? ''} ${String(item.auditCount)}`;
  const loaded = useLoad(`${api.path} messages ${version}`, () => api.messages());
  const value = loaded.state === 'ready' ? loaded.value : undefined;
  const more = async (next: string): Promise<void> => {
    try {
      const page = await api.messages(next);
      loaded.set({ ...page, lines: [...(value?.lines ?? []), ...page.lines] });
    } catch (error) {
      fail(error);
    }
  };
  return (
    <Await loaded={loaded} bones={<Bones rows={2} height={48} />}>
      {({ lines, next }) => (
        <>
          {next !== undefined && (
            <Button appearance="subtle" onClick={() => void more(next)}>
              {t('news.thread.older')}
            </Button>
          )}
          {lines.length === 0 && <p className={css.empty}>{t('news.thread.empty')}</p>}
          <ol className={css.messages}>
            {[...lines].reverse().map((message) => (
              <Message key={message.number} message={message} isAuthors={isBy(message.by, item.author.id)} />
            ))}
          </ol>
        </>
      )}
    </Await>
  );
}

function Message(props: { readonly message: NewsMessage; readonly isAuthors: boolean }) {
  const { by, at, kind, text } = props.message;
  const who = useWho();
  const { t, dates } = useText();
  return (
    <li className={props.isAuthors ? css.authors : css.theirs}>
      <div className={css.from}>
        <strong>{who(by)}</strong>
        <span>{t(`news.thread.kind.${kind}`)}</span>
        <time dateTime={at}>{dates.moment(at)}</time>
      </div>
      <p>{text}</p>
    </li>
  );
}

function MessageForm(props: {
  readonly item: NewsItem;
  readonly isAuthor: boolean;
  readonly onAnswer: (answer: NewsItemAnswer) => void;
}) {
  const { item, isAuthor, onAnswer } = props;
  const { api: server, texts, notify, fail } = useShell();
  const { t } = useText();
  const [text, setText] = useState('');
  const [fault, setFault] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const problemOf = (error: unknown) =>
    fieldProblem(texts, error, 'text') ?? fieldProblem(texts, error, 'note');
  const send = async (): Promise<void> => {
    if (isBusy || text.trim() === '') return;
    setBusy(true);
    setFault(undefined);
    try {
      onAnswer(await newsItemApi(server, item.id).write(text));
      setText('');
      notify(t('news.thread.sent'));
    } catch (error) {
      setFault(error);
      if (problemOf(error) === undefined) fail(error);
    } finally {
      setBusy(false);
    }
  };
  const isAsked = item.state.status === 'changesRequested';
  const own = isAsked ? 'news.thread.labelAnswer' : 'news.thread.labelOwn';
  const problem = problemOf(fault);
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Field
        label={t(isAuthor ? own : 'news.thread.label')}
        {...(!isAuthor && { hint: t('news.thread.hint') })}
        {...(problem !== undefined && { validationMessage: problem })}
      >
        <Textarea value={text} resize="vertical" onChange={(_, data) => setText(data.value)} />
      </Field>
      <div>
        <Button type="submit" disabledFocusable={isBusy || text.trim() === ''}>
          {t('news.thread.send')}
        </Button>
      </div>
    </form>
  );
}
