// How long a frame takes while something scrolls. A frame's time means little on a machine whose screen is drawn by the processor:
// it is always told beside that of an empty page that scrolls the same way, in the same browser, a moment before.
const FRAMES = 150;
const STEP_PX = 120;

/** Times between frames while `selector` scrolls: median and 95th percentile in ms, and how many took more than one and a half of 60 Hz. */
export async function scrolled(page, selector, { frames = FRAMES, step = STEP_PX } = {}) {
  const times = await page.evaluate(({ selector, frames, step }) => new Promise((done) => {
    const box = document.querySelector(selector);
    const times = [];
    let last = null;
    const next = (now) => {
      if (last !== null) times.push(now - last);
      last = now;
      box.scrollTop += step;
      if (times.length < frames) requestAnimationFrame(next); else done(times);
    };
    requestAnimationFrame(next);
  }), { selector, frames, step });
  const sorted = times.toSorted((a, b) => a - b);
  return { median: sorted[Math.floor(sorted.length / 2)], p95: sorted[Math.floor(sorted.length * 0.95)], late: times.filter((one) => one > 25).length, frames: times.length };
}

/** The same on a page that holds nothing. */
export async function emptyScrolled(from, viewport) {
  const context = await from.newContext({ viewport, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.setContent('<main style="height:100vh;overflow:auto"><div style="height:400000px"></div></main>');
  await page.waitForTimeout(200);
  const told = await scrolled(page, 'main');
  await context.close();
  return told;
}
export const told = ({ median, p95, late, frames }) => `median ${median.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, ${late} of ${frames} late`;
export const ratio = (one, other) => `median ${(one.median / other.median).toFixed(2)}, p95 ${(one.p95 / other.p95).toFixed(2)}`;
