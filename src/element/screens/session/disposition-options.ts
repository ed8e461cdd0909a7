import type { Disposition } from '../../../domain/session.js';
import type { ComboboxOption } from '../../parts/combobox-option.js';

/** S16: the codes of a tree as a flat list, each with its path. Only leaves can be chosen. */
export function dispositionOptions(
  dispositions: readonly Disposition[],
  none: string | undefined,
): readonly ComboboxOption[] {
  const ends = (level: readonly Disposition[], way: readonly string[]): ComboboxOption[] =>
    level.flatMap(({ code, label, children = [] }) =>
      children.length > 0 ? ends(children, [...way, label]) : [{ value: code, label: [...way, label].join(' › ') }],
    );
  return [...ends(dispositions, []), ...(none === undefined ? [] : [{ value: '', label: none, action: true }])];
}
