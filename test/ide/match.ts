export function clean(text: string | null | undefined): string {
  return (text ?? '').replace(/\s+/g, ' ').trim();
}

/** Index of the text that fits best: the whole text, else a prefix, else a part; case does not matter. -1 when none does. */
export function bestMatch(texts: readonly string[], wanted: string): number {
  const sought = wanted.toLowerCase();
  const given = texts.map((text) => clean(text).toLowerCase());
  const found = [
    given.indexOf(sought),
    given.findIndex((text) => text.startsWith(sought)),
    given.findIndex((text) => text.includes(sought)),
  ];
  return found.find((index) => index >= 0) ?? -1;
}
