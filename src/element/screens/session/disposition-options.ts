import type { Disposition } from '../../../domain/session.js';
import type { ComboboxOption } from '../../parts/combobox-option.js';

/** S16: the leaves of a tree as a flat list, each labelled with its path. Only leaves can be chosen. */
export function dispositionOptions(
  dispositions: readonly Disposition[],
  none: string | undefined,
): readonly ComboboxOption[] {
  const leaves = (level: readonly Disposition[], path: readonly string[]): ComboboxOption[] =>
    level.flatMap(({ code, label, children = [] }) =>
      children.length > 0 ? leaves(children, [...path, label]) : [{ value: code, label: [...path, label].join(' › ') }],
    );
  return [...leaves(dispositions, []), ...(none === undefined ? [] : [{ value: '', label: none, action: true }])];
}
