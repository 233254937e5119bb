import { createElement, lazy, useState, type ComponentType } from 'react';

/** A component in a file of its own. */
export type Part<Props extends object> = ComponentType<Props> & {
  /** Fetches the file, so that the component is drawn at once when it is wanted. */
  fetch(): Promise<void>;
};

/**
 * A component in a file of its own, fetched when it is first drawn or before that. One that has come is drawn at once.
 * `lazy` alone would first draw what stands in for it (`Suspense`), and React shows that for at least 300 ms.
 */
export function part<Props extends object>(load: () => Promise<ComponentType<Props>>): Part<Props> {
  let here: ComponentType<Props> | undefined;
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
    fetch: async () => {
      await get();
    },
  });
}
