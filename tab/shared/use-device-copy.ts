import { useState } from 'react';
import { remember } from './device-storage.js';
import { holdsPersonalData } from './problem.js';

/** The copy on this device of what is written in a form, until it is stored on the server. */
export interface DeviceCopy {
  /** Undefined takes it away. */
  readonly keep: (text: string | undefined) => void;
  /**
   * What came of sending it. Once a personal identity code was found in it there is no copy until it was stored without: the
   * code could still stand in whatever is typed next.
   */
  readonly learn: (fault: unknown) => void;
  /** It was stored: the copy goes. */
  readonly forget: () => void;
}

/** @param key of the copy among what is remembered here; the same as long as the form is on the screen */
export function useDeviceCopy(key: string): DeviceCopy {
  const [copy] = useState((): DeviceCopy => {
    let isWithheld = false;
    return {
      keep: (text) => remember(key, isWithheld ? undefined : text),
      learn: (fault) => {
        isWithheld ||= holdsPersonalData(fault);
        if (isWithheld) remember(key, undefined);
      },
      forget: () => {
        isWithheld = false;
        remember(key, undefined);
      },
    };
  });
  return copy;
}
