export function progress(): void;
export function watchProgress(path: string, milliseconds: number, silent: () => void): () => void;
