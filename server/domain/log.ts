/** The part of the logger that features use: fields first, then a greppable text. */
export interface Log {
  info(fields: object, text: string): void;
  warn(fields: object, text: string): void;
  error(fields: object, text: string): void;
}

export const silentLog: Log = { info: () => {}, warn: () => {}, error: () => {} };
