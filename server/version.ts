declare const COMMIT_VERSION: string | undefined;

/** Version of the build; the bundler puts it in. */
export const SERVICE_VERSION = typeof COMMIT_VERSION === 'string' ? COMMIT_VERSION : '0.0.0-development';
