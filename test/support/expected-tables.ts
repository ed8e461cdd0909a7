/**
 * The decision tables of row F15, written from the requirements. expected-variants.ts ("Readings") says how open points
 * are read. A table is text: the columns before `||` are matched (`*`: any, `a/b`: either), and those after it are the
 * outcome. Exactly one line must match. `row` quotes the requirement.
 */

export type Line = Record<string, string>;

function rows(text: string): { when: Line; then: Line }[] {
  const [head = '', ...lines] = text.trim().split('\n');
  const halves = (line: string) => line.split('||').map((half) => half.split('|').map((cell) => cell.trim()));
  const [keys = [], outcomes = []] = halves(head);
  const named = (names: string[], cells: string[] = []) => Object.fromEntries(names.map((n, i) => [n, cells[i] ?? '']));
  return lines.map((line) => {
    const [when, then] = halves(line);
    return { when: named(keys, when), then: named(outcomes, then) };
  });
}

/** The outcome of the one line that matches. Throws if none does, or several do. */
export function look(table: { when: Line; then: Line }[], given: Line): Line {
  const hits = table.filter(({ when }) =>
    Object.entries(when).every(([key, cell]) => cell === '*' || cell.split('/').includes(given[key] ?? '(not given)')),
  );
  if (hits.length !== 1) throw new Error(`${hits.length} lines for ${JSON.stringify(given)}`);
  return hits[0]!.then;
}

/** The route of a variant. `ticket` is what the agent brings: `none`, `started` (F6) or `entered` (T4, T5). */
export const ROUTES = rows(`
entry | ticketEntry        | live      || leads to | ticket  | waysOut                                      | row
F9    | off                | *         || details  | none    |                                              | F9
F9    | optional/mandatory | *         || T6       |         | dial-a-number ticket-existing-number cancel  | T6
F10   | off                | 0         || details  | dropped |                                              | F10
F10   | off                | 1/several || details  | started |                                              | F10
F10   | optional           | 0         || T4       |         | skip other-ticket cancel                     | T4
F10   | mandatory          | 0         || T4       |         | other-ticket cancel                          | T4
F10   | optional/mandatory | 1/several || details  | entered |                                              | T5
F11   | off                | *         || details  | none    |                                              | F11
F11   | optional           | *         || details  | none    |                                              | T1 Skip
F11   | mandatory          | 0         || T4       |         | other-ticket cancel                          | T4
F11   | mandatory          | 1/several || details  | entered |                                              | T2
F12   | off                | 0         || details  | dropped |                                              | F12
F12   | off                | 1/several || details  | started |                                              | F12
F12   | optional/mandatory | *         || T6       |         | dial-a-number ticket-existing-number cancel  | T6
`);

/** Contact ID. `chosen` is the agent's choice among several contacts; `-` is nothing yet. */
export const CONTACT_FIELD = rows(`
entry      | ticket               | contacts | chosen || options             | selected | readOnly | row
F9/F10/F12 | none/started/dropped | *        | -      || Ada new             | Ada      | no       | F9 F10 F12
F10/F11    | entered              | *        | -      || Ada                 | Ada      | yes      | T2 T5
F11        | none                 | 0        | -      || new                 | new      | no       | F5 none
F11        | none                 | 1        | -      || Ada new             | Ada      | no       | F5 one
F11        | none                 | several  | -      || Bea Ada Cyd new     |          | no       | F5 several
F11        | none                 | several  | second || Bea Ada Cyd new     | Ada      | no       | F5
F11        | none                 | several  | new    || Bea Ada Cyd new     | new      | no       | F5
`);

/** Ticket ID for a contact, by F6. L1 is the newest live ticket. Of several, L3 is the one started from. */
export const TICKET_FIELD = rows(`
settings | started | live    || display | options               | selected | row
S1       | no      | *       || text    | new                   | new      | S1
S1       | yes     | 1       || text    | L1                    | L1       | S1 keeps
S1       | yes     | several || text    | L3                    | L3       | S1 keeps
S1-S4    | no      | *       || list    | new none              | new      | S1 S4
S1-S4    | yes     | 1       || list    | L1 none               | L1       | S1 keeps, S4
S1-S4    | yes     | several || list    | L3 none               | L3       | S1 keeps, S4
plain    | no      | 0       || text    | new                   | new      | S2 off
plain    | no      | 1       || text    | L1                    | L1       | S2 off
plain    | no      | several || text    | L1                    | L1       | S2 off: newest
plain    | yes     | 1       || text    | L1                    | L1       | F6 started
plain    | yes     | several || text    | L3                    | L3       | F6 started
S4       | no      | 0       || list    | new none              | new      | S4
S4       | no      | 1       || list    | L1 none               | L1       | S4
S4       | no      | several || list    | L1 none               | L1       | S4
S4       | yes     | 1       || list    | L1 none               | L1       | S4
S4       | yes     | several || list    | L3 none               | L3       | S4
S2       | no      | 0       || list    | new                   | new      | nobody is stuck
S2       | no      | 1       || list    | L1                    | L1       | exactly one
S2       | no      | several || list    | L1 L2 L3 L4           |          | S2
S2       | yes     | 1       || list    | L1                    | L1       | F6 started
S2       | yes     | several || list    | L1 L2 L3 L4           | L3       | F6 started
S2-S4    | no      | 0       || list    | new none              | new      | nobody is stuck
S2-S4    | no      | 1       || list    | L1 none               | L1       | exactly one
S2-S4    | no      | several || list    | L1 L2 L3 L4 none      |          | S2 S4
S2-S4    | yes     | 1       || list    | L1 none               | L1       | F6 started
S2-S4    | yes     | several || list    | L1 L2 L3 L4 none      | L3       | F6 started
S2-S3    | no      | 0       || list    | new                   | new      | S3
S2-S3    | no      | 1       || list    | L1 new                | L1       | exactly one
S2-S3    | no      | several || list    | L1 L2 L3 L4 new       |          | S2 S3
S2-S3    | yes     | 1       || list    | L1 new                | L1       | F6 started
S2-S3    | yes     | several || list    | L1 L2 L3 L4 new       | L3       | F6 started
S2-S3-S4 | no      | 0       || list    | new none              | new      | S3 S4
S2-S3-S4 | no      | 1       || list    | L1 new none           | L1       | exactly one
S2-S3-S4 | no      | several || list    | L1 L2 L3 L4 new none  |          | S2 S3 S4
S2-S3-S4 | yes     | 1       || list    | L1 new none           | L1       | F6 started
S2-S3-S4 | yes     | several || list    | L1 L2 L3 L4 new none  | L3       | F6 started
`);

/** Ticket ID in the cases that F6 does not decide. */
export const OTHER_TICKET_FIELD = rows(`
case       | live    || display               | options | selected | row
undecided  | *       || empty-disabled        |         |          | F5
entered    | 1       || read-only-with-change | L1      | L1       | T5
entered    | several || read-only-with-change | L3      | L3       | T5
`);

/** "Use entered number to make call", by entry, S5 and the selected contact. */
export const ENTERED_NUMBER = rows(`
entry      | S5  | contact || shown | ticked | canUntick | row
F9/F10/F11 | off | *       || no    | no     | no        | F1
F9/F10/F11 | on  | Ada/-   || yes   | no     | yes       | F1 S5
F9/F10/F11 | on  | new     || no    | no     | no        | F1 new contact
F12        | off | Ada     || yes   | yes    | no        | F12
F12        | on  | Ada     || yes   | yes    | yes       | F12 S5
`);

/** The messages of the filled screen beside its fields. */
export const REMARKS = rows(`
entry   | ticket       | contacts | chosen || number | notice          | row
F9      | none         | *        | -      || CALLED |                 | F9
F10     | dropped      | *        | -      || CALLED | ticket-not-live | F10
F10     | started      | *        | -      || CALLED |                 | F10
F10/F11 | entered      | *        | -      || CALLED |                 | T5 T2
F11     | none         | 0        | -      || CALLED | no-contact      | F5
F11     | none         | 1        | -      || CALLED |                 | F5
F11     | none         | several  | *      || CALLED |                 | F5
F12     | dropped      | *        | -      ||        | ticket-not-live | F12
F12     | started      | *        | -      ||        |                 | F12
`);

/** The association and `record` of an option. The number is the one on screen; for F12, the keypad's. */
export const PLANS = rows(`
entry      | contact | contacts  | option         || enteredNumber | despiteMatches | record | row
F9/F10/F11 | Ada     | *         | L1/L2/L3/L4/new || no           | no             | yes    | S14
F9/F10/F11 | Ada     | *         | none           || no            | no             | no     | S4
F11        | new     | 0         | new            || no            | no             | yes    | R3 R20
F11        | new     | 0         | none           || no            | no             | no     | S4
F11        | new     | 1/several | new            || no            | yes            | yes    | R3
F11        | new     | 1/several | none           || no            | yes            | no     | S4
F12        | Ada     | *         | L1/L2/L3/L4/new || yes          | no             | yes    | R24
F12        | Ada     | *         | none           || yes           | no             | no     | S4
`);
