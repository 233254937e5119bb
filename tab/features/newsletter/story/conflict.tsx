import { Button } from '@fluentui/react-components';
import type { PublicLanguage } from '../../../../src/shared/languages.js';
import type { OwnText } from '../../../../src/newsletter/types.js';
import { useText } from '../../../shared/context.js';
import css from './story.module.css';

/** Somebody else saved first: their words beside one's own, which stay in the fields until one is chosen. */
export function Conflict(props: {
  readonly theirs: OwnText;
  readonly language: PublicLanguage;
  readonly onTake: () => void;
  readonly onKeep: () => void;
}) {
  const { theirs, language } = props;
  const { t } = useText();
  return (
    <div className={css.conflict} role="alert">
      <p>{t('newsletter.story.conflict', { name: theirs.by.name })}</p>
      <div
        className={css.theirs}
        lang={language}
        aria-label={t('newsletter.story.conflict.theirs')}
        role="group"
      >
        <strong>{theirs.title}</strong>
        <p>{theirs.lead}</p>
        <p>{theirs.body}</p>
      </div>
      <div className={css.actions}>
        <Button onClick={props.onKeep}>{t('newsletter.story.conflict.mine')}</Button>
        <Button onClick={props.onTake}>{t('newsletter.story.conflict.take')}</Button>
      </div>
    </div>
  );
}
