/** Whether usage may be counted: never in CI, and not when the user said no in one of the usual ways. */
export function mayReportUsage(env: NodeJS.ProcessEnv): boolean {
  if (isSet(env.DO_NOT_TRACK) || isSet(env.CI)) return false;
  const own = env.CODITECT_TELEMETRY?.trim().toLowerCase();
  return own === undefined || !['0', 'false', 'off', 'no'].includes(own);
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== '0' && value.toLowerCase() !== 'false';
}
