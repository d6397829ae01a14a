import { suiteConfig } from '../suite-config.ts';

export default suiteConfig('mongo', ['server/**/*.mongo.test.ts']);
