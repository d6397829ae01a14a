const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const HAS_SQLITE = major > 22 || (major === 22 && minor >= 13);

function fail(line: string): never {
  process.stderr.write(`${line}\n`);
  process.exit(1);
}

/** Imports come after the version check: older Nodes have no `node:sqlite` and would end with a stack. */
async function main(): Promise<void> {
  if (!HAS_SQLITE) fail(`Node ${process.versions.node} is too old for the service: run "npm start", which brings its own`);
  const { ConfigError, describeConfig, readConfig } = await import('./config.ts');
  if (process.argv.includes('--help') || process.argv.includes('-h')) {
    console.log(describeConfig());
    return;
  }
  const [{ runService }, { StartError }] = await Promise.all([import('./run.ts'), import('./start-error.ts')]);
  try {
    await runService(readConfig(process.env));
  } catch (error) {
    if (error instanceof ConfigError || error instanceof StartError) fail(error.message);
    throw error;
  }
}

await main();

export {};
