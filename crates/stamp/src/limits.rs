//! How much of a token, a certificate or a revocation list is read at most.
//!
//! Keeps: each limit has a name that its refusal says. Does not know: what is inside.

/// Greatest length of a response or a token, bytes.
pub const TOKEN_BYTES_MAX: usize = 256 << 10;
/// Greatest length of a certificate, bytes.
pub const CERTIFICATE_BYTES_MAX: usize = 64 << 10;
/// Greatest length of a revocation list, bytes.
pub const CRL_BYTES_MAX: usize = 16 << 20;
/// Greatest length of a file of certificates or lists in PEM, bytes.
pub const PEM_BYTES_MAX: usize = 32 << 20;
/// Most certificates of a token, most that are given beside it, most roots.
pub const CERTIFICATES_MAX: usize = 64;
/// Most revocation lists given.
pub const CRLS_MAX: usize = 64;
/// Most revoked certificates of a list.
pub const REVOKED_MAX: usize = 1 << 20;
/// Most signed or unsigned attributes, most extensions, most usages, most statements.
pub const ELEMENTS_MAX: usize = 64;
/// Most attributes of a name.
pub const NAME_ATTRIBUTES_MAX: usize = 64;
/// Most certificates of a chain, the signer's and the root's included.
pub const CHAIN_MAX: usize = 8;
/// Most signatures of certificates that are tried for one chain: cross-signed copies can't make it grow without end.
pub const CHAIN_SIGNATURES_MAX: usize = 64;
/// Greatest length of a serial number, bytes (RFC 3161 § 2.4.2: 160 bits, and a byte for the sign).
pub const SERIAL_BYTES_MAX: usize = 21;
/// Bits of an RSA key: less is weak, more is refused.
pub const RSA_BITS_MIN: usize = 2048;
/// Greatest number of bits of an RSA key.
pub const RSA_BITS_MAX: usize = 8192;
