/** The functions of a test framework such as node:test or mocha. `skip` reports a case that does not run. */
export interface TestFunctions {
  describe(title: string, body: () => void): unknown;
  it(title: string, body: () => Promise<void>): unknown;
  skip(title: string, reason: string): void;
}

/** A case of the contract. It is skipped without the capabilities and levers in `needs`. */
export interface ContractCase<Fixture> {
  title: string;
  needs?: readonly string[];
  run(fixture: Fixture): Promise<void>;
}

/** Runs every case with a new fixture. A case that needs something missing is skipped, with the reason. */
export function runContract<Fixture extends { close?(): Promise<void> | void }>(
  { describe, it, skip }: TestFunctions,
  { name, has, create }: { name: string; has: ReadonlySet<string>; create(): Promise<Fixture> },
  groups: Readonly<Record<string, readonly ContractCase<Fixture>[]>>,
): void {
  for (const [group, cases] of Object.entries(groups))
    describe(`${name}: ${group}`, () => {
      for (const { title, needs = [], run } of cases) {
        const missing = needs.filter((need) => !has.has(need));
        if (missing.length) skip(title, `${name} does not have: ${missing.join(', ')}`);
        else
          it(title, async () => {
            const fixture = await create();
            try {
              await run(fixture);
            } finally {
              await fixture.close?.();
            }
          });
      }
    });
}
