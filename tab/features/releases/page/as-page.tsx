import { Button, Field, Input } from '@fluentui/react-components';
import { Eye20Regular, EyeOff20Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { ReleaseAnswer } from '../../../../src/shared/answers/releases.js';
import { publicLanguages, type PublicLanguage } from '../../../../src/shared/languages.js';
import { useText } from '../../../shared/context.js';
import { Await } from '../../../shared/states.js';
import { useLoad } from '../../../shared/use-load.js';
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

function Contact(props: {
  readonly answer: ReleaseAnswer;
  readonly here: ReleaseHere;
  readonly canEdit: boolean;
}) {
  const { answer, here, canEdit } = props;
  const { release, item } = answer;
  const { t } = useText();
  const stored = release.contact ?? '';
  const [typed, setTyped] = useState<string>();
  const save = (): void => {
    if (typed === undefined || typed.trim() === stored) {
      setTyped(undefined);
      return;
    }
    const seen = { contact: release.contact ?? null };
    void here
      .change(() => here.api.setContact(typed, seen), t('release.contact.done'))
      .then((error) => error === undefined && setTyped(undefined));
  };
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
        value={typed ?? stored}
        placeholder={author}
        onChange={(_, data) => setTyped(data.value)}
        onBlur={save}
        onKeyDown={(event) => event.key === 'Enter' && save()}
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
