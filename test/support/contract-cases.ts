// Collects and runs the cases of a contract suite in a page, and reports the results to the test outside of the page.
interface Case {
  title: string;
  /** Absent if the case is skipped. */
  run?: () => Promise<void>;
  detail?: string;
}

export interface CaseResult {
  title: string;
  outcome: 'passed' | 'failed' | 'skipped';
  detail?: string;
}

/** A runner for the suite that collects its cases. */
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
    skip: (title: string, detail: string) => void cases.push({ title: named(title), detail }),
  };
  return { runner, cases };
}

/** Runs the cases one after the other. */
export async function resultsOf(cases: readonly Case[]): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  for (const { title, run, detail } of cases) {
    if (!run) results.push({ title, outcome: 'skipped', ...(detail && { detail }) });
    else
      await run().then(
        () => results.push({ title, outcome: 'passed' }),
        (error: unknown) =>
          results.push({ title, outcome: 'failed', detail: String((error as Error)?.stack ?? error) }),
      );
  }
  return results;
}
