// Sound of the demo for the screens: the files themselves, or a made tone; peaks computed from 8-bit or 16-bit WAV.
import { readFileSync } from 'node:fs';
import { DEMO } from './case.mjs';

const AS_WAV = { 'calls/zh-friend.amr': 'variants/zh-friend.wav', 'calls/en-consulate.m4a': 'variants/en-consulate-landline.wav' };
const cache = new Map();
export function soundOf(one) {
  if (cache.has(one.exhibit)) return cache.get(one.exhibit);
  const bytes = one.sound ? readFileSync(DEMO + (AS_WAV[one.sound] ?? one.sound)) : tone(Math.min(one.duration_ms, 600_000));
  cache.set(one.exhibit, bytes);
  return bytes;
}
function tone(ms) {
  const samples = Math.floor(ms * 8);
  const bytes = Buffer.alloc(44 + samples);
  bytes.write('RIFF', 0); bytes.writeUInt32LE(36 + samples, 4); bytes.write('WAVEfmt ', 8); bytes.writeUInt32LE(16, 16); bytes.writeUInt16LE(1, 20); bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(8000, 24); bytes.writeUInt32LE(8000, 28); bytes.writeUInt16LE(1, 32); bytes.writeUInt16LE(8, 34); bytes.write('data', 36); bytes.writeUInt32LE(samples, 40);
  for (let n = 0; n < samples; n += 1) bytes[44 + n] = 128 + 30 * Math.sin(n / 6) * Math.max(0, Math.sin(n / 9000));
  return bytes;
}
const ulaw = (byte) => { const u = ~byte & 0xff; const t = (((u & 0x0f) << 3) + 0x84) << ((u & 0x70) >> 4); return (u & 0x80 ? 0x84 - t : t - 0x84) / 32768; };
const alaw = (byte) => { const a = byte ^ 0x55; let t = (a & 0x0f) << 4; const s = (a & 0x70) >> 4; t += s === 0 ? 8 : 0x108; if (s > 1) t <<= s - 1; return (a & 0x80 ? t : -t) / 32768; };
export function peaksOf(one, perSecond) {
  if (!one.sound) {
    const slots = Math.ceil((one.duration_ms / 1000) * perSecond);
    const out = Buffer.alloc(slots * 2);
    for (let n = 0; n < slots; n += 1) { const level = Math.abs(Math.sin(n / 17) * Math.sin(n / 5.3) * Math.sin(n / 91)) * 100; out.writeInt8(-level | 0, n * 2); out.writeInt8(level | 0, n * 2 + 1); }
    return { per_second: perSecond, channels: 1, duration_ms: one.duration_ms, peaks: out.toString('base64') };
  }
  const bytes = soundOf(one);
  let at = 12; let format = 1; let channels = 1; let rate = 8000; let bits = 8; let data = [0, 0];
  while (at + 8 <= bytes.length) {
    const id = bytes.toString('latin1', at, at + 4); const size = bytes.readUInt32LE(at + 4);
    if (id === 'fmt ') { format = bytes.readUInt16LE(at + 8); channels = bytes.readUInt16LE(at + 10); rate = bytes.readUInt32LE(at + 12); bits = bytes.readUInt16LE(at + 22); }
    if (id === 'data') { data = [at + 8, Math.min(bytes.length, at + 8 + size)]; break; }
    at += 8 + size + (size & 1);
  }
  const width = bits / 8; const frame = width * channels;
  const frames = Math.floor((data[1] - data[0]) / frame); const per = rate / perSecond; const slots = Math.ceil(frames / per);
  const out = Buffer.alloc(slots * channels * 2);
  for (let slot = 0; slot < slots; slot += 1) for (let c = 0; c < channels; c += 1) {
    let low = 0; let high = 0;
    for (let f = Math.floor(slot * per); f < Math.min(frames, (slot + 1) * per); f += 1) {
      const p = data[0] + f * frame + c * width;
      const v = format === 7 ? ulaw(bytes[p]) : format === 6 ? alaw(bytes[p]) : bits === 16 ? bytes.readInt16LE(p) / 32768 : (bytes[p] - 128) / 128;
      if (v < low) low = v; if (v > high) high = v;
    }
    out.writeInt8(Math.max(-127, Math.round(low * 127)), (slot * channels + c) * 2); out.writeInt8(Math.min(127, Math.round(high * 127)), (slot * channels + c) * 2 + 1);
  }
  return { per_second: perSecond, channels, duration_ms: one.duration_ms, peaks: out.toString('base64') };
}
