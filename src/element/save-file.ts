/** Downloads a file under a name. */
export function saveFile(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  Object.assign(document.createElement('a'), { href: url, download: name }).click();
  // Ten seconds are enough for the browser to read the file.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
