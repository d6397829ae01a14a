import { describe, expect, it } from 'vitest';
import { ConfigError, describeConfig, readConfig } from './config.ts';

describe('configuration', () => {
  it('works without any setting', () => {
    expect(readConfig({})).toMatchObject({
      PORT: 3900,
      HOST: '127.0.0.1',
      DATABASE_URL: 'sqlite:.data/market.db',
      PACKAGE_STORE: 'file:.data/packages',
      LOG_LEVEL: 'warn',
      DEV_SIGNIN: true,
      isProduction: false,
    });
  });

  it('takes an empty variable as absent, but an empty SEED_DIR as none', () => {
    expect(readConfig({ PORT: '', SEED_DIR: '' })).toMatchObject({ PORT: 3900, SEED_DIR: '' });
    expect(readConfig({}).SEED_DIR).toBeUndefined();
  });

  it.each([
    [{ PORT: 'many' }, 'PORT'],
    [{ PORT: '70000' }, 'PORT'],
    [{ DATABASE_URL: 'postgres://x' }, 'DATABASE_URL'],
    [{ PACKAGE_STORE: 'ftp://x' }, 'PACKAGE_STORE'],
    [{ PUBLIC_URL: 'not a url' }, 'PUBLIC_URL'],
    [{ NODE_ENV: 'staging' }, 'NODE_ENV'],
    [{ DEV_SIGNIN: 'perhaps' }, 'DEV_SIGNIN'],
    [{ RATE_LIMIT_PER_MINUTE: '0' }, 'RATE_LIMIT_PER_MINUTE'],
    [{ METRICS_TOKEN: 'short' }, 'METRICS_TOKEN'],
  ])('refuses %o in one line that names the setting', (env, name) => {
    const refuse = () => readConfig(env);
    expect(refuse).toThrow(ConfigError);
    expect(refuse).toThrow(new RegExp(`^${name}[^\\n]*$`));
  });

  it('never repeats the value of a secret', () => {
    expect(() => readConfig({ METRICS_TOKEN: 'hunter2' })).not.toThrow(/hunter2/);
  });

  it('refuses development sign-in and a missing signing key in production', () => {
    expect(() => readConfig({ NODE_ENV: 'production', DEV_SIGNIN: 'true', SIGNING_KEY_FILE: 'k' })).toThrow(/DEV_SIGNIN/);
    expect(() => readConfig({ NODE_ENV: 'production' })).toThrow(/SIGNING_KEY_FILE/);
    expect(readConfig({ NODE_ENV: 'production', SIGNING_KEY_FILE: 'k' })).toMatchObject({ DEV_SIGNIN: false, LOG_LEVEL: 'info' });
  });

  it('describes every setting with its default', () => {
    const text = describeConfig();
    for (const name of Object.keys(readConfig({}))) {
      if (name !== 'isProduction') expect(text).toMatch(new RegExp(`^ {2}${name} `, 'm'));
    }
    expect(text).toMatch(/PORT .*\[3900\]/);
  });
});
