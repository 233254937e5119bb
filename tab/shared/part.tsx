import { createElement, lazy, useState, type ComponentType } from 'react';

/** A component in a file of its own. */
export type Part<Props extends object> = ComponentType<Props> & {
  /**
   * Fetches the file, so that the component is drawn at once when it is wanted.
   * @param withOpened also what it draws beside itself for the one thing that is open
   */
  fetch(withOpened?: boolean): Promise<void>;
};

/** A component that names the part which draws the one thing that is open in it. */
type Opening<Props> = ComponentType<Props> & { readonly opened?: { fetch(): Promise<void> } };

/**
 * A component in a file of its own, fetched when it is first drawn or before that. One that has come is drawn at once.
 * `lazy` alone would first draw what stands in for it (`Suspense`), and React shows that for at least 300 ms.
 */
export function part<Props extends object>(load: () => Promise<Opening<Props>>): Part<Props> {
  let here: Opening<Props> | undefined;
  const get = async () => {
    here = await load();
    return { default: here };
  };
  const late = lazy(get);
  function Part(props: Props) {
    // The same one as long as it is on the page: another one would begin anew.
    const [drawn] = useState(() => here ?? late);
    return createElement<Props>(drawn as ComponentType<Props>, props);
  }
  return Object.assign(Part, {
    fetch: async (withOpened = false) => {
      const { default: component } = await get();
      if (withOpened) await component.opened?.fetch();
    },
  });
}
