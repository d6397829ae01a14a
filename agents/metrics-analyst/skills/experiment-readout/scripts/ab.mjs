// Reads out a two-arm test. Plain Node, no dependencies.
//   node ab.mjs --control 480/10000 --variant 540/10050 [--split 0.5] [--looks 1]
//   node ab.mjs --plan --base 0.05 --lift 0.1 [--power 0.8]        visitors per arm for a relative lift
// Counts are converted/assigned. --looks divides alpha by the number of times the result was looked at (Bonferroni).

/** Inverse of the standard normal distribution (Acklam; relative error below 1.2e-9). */
function normalQuantile(p) {
  const a = [-39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716, 2.506628277459239];
  const b = [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572];
  const c = [
    -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968, 2.938163982698783,
  ];
  const d = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416];
  const polynomial = (coefficients, x) => coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);
  if (p < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(p));
    return polynomial(c, q) / (polynomial(d, q) * q + 1);
  }
  if (p > 1 - 0.02425) return -normalQuantile(1 - p);
  const q = p - 0.5;
  const r = q * q;
  return (polynomial(a, r) * q) / (polynomial(b, r) * r + 1);
}

/** P(|Z| > z), from the complementary error function (Numerical Recipes erfcc; relative error below 1.2e-7). */
function twoSided(z) {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.5 * x);
  const k = [
    0.17087277, -0.82215223, 1.48851587, -1.13520398, 0.27886807, -0.18628806, 0.09678418, 0.37409196, 1.00002368, -1.26551223,
  ];
  return t * Math.exp(-x * x + k.reduce((sum, coefficient) => sum * t + coefficient, 0));
}

const percent = (value, digits = 2) => `${(value * 100).toFixed(digits)} %`;

function readArm(text) {
  const match = /^(\d+)\/(\d+)$/.exec(text ?? '');
  if (!match || Number(match[1]) > Number(match[2]) || Number(match[2]) === 0)
    throw new Error('an arm is written converted/assigned, such as 480/10000');
  return { converted: Number(match[1]), assigned: Number(match[2]), rate: Number(match[1]) / Number(match[2]) };
}

function readOut(options) {
  const control = readArm(options.control);
  const variant = readArm(options.variant);
  const split = Number(options.split ?? 0.5);
  const looks = Number(options.looks ?? 1);
  if (!(split > 0 && split < 1) || !(looks >= 1)) throw new Error('--split is between 0 and 1, --looks at least 1');
  const alpha = 0.05 / looks;
  const total = control.assigned + variant.assigned;
  const mismatch = twoSided((variant.assigned - total * split) / Math.sqrt(total * split * (1 - split)));
  console.log(`control ${percent(control.rate)} (${options.control})   variant ${percent(variant.rate)} (${options.variant})`);
  console.log(
    `split: ${percent(variant.assigned / total)} in the variant, planned ${percent(split)}, p = ${mismatch.toPrecision(3)}`,
  );
  if (mismatch < 0.001)
    console.log('SAMPLE RATIO MISMATCH: assignment or logging is broken. Do not read the result; find the cause first.');
  if (
    Math.min(control.converted, variant.converted, control.assigned - control.converted, variant.assigned - variant.converted) <
    10
  ) {
    console.log('TOO FEW EVENTS: under 10 conversions or non-conversions in an arm, the normal approximation does not hold.');
  }
  const pooled = (control.converted + variant.converted) / total;
  const z = (variant.rate - control.rate) / Math.sqrt(pooled * (1 - pooled) * (1 / control.assigned + 1 / variant.assigned));
  const p = Number.isFinite(z) ? twoSided(z) : 1;
  const width =
    normalQuantile(1 - alpha / 2) *
    Math.sqrt((control.rate * (1 - control.rate)) / control.assigned + (variant.rate * (1 - variant.rate)) / variant.assigned);
  const difference = variant.rate - control.rate;
  const points = (value) => `${(value * 100).toFixed(2)} points`;
  console.log(
    `difference ${points(difference)}, ${percent(1 - alpha, 1)} interval ${points(difference - width)} to ${points(difference + width)}`,
  );
  if (control.rate > 0)
    console.log(
      `relative ${percent(difference / control.rate, 1)}, about ${percent((difference - width) / control.rate, 1)} to ${percent((difference + width) / control.rate, 1)}`,
    );
  console.log(
    `p = ${p.toPrecision(3)}, threshold ${alpha.toPrecision(2)}${looks > 1 ? ` after ${looks} looks` : ''}: ${p < alpha ? 'the difference is larger than chance explains' : 'chance explains a difference of this size'}`,
  );
}

function plan(options) {
  const base = Number(options.base);
  const changed = base * (1 + Number(options.lift));
  const power = Number(options.power ?? 0.8);
  if (!(base > 0 && base < 1 && changed > 0 && changed < 1 && changed !== base && power > 0 && power < 1))
    throw new Error('--base is a rate such as 0.05, --lift a relative change such as 0.1, --power between 0 and 1');
  const size =
    ((normalQuantile(0.975) + normalQuantile(power)) ** 2 * (base * (1 - base) + changed * (1 - changed))) /
    (changed - base) ** 2;
  console.log(
    `${Math.ceil(size)} per arm to see ${percent(base)} become ${percent(changed)} with power ${power} at alpha 0.05, two-sided`,
  );
}

try {
  const argv = process.argv.slice(2);
  const options = {};
  for (let i = 0; i < argv.length; i++) {
    const name = argv[i].replace(/^--/, '');
    if (name === 'plan') options.plan = true;
    else if (['control', 'variant', 'split', 'looks', 'base', 'lift', 'power'].includes(name) && argv[i + 1] !== undefined)
      options[name] = argv[++i];
    else
      throw new Error(
        'usage: node ab.mjs --control C/N --variant C/N [--split 0.5] [--looks 1]   or   --plan --base 0.05 --lift 0.1 [--power 0.8]',
      );
  }
  if (options.plan) plan(options);
  else readOut(options);
} catch (error) {
  console.error(error.message);
  process.exitCode = 2;
}
