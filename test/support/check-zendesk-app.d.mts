export function problemsOfApp(folder: string): string[];
