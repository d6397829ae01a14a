/** What the cores log to; the editor's LogOutputChannel fits. Never pass tokens, file contents or third-party text at length. */
export interface Log {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string | Error): void;
}

export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };
