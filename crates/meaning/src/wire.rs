//! The wire form of protocol buffers, as far as a SentencePiece model uses it
//! (<https://protobuf.dev/programming-guides/encoding/>).
//!
//! Keeps: nothing is read beyond the message; a group or an unknown wire type ends the reading with `None`.
//! Does not know: which fields there are.

/// The value of a field.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Value<'a> {
    Number(u64),
    Fixed32([u8; 4]),
    Fixed64,
    Bytes(&'a [u8]),
}

/// The longest varint, in bytes.
const VARINT_LIMIT: u32 = 10;

/// Reads the fields of one message, one after another.
pub(crate) struct Message<'a>(pub &'a [u8]);

impl<'a> Message<'a> {
    /// The next field's number and value; `Some(None)` at the end, `None` where the bytes are no message.
    pub(crate) fn field(&mut self) -> Option<Option<(u64, Value<'a>)>> {
        if self.0.is_empty() {
            return Some(None);
        }
        let key = self.varint()?;
        let value = match key & 7 {
            0 => Value::Number(self.varint()?),
            1 => self.take(8).map(|_| Value::Fixed64)?,
            2 => {
                let length = usize::try_from(self.varint()?).ok()?;
                Value::Bytes(self.take(length)?)
            }
            5 => Value::Fixed32(self.take(4)?.try_into().ok()?),
            _ => return None,
        };
        Some(Some((key >> 3, value)))
    }

    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn varint(&mut self) -> Option<u64> {
        let mut value = 0u64;
        for turn in 0..VARINT_LIMIT {
            let (byte, rest) = self.0.split_first()?;
            self.0 = rest;
            value |= u64::from(byte & 0x7f).checked_shl(7 * turn).unwrap_or(0);
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_come_in_order_and_what_is_cut_is_none() {
        // 1: 300 · 2: "ab" · 3: a float · 4: a double
        let bytes = [8, 0xac, 2, 18, 2, b'a', b'b', 29, 0, 0, 128, 63, 33, 0, 0, 0, 0, 0, 0, 0, 0];
        let mut message = Message(&bytes);
        assert_eq!(message.field(), Some(Some((1, Value::Number(300)))));
        assert_eq!(message.field(), Some(Some((2, Value::Bytes(b"ab")))));
        assert_eq!(message.field(), Some(Some((3, Value::Fixed32([0, 0, 128, 63])))));
        assert_eq!(message.field(), Some(Some((4, Value::Fixed64))));
        assert_eq!(message.field(), Some(None));
        for (cut, whole) in [(1, false), (2, false), (4, false), (6, false), (11, false), (20, false)] {
            let mut message = Message(bytes.get(..cut).unwrap());
            let ended =
                std::iter::from_fn(|| message.field().map(|field| field.is_some()).filter(|more| *more)).count();
            assert!(ended < 4 && !whole, "{cut}");
        }
        assert_eq!(Message(&[0x0b]).field(), None, "a group");
        assert_eq!(Message(&[0xff; 11]).field(), None, "a number without end");
    }
}
