type Translate = (message: string, ...values: (string | number)[]) => string;

const fill: Translate = (message, ...values) =>
  message.replace(/\{(\d+)\}/g, (whole, index: string) => String(values[Number(index)] ?? whole));

let translate: Translate = fill;

/** The editor's own translator; without it texts stay as written, which is what tests of the cores want. */
export function useTranslator(translator: Translate): void {
  translate = translator;
}

/** The translator in use, to hand on to a lazily loaded chunk: each has its own copy of this module. */
export function translator(): Translate {
  return translate;
}

/** A sentence for people. `{0}`, `{1}` stand for the values; the English text is the key of the translation. */
export function t(message: string, ...values: (string | number)[]): string {
  return translate(message, ...values);
}

/** "1 file", "9 files": the noun in both forms is part of the translatable text. */
export function plural(count: number, one: string, many: string): string {
  return t(count === 1 ? one : many, count.toLocaleString());
}
