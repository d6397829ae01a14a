// WCAG 2.2 contrast of colour pairs. Plain Node, no dependencies.
//   node contrast.mjs '#767676 on #fff' 'rgb(0 0 0 / 60%) on #f4f4f4'
// Translucent foregrounds are blended with the background first. Exit code 1 when a pair is below 4.5 for text.
const channel = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
const luminance = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);

function parseNumber(text, scale) {
  return text.endsWith('%') ? Number(text.slice(0, -1)) / 100 : Number(text) / scale;
}

function hslToRgb(hue, saturation, lightness) {
  const a = saturation * Math.min(lightness, 1 - lightness);
  const part = (n) => {
    const k = (n + hue / 30) % 12;
    return lightness - a * Math.max(-1, Math.min(k - 3, 9 - k, 1));
  };
  return [part(0), part(8), part(4)];
}

/** [red, green, blue, alpha], each 0 to 1. */
function parseColour(text) {
  const colour = text.trim().toLowerCase();
  if (colour === 'white') return [1, 1, 1, 1];
  if (colour === 'black') return [0, 0, 0, 1];
  const hex = /^#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/.exec(colour)?.[1];
  if (hex) {
    const full = hex.length <= 4 ? [...hex].map((digit) => digit + digit).join('') : hex;
    const [r, g, b, a = 255] = full.match(/../g).map((pair) => Number.parseInt(pair, 16));
    return [r / 255, g / 255, b / 255, a / 255];
  }
  const parts = /^(rgb|hsl)a?\((.*)\)$/.exec(colour);
  if (!parts) throw new Error(`cannot read the colour ${text}: use hex, rgb() or hsl()`);
  const [a, b, c, alpha = '1'] = parts[2].split(/[\s,/]+/).filter(Boolean);
  const opacity = parseNumber(alpha, 1);
  if (parts[1] === 'rgb') return [parseNumber(a, 255), parseNumber(b, 255), parseNumber(c, 255), opacity];
  return [...hslToRgb(((Number.parseFloat(a) % 360) + 360) % 360, parseNumber(b, 100), parseNumber(c, 100)), opacity];
}

function ratio(foreground, background) {
  const front = parseColour(foreground);
  const back = parseColour(background);
  if (back[3] < 1) throw new Error(`${background} is translucent: give the colour that it ends up as on the page`);
  const blended = [0, 1, 2].map((i) => front[i] * front[3] + back[i] * (1 - front[3]));
  const [light, dark] = [luminance(blended), luminance(back)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

try {
  const pairs = process.argv.slice(2);
  if (pairs.length === 0) throw new Error("usage: node contrast.mjs '<foreground> on <background>' ...");
  for (const pair of pairs) {
    const [foreground, background] = pair.split(/\s+on\s+/);
    if (!background) throw new Error(`write the pair as '<foreground> on <background>': ${pair}`);
    const value = ratio(foreground, background);
    if (Number.isNaN(value)) throw new Error(`cannot read the pair ${pair}`);
    // Truncated, never rounded up: 4.499 does not pass.
    const shown = (Math.floor(value * 100) / 100).toFixed(2);
    const verdict =
      value >= 7
        ? 'AAA text'
        : value >= 4.5
          ? 'AA text'
          : value >= 3
            ? 'only large text (24 px, or 18.7 px bold) and controls'
            : 'fails text and controls';
    console.log(`${shown}  ${pair}  ${verdict}`);
    if (value < 4.5) process.exitCode = 1;
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 2;
}
