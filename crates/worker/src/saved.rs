//! What a page of HTML says about where and when it was saved: in a comment at its head, by whatever saved it.
//!
//! Keeps: a time has the offset that was written. Does not know: whether the page stood there.

use jiff::fmt::strtime::BrokenDownTime;

/// Bytes at the start of a page in which such a comment stands.
const COMMENT_WITHIN: usize = 8 << 10;
/// How SingleFile writes a time.
const WRITTEN: &str = "%a %b %d %Y %H:%M:%S GMT%z";
/// Most comments that are looked at.
const MAX_COMMENTS: usize = 8;

/// `Mon Mar 04 2024 10:11:12 GMT+0100 (…)` as RFC 3339.
pub fn moment(written: &str) -> Option<String> {
    let plain = written.split(" (").next()?.trim();
    let told = BrokenDownTime::parse(WRITTEN, plain).ok()?;
    let (at, offset) = (told.to_datetime().ok()?, told.offset()?.seconds());
    let sign = if offset < 0 { '-' } else { '+' };
    let minutes = offset.unsigned_abs() / 60;
    Some(format!("{}{sign}{:02}:{:02}", at.strftime("%Y-%m-%dT%H:%M:%S"), minutes / 60, minutes % 60))
}

/// What the comment at the head of a page says about where and when it was saved: SingleFile's, or the mark that browsers on
/// Windows write.
pub fn saved(page: &str) -> Vec<(String, String)> {
    let head = page.get(..page.floor_char_boundary(COMMENT_WITHIN)).unwrap_or_default();
    let comments = head.split("<!--").skip(1).filter_map(|rest| rest.split("-->").next());
    let mut told = Vec::new();
    for comment in comments.take(MAX_COMMENTS) {
        if let Some((_, address)) = comment.split_once("saved from url=(").and_then(|(_, rest)| rest.split_once(')')) {
            told.push(("saved.from".to_owned(), address.trim().to_owned()));
        }
        if !comment.contains("saved with SingleFile") {
            continue;
        }
        told.push(("saved.by".to_owned(), "SingleFile".to_owned()));
        for line in comment.lines().map(str::trim) {
            if let Some(address) = line.strip_prefix("url:") {
                told.push(("saved.from".to_owned(), address.trim().to_owned()));
            }
            if let Some(when) = line.strip_prefix("saved date:").map(str::trim) {
                told.push(("saved.at".to_owned(), moment(when).unwrap_or_else(|| when.to_owned())));
            }
        }
    }
    told.retain(|(_, value)| !value.is_empty());
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_say_where_and_when_they_were_saved() {
        let page = "<!DOCTYPE html> <html lang=en><!--\n Page saved with SingleFile \n url: https://news.example/b?c=d \n \
            saved date: Mon Mar 04 2024 10:11:12 GMT-0330 (Some Standard Time)\n--><head><title>x</title>";
        let said = saved(page);
        let said: Vec<(&str, &str)> = said.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let expected = [
            ("saved.by", "SingleFile"),
            ("saved.from", "https://news.example/b?c=d"),
            ("saved.at", "2024-03-04T10:11:12-03:30"),
        ];
        assert_eq!(said, expected);
        let mark = "<!-- saved from url=(0022)https://news.example/c -->\n<html>";
        assert_eq!(saved(mark), [("saved.from".to_owned(), "https://news.example/c".to_owned())]);
        assert!(saved("<html><!-- url: https://other.example --><p>saved date: today").is_empty());
    }
}
