import type { NewsItem } from '../../../../src/news/types.js';
import { useProjectName, useText } from '../../../shared/context.js';
import { StateChip } from '../../../shared/state-chip.js';
import css from './item.module.css';

/** Where the item stands, whose it is and when it came. */
export function ItemHead({ item }: { readonly item: NewsItem }) {
  const { dates } = useText();
  const projectName = useProjectName();
  return (
    <div className={css.head}>
      <StateChip kind="news" state={item.state.status} />
      <span className={css.project}>{projectName(item.projectId)}</span>
      <span className={css.by}>
        {item.author.name}
        {' · '}
        <time dateTime={item.submittedAt}>{dates.moment(item.submittedAt)}</time>
      </span>
    </div>
  );
}
