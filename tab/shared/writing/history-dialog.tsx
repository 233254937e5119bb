import { Button, DialogBody, DialogContent, DialogTitle } from '@fluentui/react-components';
import { useState } from 'react';
import type { Revision, TextContent } from '../../../src/content/text.js';
import type { Page } from '../../../src/platform/pages.js';
import type { PublicLanguage } from '../../../src/shared/languages.js';
import { useShell, useText } from '../context.js';
import { Difference } from '../difference.js';
import { DialogButtons } from '../dialog-buttons.js';
import { DialogFrame } from '../dialog-frame.js';
import { Await, Bones } from '../states.js';
import { useLoad } from '../use-load.js';
import type { Subject } from './subject.js';
import { textApi } from './use-writing.js';
import css from './history.module.css';

/** Every revision of one language, each with what it changed; an older one can be put back. */
export function HistoryDialog(props: {
  readonly subject: Subject;
  readonly language: PublicLanguage;
  /** Closed it stays in the page, so that Fluent can give back the focus and the page behind it. */
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onRestore?: (content: TextContent) => void;
}) {
  const { language, isOpen, onClose } = props;
  const { t } = useText();
  return (
    <DialogFrame isOpen={isOpen} onClose={onClose} className={css.surface}>
      <DialogBody className={css.body}>
        <DialogTitle>{t('news.history.title', { language })}</DialogTitle>
        <DialogContent className={css.content}>
          <Pages {...props} />
        </DialogContent>
        <DialogButtons />
      </DialogBody>
    </DialogFrame>
  );
}

interface Restoring {
  readonly subject: Subject;
  readonly language: PublicLanguage;
  readonly onClose: () => void;
  readonly onRestore?: (content: TextContent) => void;
}

/** The history as it stands when the dialog opens. */
function Pages(props: Restoring) {
  const { api } = useShell();
  const { historyPath, history } = textApi(api, props.subject.path, props.language);
  const pages = useLoad(historyPath, () => history());
  return (
    <Await loaded={pages} bones={<Bones rows={4} height={48} />}>
      {(page) => (
        <History
          {...props}
          page={page}
          onMore={async (after) => {
            const more = await history(after);
            pages.set({ ...more, lines: [...page.lines, ...more.lines] });
          }}
        />
      )}
    </Await>
  );
}

function History(
  props: Restoring & {
    readonly page: Page<Revision>;
    readonly onMore: (after: string) => Promise<void>;
  },
) {
  const { subject, language, page, onRestore } = props;
  const { fail } = useShell();
  const { t, dates } = useText();
  const [index, setIndex] = useState(0);
  const chosen = page.lines[index];
  const { next } = page;
  const isStanding = chosen?.parked !== true && chosen?.revision === subject.texts[language]?.revision;
  const restore = (content: TextContent): void => {
    props.onClose();
    onRestore?.(content);
  };
  return (
    <div className={css.split}>
      <ol className={css.revisions}>
        {page.lines.map((line, at) => (
          <li key={`${line.revision} ${line.at}`}>
            <button type="button" aria-pressed={at === index} onClick={() => setIndex(at)}>
              <strong>{dates.moment(line.at)}</strong>
              <span>{line.by.name}</span>
              {line.parked === true && <span className={css.parked}>{t('news.history.parked')}</span>}
            </button>
          </li>
        ))}
        {next !== undefined && (
          <li>
            <Button appearance="subtle" size="small" onClick={() => void props.onMore(next).catch(fail)}>
              {t('shared.more')}
            </Button>
          </li>
        )}
      </ol>
      {chosen !== undefined && (
        <div>
          <p className={css.hint}>{t(hintOf(chosen))}</p>
          <Difference before={olderOf(page.lines, chosen)} after={chosen} language={language} />
          {onRestore !== undefined && !isStanding && (
            <Button appearance="primary" onClick={() => restore(chosen)}>
              {t('news.history.restore')}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

function hintOf(
  revision: Revision,
): 'news.history.hintParked' | 'news.history.hintFirst' | 'news.history.hint' {
  if (revision.parked === true) return 'news.history.hintParked';
  return revision.revision === 1 ? 'news.history.hintFirst' : 'news.history.hint';
}

/** The words over which a revision was written; for the first, or where they have not been fetched yet, its own, so that nothing is marked. */
function olderOf(lines: readonly Revision[], chosen: Revision): TextContent {
  const older = lines.find((line) => line.parked !== true && line.revision === chosen.revision - 1);
  return older ?? chosen;
}
