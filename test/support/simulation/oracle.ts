import type { Expected } from './expected.js';
import type { SimZendesk } from './sim-zendesk.js';

/**
 * Compares the CRM's log with the expected writes, whose texts come from the script. Of the code under test it uses only
 * which rows still wait or have expired.
 */
export function violationsOf(crm: SimZendesk, all: readonly Expected[]): string[] {
  const places = new Map<string, number[]>();
  for (const [at, { line, field, opening }] of crm.log.entries()) {
    // The first comment of a follow-up repeats earlier lines of its session.
    if (opening) continue;
    const name = nameOf({ line, field });
    places.set(name, [...(places.get(name) ?? []), at]);
  }
  const placesOf = (one: Expected): readonly number[] => places.get(nameOf(one)) ?? [];
  return [
    ...all.flatMap((one) => countViolations(one, placesOf(one))),
    ...unexpected(crm, all),
    ...disordered(all, placesOf),
    ...diverged(crm, all, placesOf),
    ...nameless(crm, all),
    ...twice(
      'contacts',
      [...crm.users.values()].map(({ externalId }) => externalId),
    ),
    ...twice(
      'tickets',
      [...crm.tickets.values()].map(({ externalId }) => externalId),
    ),
  ];
}

/** What a headline says of a card that is written late. */
const late = / · [^·]*\(written later\)$/;

const nameOf = ({ line, field }: { line: string; field?: number | undefined }): string =>
  `${field ?? ''} ${line.replace(late, '')}`;

function countViolations(one: Expected, { length }: readonly number[]): string[] {
  const { line, field, times, issued, accepted, discarded, mayMiss } = one;
  if (length > 0 && (discarded || issued === undefined || times === 0)) return [`ghost: ${line}`];
  // Only the last value of a field must be written. Earlier values may be left out.
  if (field !== undefined) return [];
  if (length > 1) return [`duplicated: ${line} ${length} times`];
  return length < times && accepted !== undefined && !mayMiss && !discarded ? [`lost: ${line}`] : [];
}

/** Field values in the CRM that are not in the script. */
function unexpected({ log }: SimZendesk, all: readonly Expected[]): string[] {
  const values = new Set(all.flatMap((one) => (one.field === undefined ? [] : [nameOf(one)])));
  for (const { line } of all) if (line.startsWith('first: ')) values.add(line);
  return log
    .filter((one) => one.field !== undefined && !values.has(nameOf(one)))
    .map(({ line }) => `ghost: value ${line}`);
}

/** Whether `one` was accepted before `other` was issued, or one tab has issued `one` before `other`. */
const isBefore = (one: Expected, other: Expected): boolean =>
  (one.accepted ?? Infinity) < (other.issued ?? 0) ||
  (one.by !== undefined &&
    one.by === other.by &&
    one.accepted !== undefined &&
    other.accepted !== undefined &&
    one.issued! < other.issued!);

function lanesOf(all: readonly Expected[], wanted: (one: Expected) => boolean): Map<string, Expected[]> {
  const lanes = new Map<string, Expected[]>();
  for (const one of all.filter(wanted)) lanes.set(one.lane, [...(lanes.get(one.lane) ?? []), one]);
  return lanes;
}

/**
 * B3: writes are applied in the order in which they were accepted. Only a write that the CRM refused until a person
 * pressed Retry may be applied later: the writes after it do not wait.
 */
function disordered(all: readonly Expected[], placesOf: (one: Expected) => readonly number[]): string[] {
  const found: string[] = [];
  const lanes = lanesOf(all, (one) => one.field === undefined && !one.refused);
  for (const lane of lanes.values())
    for (const one of lane)
      for (const other of lane) {
        const [at] = placesOf(one);
        const [then] = placesOf(other);
        if (one.inCard || other.first) continue;
        if (at !== undefined && then !== undefined && then < at && (one.first || isBefore(one, other)))
          found.push(`disordered: ${one.line} after ${other.line}`);
      }
  return found;
}

/** B3: the last value of a field wins: no other accepted value may come after the value that was applied last. */
function diverged(crm: SimZendesk, all: readonly Expected[], placesOf: (one: Expected) => readonly number[]): string[] {
  const found: string[] = [];
  const merged = mergedLanes(crm);
  const isSure = ({ mayMiss, discarded, refused }: Expected) => !mayMiss && !discarded && !refused;
  for (const [name, lane] of lanesOf(all, ({ field, times }) => field !== undefined && times === 1)) {
    // After a merge, the last value may come from either ticket.
    if (merged.has(name)) continue;
    const accepted = lane.filter((one) => isSure(one) && one.accepted !== undefined);
    const applied = lane.filter((one) => placesOf(one).length > 0);
    const last = applied.sort((a, b) => placesOf(a).at(-1)! - placesOf(b).at(-1)!).at(-1);
    if (!last && accepted.length > 0) found.push(`lost: every value of ${name}`);
    else if (last && isSure(last) && accepted.some((one) => one !== last && isBefore(last, one)))
      found.push(`diverged: ${name}`);
  }
  return found;
}

/** R12, R21: a follow-up names its session exactly once. */
function nameless({ tickets, log }: SimZendesk, all: readonly Expected[]): string[] {
  const isSure = ({ accepted, mayMiss, discarded, refused }: Expected) =>
    accepted !== undefined && !mayMiss && !discarded && !refused;
  return [...tickets.values()].flatMap(({ id, followUpOf, tags }) => {
    const named = all.find(
      ({ line, lane }) => /^(call|chat)_started · /.test(line) && tags.includes(`ccai_session_${lane}`),
    );
    if (followUpOf === undefined || !named || !isSure(named)) return [];
    const times = log.filter(({ ticket, line }) => ticket === id && line === `follow_up · ${named.lane}`).length;
    return times === 1 ? [] : [`follow-up ${id} names its session ${named.lane} ${times} times`];
  });
}

function mergedLanes(crm: SimZendesk): ReadonlySet<string> {
  const merged = new Set<string>();
  for (const { id, audits } of crm.tickets.values())
    for (const { mergedInto } of audits)
      if (mergedInto !== undefined) for (const one of [id, mergedInto]) merged.add(`ticket ${one}`);
  return merged;
}

const twice = (what: string, keys: readonly (string | undefined)[]): string[] =>
  [...new Set(keys)]
    .filter((key) => key !== undefined && keys.filter((one) => one === key).length > 1)
    .map((key) => `duplicated: ${what} of ${key}`);
