//! The tone that stands for hidden sound: 1 kHz, one amplitude, in integers.
//!
//! Keeps: a sample depends on its place in the recording and the rate alone, so a tone says nothing of what it covers;
//! equal on every machine.
//! Does not know: where cuts are.

use crate::profile::SampleFormat;

/// Frequency in hertz.
pub const TONE_HZ: u32 = 1_000;
/// Peak on the scale of 16-bit samples: an eighth of full scale, −18 dBFS; the root mean square is 2,896.
pub const TONE_PEAK: i16 = 4_096;
/// Steps of a whole period.
const STEPS: u64 = 1_024;
/// Steps of a quarter period.
const QUARTER: u64 = 256;

/// `round(4096 · sin(π/2 · k/256))` for k = 0..=256.
#[rustfmt::skip]
const SINE: [i16; 257] = [
    0, 25, 50, 75, 101, 126, 151, 176, 201, 226, 251, 276, 301, 326, 351, 376,
    401, 426, 451, 476, 501, 526, 551, 576, 601, 626, 651, 675, 700, 725, 750, 774,
    799, 824, 848, 873, 897, 922, 946, 971, 995, 1020, 1044, 1068, 1092, 1117, 1141, 1165,
    1189, 1213, 1237, 1261, 1285, 1309, 1332, 1356, 1380, 1404, 1427, 1451, 1474, 1498, 1521, 1544,
    1567, 1591, 1614, 1637, 1660, 1683, 1706, 1729, 1751, 1774, 1797, 1819, 1842, 1864, 1886, 1909,
    1931, 1953, 1975, 1997, 2019, 2041, 2062, 2084, 2106, 2127, 2149, 2170, 2191, 2213, 2234, 2255,
    2276, 2296, 2317, 2338, 2359, 2379, 2399, 2420, 2440, 2460, 2480, 2500, 2520, 2540, 2559, 2579,
    2598, 2618, 2637, 2656, 2675, 2694, 2713, 2732, 2751, 2769, 2788, 2806, 2824, 2843, 2861, 2878,
    2896, 2914, 2932, 2949, 2967, 2984, 3001, 3018, 3035, 3052, 3068, 3085, 3102, 3118, 3134, 3150,
    3166, 3182, 3198, 3214, 3229, 3244, 3260, 3275, 3290, 3305, 3320, 3334, 3349, 3363, 3378, 3392,
    3406, 3420, 3433, 3447, 3461, 3474, 3487, 3500, 3513, 3526, 3539, 3551, 3564, 3576, 3588, 3600,
    3612, 3624, 3636, 3647, 3659, 3670, 3681, 3692, 3703, 3713, 3724, 3734, 3745, 3755, 3765, 3775,
    3784, 3794, 3803, 3812, 3822, 3831, 3839, 3848, 3857, 3865, 3873, 3881, 3889, 3897, 3905, 3912,
    3920, 3927, 3934, 3941, 3948, 3954, 3961, 3967, 3973, 3979, 3985, 3991, 3996, 4002, 4007, 4012,
    4017, 4022, 4027, 4031, 4036, 4040, 4044, 4048, 4052, 4055, 4059, 4062, 4065, 4068, 4071, 4074,
    4076, 4079, 4081, 4083, 4085, 4087, 4088, 4090, 4091, 4092, 4093, 4094, 4095, 4095, 4096, 4096,
    4096,
];

/// The tone's value at frame `n` of a recording, on the 16-bit scale.
pub(crate) fn value(n: u64, rate: u32) -> i16 {
    let rate = u64::from(rate.max(1));
    // The period of `n` is `rate`: reduce first, so that nothing can overflow.
    let turn = (n % rate) * u64::from(TONE_HZ) % rate;
    let step = turn * STEPS / rate;
    let within = step % QUARTER;
    let at = |k: u64| usize::try_from(k).ok().and_then(|k| SINE.get(k)).copied().unwrap_or(0);
    match step / QUARTER {
        0 => at(within),
        1 => at(QUARTER - within),
        2 => -at(within),
        _ => -at(QUARTER - within),
    }
}

/// Appends a 16-bit value as one stored sample, little-endian.
pub(crate) fn push_sample(format: SampleFormat, value: i16, out: &mut Vec<u8>) {
    match format {
        SampleFormat::U8 => out.push(u8::try_from((i32::from(value) >> 8) + 128).unwrap_or(128)),
        SampleFormat::S16 => out.extend_from_slice(&value.to_le_bytes()),
        SampleFormat::S24 => {
            out.push(0);
            out.extend_from_slice(&value.to_le_bytes());
        }
        SampleFormat::S32 => out.extend_from_slice(&(i32::from(value) << 16).to_le_bytes()),
        SampleFormat::F32 => out.extend_from_slice(&(f32::from(value) / 32_768.0).to_le_bytes()),
        SampleFormat::F64 => out.extend_from_slice(&(f64::from(value) / 32_768.0).to_le_bytes()),
        SampleFormat::ALaw => out.push(alaw(value)),
        SampleFormat::MuLaw => out.push(mulaw(value)),
    }
}

/// ITU-T G.711 µ-law of a 16-bit value.
fn mulaw(value: i16) -> u8 {
    const BIAS: u16 = 0x84;
    const CLIP: u16 = 32_635;
    let sign: u8 = if value < 0 { 0x80 } else { 0 };
    let magnitude = value.unsigned_abs().min(CLIP) + BIAS;
    let exponent = (15 - magnitude.leading_zeros()).saturating_sub(7);
    let mantissa = (magnitude >> (exponent + 3)) & 0x0f;
    !(sign + ((exponent as u8) << 4) + mantissa as u8)
}

/// ITU-T G.711 A-law of a 16-bit value.
fn alaw(value: i16) -> u8 {
    let sign: u8 = if value >= 0 { 0x80 } else { 0 };
    let magnitude = if value >= 0 { value.unsigned_abs() } else { value.unsigned_abs() - 1 } >> 3;
    let coded = if magnitude < 32 {
        magnitude >> 1
    } else {
        let exponent = (15 - magnitude.leading_zeros()) - 4;
        ((exponent as u16) << 4) + ((magnitude >> exponent) & 0x0f)
    };
    (sign + coded as u8) ^ 0x55
}
