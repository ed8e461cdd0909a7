// The cases of a contract suite in a page: gathered there, run there, and told to the test outside.
interface Case {
  title: string;
  /** Not there: skipped. */
  run?: () => Promise<void>;
  said?: string;
}

export interface CaseResult {
  title: string;
  outcome: 'passed' | 'failed' | 'skipped';
  said?: string;
}

/** The suite's runner, and what it was given. */
export function gathering() {
  const cases: Case[] = [];
  const groups: string[] = [];
  const named = (title: string): string => [...groups, title].join(', ');
  const runner = {
    describe(title: string, body: () => void) {
      groups.push(title);
      body();
      groups.pop();
    },
    it: (title: string, run: () => Promise<void>) => void cases.push({ title: named(title), run }),
    skip: (title: string, said: string) => void cases.push({ title: named(title), said }),
  };
  return { runner, cases };
}

/** Runs them one after the other. */
export async function resultsOf(cases: readonly Case[]): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  for (const { title, run, said } of cases) {
    if (!run) results.push({ title, outcome: 'skipped', ...(said && { said }) });
    else
      await run().then(
        () => results.push({ title, outcome: 'passed' }),
        (error: unknown) => results.push({ title, outcome: 'failed', said: String((error as Error)?.stack ?? error) }),
      );
  }
  return results;
}
