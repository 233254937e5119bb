import { Button } from '@fluentui/react-components';
import { useState } from 'react';
import type { Fields } from '../../../../src/shared/merge.js';
import { useText } from '../../../shared/context.js';
import { isConflict } from '../../../shared/use-seen.js';
import { ConflictSides } from '../../../shared/writing/conflict-view.js';
import css from './collision.module.css';

/** What others changed meanwhile that the writer of a form changed too, as far as they have not chosen yet. */
export interface Collisions {
  /** What is there now, by path; `null` for nothing. */
  readonly theirs: Fields;
  /** Takes it off the list: one's own stays, and replaces the other's when it is stored. */
  readonly settle: (path: string) => void;
}

/** Those of a refused form. */
export function useCollisions(fault: unknown): Collisions {
  const [settled, setSettled] = useState<{ readonly of: unknown; readonly paths: readonly string[] }>();
  const paths = settled !== undefined && settled.of === fault ? settled.paths : [];
  const all = isConflict(fault) ? (fault.facts.theirs as Fields) : {};
  return {
    theirs: Object.fromEntries(Object.entries(all).filter(([path]) => !paths.includes(path))),
    settle: (path) => setSettled({ of: fault, paths: [...paths, path] }),
  };
}

/** Two people changed the same place of a form: both versions side by side, and the later one chooses. */
export function Collision(props: {
  /** What it is called in the form. */
  readonly label: string;
  readonly language?: string | undefined;
  readonly mine: string;
  readonly theirs: string;
  readonly onKeep: () => void;
  readonly onTake: () => void;
}) {
  const { label, language, mine, theirs } = props;
  const { t } = useText();
  const nothing = t('sessions.conflict.nothing');
  const versions = { key: 'text', mine: mine || nothing, theirs: theirs || nothing };
  return (
    <section className={css.collision} aria-label={t('sessions.conflict.title', { what: label })}>
      <p role="alert">{t('sessions.conflict.title', { what: label })}</p>
      <ConflictSides
        fields={[versions]}
        titles={{ mine: t('sessions.conflict.mine'), theirs: t('sessions.conflict.theirs') }}
        language={language}
      />
      <div className={css.choices}>
        <Button size="small" onClick={props.onKeep}>
          {t('sessions.conflict.keep')}
        </Button>
        <Button size="small" onClick={props.onTake}>
          {t('sessions.conflict.take')}
        </Button>
      </div>
    </section>
  );
}
