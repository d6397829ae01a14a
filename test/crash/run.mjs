// Sudden ends and bad days: npm run test:crash. CRASH_ROUNDS (default 50) is how often the service is killed in each scenario.
import { build, runSuite } from '../run-suite.mjs';

build('crash');
process.exitCode = runSuite('crash');
