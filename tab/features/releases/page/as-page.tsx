import { Button, Field, Input } from '@fluentui/react-components';
import { Eye20Regular, EyeOff20Regular } from '@fluentui/react-icons';
import { useEffect, useRef, useState } from 'react';
import type { ReleaseAnswer } from '../../../../src/shared/answers/releases.js';
import { publicLanguages, type PublicLanguage } from '../../../../src/shared/languages.js';
import type { Fields } from '../../../../src/shared/merge.js';
import { useShell, useText } from '../../../shared/context.js';
import { Await } from '../../../shared/states.js';
import { useLoad } from '../../../shared/use-load.js';
import { seenSince } from '../../../shared/use-seen.js';
import type { ReleaseHere } from '../use-releases.js';
import css from './page.module.css';

/** The release as a page of its channel: whom readers may ask, and how it will look, before anybody can read it. */
export function AsPage(props: {
  readonly answer: ReleaseAnswer;
  readonly here: ReleaseHere;
  readonly canEdit: boolean;
}) {
  const { answer, here, canEdit } = props;
  const { t } = useText();
  const [isShown, setShown] = useState(false);
  const isWritten = publicLanguages.some((language) => answer.languages[language].status !== 'missing');
  return (
    <section className={css.asPage} aria-label={t('release.page.title')}>
      <h2>{t('release.page.title')}</h2>
      <Contact answer={answer} here={here} canEdit={canEdit} />
      {isWritten && (
        <Button
          icon={isShown ? <EyeOff20Regular /> : <Eye20Regular />}
          aria-expanded={isShown}
          onClick={() => setShown(!isShown)}
        >
          {t(isShown ? 'release.preview.hide' : 'release.preview.show')}
        </Button>
      )}
      {isShown && (
        <div className={css.previews}>
          {publicLanguages.map((language) => (
            <PagePreview key={language} language={language} answer={answer} here={here} />
          ))}
        </div>
      )}
    </section>
  );
}

const contactId = 'release-contact';

function Contact(props: {
  readonly answer: ReleaseAnswer;
  readonly here: ReleaseHere;
  readonly canEdit: boolean;
}) {
  const { answer, here, canEdit } = props;
  const { release, item } = answer;
  const { t } = useText();
  const { writings } = useShell();
  const stored = release.contact ?? '';
  /** What is typed, over what stood there when the typing began. */
  const [typed, setTyped] = useState<{ readonly text: string; readonly seen: Fields }>();
  const send = async (): Promise<boolean> => {
    if (typed === undefined) return true;
    const { text, seen } = typed;
    const isSame = text.trim() === (seen.contact ?? '');
    const error = isSame
      ? undefined
      : await here.change(() => here.api.setContact(text, seen), t('release.contact.done'));
    // Sent again after a conflict it replaces what the writer has been shown then.
    setTyped(error === undefined ? undefined : { text, seen: seenSince(seen, error) });
    return error === undefined;
  };
  const flight = useRef<Promise<boolean>>(undefined);
  const save = (): Promise<boolean> => {
    flight.current ??= send().finally(() => {
      flight.current = undefined;
    });
    return flight.current;
  };
  const latest = useRef({ save, t });
  useEffect(() => {
    latest.current = { save, t };
  });
  useEffect(
    () =>
      writings.add({
        settle: () => latest.current.save(),
        trouble: () => latest.current.t('release.contact.unsettled'),
        show: () => document.getElementById(contactId)?.focus(),
      }),
    [writings],
  );
  const author = item?.author.name ?? '';
  if (!canEdit) {
    const name = stored === '' ? author : stored;
    return name === '' ? null : <p className={css.quiet}>{t('release.contact.is', { name })}</p>;
  }
  return (
    <Field
      className={css.contact ?? ''}
      label={t('release.contact.label')}
      hint={t('release.contact.hint', { name: author })}
    >
      <Input
        id={contactId}
        value={typed?.text ?? stored}
        placeholder={author}
        onChange={(_, { value: text }) =>
          setTyped({ text, seen: typed?.seen ?? { contact: release.contact ?? null } })
        }
        onBlur={() => void save()}
        onKeyDown={(event) => event.key === 'Enter' && void save()}
      />
    </Field>
  );
}

/** The page in one language, drawn again when the release or its text changes. */
function PagePreview(props: {
  readonly language: PublicLanguage;
  readonly answer: ReleaseAnswer;
  readonly here: ReleaseHere;
}) {
  const { language, answer, here } = props;
  const { release, item } = answer;
  const { t } = useText();
  const version = [release.auditCount, item?.texts[language]?.revision ?? 0, release.own[language]?.at ?? ''];
  const loaded = useLoad(`${here.api.previewPath}/${language} ${version.join(' ')}`, () =>
    here.api.preview(language),
  );
  if (loaded.state === 'failed') return <p className={css.quiet}>{t(`release.preview.none.${language}`)}</p>;
  return (
    <Await loaded={loaded} bones={<div className={`bone ${css.previewWaiting}`} aria-hidden="true" />}>
      {({ html }) => (
        <iframe
          className={css.previewPage}
          lang={language}
          title={t(`release.preview.frame.${language}`)}
          sandbox=""
          srcDoc={html}
        />
      )}
    </Await>
  );
}
