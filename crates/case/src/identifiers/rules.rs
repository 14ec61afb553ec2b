//! The rules: what each kind of identifier looks like in French, English and Chinese texts.
//!
//! Keeps: expressions run in time that is linear in the text. Does not know: characters beside the normal form.

use super::IdentifierKind::{self, Account, Address, BirthDate, Document, Email, Handle, Phone};
use super::sums;
use regex::Regex;
use std::sync::LazyLock;

/// The group that is the identifier, where the expression takes in what introduces it.
const ID: &str = "id";

struct Rule {
    kind: IdentifierKind,
    expression: Regex,
    holds: fn(&str) -> bool,
}

/// Digits, and what people write between them.
const GROUPS: &str = r"\d[\d ().\-/]{5,20}\d";
/// A day with its month and year.
const DAY: &str = r"(?:\d{1,2}[./\- ]\d{1,2}[./\- ]\d{2,4}|\d{4}[./\-]\d{1,2}[./\-]\d{1,2}|\d{4} ?年 ?\d{1,2} ?月 ?\d{1,2} ?[日号]?|\d{1,2}(?:er|st|nd|rd|th)? (?:of )?\p{L}{3,9}\.?,? \d{4}|\p{L}{3,9}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4})";
/// Digits as they are said in English.
const ENGLISH: &str = "zero|oh|nought|one|two|three|four|five|six|seven|eight|nine";
/// Numbers as telephones are told in French.
const NUMBERS: &str = "z[ée]ro|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingts?|trente|quarante|cinquante|soixante";
/// What a letter or digit may not stand beside.
const EDGE: &str = r"(?-u:\b)";
/// Characters of a Chinese street: Han, but for those that lead to it in a sentence.
const HAN: &str = r"[\p{Han}--[在到去于是的了和与住从往给]]";

/// What follows the kind of a French street.
const FRENCH: &str = r"(?-i:(?:(?:de|du|des|la|le|les|d'|l'|aux?|en|sur|et)[ ']?|\p{Lu}|\p{Nd}))";

static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    type Row = (IdentifierKind, String, fn(&str) -> bool);
    let all: [Row; 31] = [
        (Email, r"[\p{Latin}0-9._%+\-]+@[\p{Latin}0-9\-]+(?:\.[\p{Latin}0-9\-]+)+".into(), sums::any),
        // Telephones: with a country, as China, France and America write them, and behind their word.
        (Phone, r"\+[ (]{0,2}\d[\d ().\-/]{6,22}\d".into(), sums::phone),
        (Phone, format!(r"{EDGE}00[1-9](?:[ .\-]?\d){{8,13}}{EDGE}"), sums::phone),
        (Phone, format!(r"{EDGE}1[3-9]\d[ \-]?\d{{4}}[ \-]?\d{{4}}{EDGE}"), sums::any),
        (Phone, format!(r"{EDGE}0[1-9](?:[ .\-]?\d{{2}}){{4}}{EDGE}"), sums::any),
        (Phone, format!(r"(?:\(\d{{3}}\) ?|{EDGE}\d{{3}}[ .\-])\d{{3}}[ .\-]\d{{4}}{EDGE}"), sums::any),
        (Phone, format!(r"{EDGE}0\d{{2,3}}[ \-]\d{{7,8}}{EDGE}"), sums::any),
        (Phone, format!(r"(?i)(?:t[eé]l(?:[eé]phone)?|phone|mobile|portable|cell|whatsapp|fax|电话|手机|座机)[^\d+\n]{{0,16}}(?P<id>(?:\+|{EDGE})\(?{GROUPS}){EDGE}"), sums::phone),
        (Phone, format!(r"(?i){EDGE}(?:(?:{ENGLISH}|double|triple)[ ,.\-]+){{5,}}(?:{ENGLISH}){EDGE}"), sums::any),
        (Phone, format!(r"(?i){EDGE}z[ée]ro (?:(?:{NUMBERS}|et)[ ,.\-]+){{4,}}(?:{NUMBERS}){EDGE}"), sums::any),
        // Documents: the machine-readable zone, the numbers of China and France, social security, and behind their word.
        (Document, r"P[A-Z<][A-Z<]{3}[A-Z]+<[A-Z<]{8,}".into(), sums::any),
        (Document, r"[A-Z0-9<]{9}\d[A-Z<]{3}\d{7}[MFX<]\d{7}[A-Z0-9<]{15,16}".into(), sums::any),
        (Document, format!(r"{EDGE}[A-Z][A-Z]?\d{{7,8}}{EDGE}"), sums::any),
        (Document, format!(r"{EDGE}\d{{2}}[A-Z]{{2}}\d{{5}}{EDGE}"), sums::any),
        (Document, format!(r"{EDGE}[1-9]\d{{5}} ?(?:19|20)\d{{2}} ?(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]) ?\d{{3}}[\dXx]{EDGE}"), sums::any),
        (Document, format!(r"{EDGE}[12] ?\d{{2}} ?(?:0[1-9]|1[0-2]) ?(?:\d{{2}}|2[AB]) ?\d{{3}} ?\d{{3}}(?: ?\d{{2}})?{EDGE}"), sums::social_security),
        (Document, format!(r"{EDGE}\d{{3}}-\d{{2}}-\d{{4}}{EDGE}"), sums::any),
        (Document, r"(?i)(?:passe?port|护照|travel document|titre de (?:voyage|s[ée]jour)|carte (?:nationale )?d'identit[ée]|carte de s[ée]jour|identity card|\bid card|身份证|居留证|驾照|driving licen[cs]e|permis de conduire|social security|s[ée]curit[ée] sociale)[^\w\n]{0,4}(?:(?:no|n°|nº|nr|number|num[ée]ro|号码?|编号)[^\w\n]{0,4})?(?:(?:is|was|est|[ée]tait|为|是)[^\w\n]{0,3})?(?P<id>(?-i:[A-Z]{0,3} ?\d[\dA-Z \-]{3,18}[\dA-Z]))".into(), sums::some_digits),
        // Accounts and cards.
        (Account, format!(r"{EDGE}[A-Z]{{2}}\d{{2}}(?: ?[A-Z0-9]{{4}}){{2,7}}(?: ?[A-Z0-9]{{1,3}})?{EDGE}"), sums::iban),
        (Account, format!(r"{EDGE}\d{{4}}[ \-]?\d{{4}}[ \-]?\d{{4}}[ \-]?\d{{1,4}}(?:[ \-]?\d{{1,3}})?{EDGE}"), sums::card),
        (Account, r"(?i)(?:account|\bacct|\ba/c|compte|\biban|\brib|卡号|银行卡|[账帐][号户])(?:[^\w\n]{0,4}(?:no|n°|nº|number|num[ée]ro|号码?|ending))?[^\d\n]{0,12}(?-u:\b)(?P<id>(?-i:[A-Z]{0,4})\d[\d \-]{3,26}\d)(?-u:\b)".into(), sums::some_digits),
        // Names on networks.
        (Handle, r"wxid_[A-Za-z0-9]+".into(), sums::any),
        (Handle, r"(?i)(?:wechat|weixin|微信|telegram|skype|instagram|weibo|微博|\bqq)[ -]?(?:id|号码?|handle|account)?(?: ?[:=是] ?| (?:is|est) |号)@?(?P<id>[A-Za-z0-9][A-Za-z0-9_.\-]{3,29}[A-Za-z0-9])".into(), sums::any),
        (Handle, r#"(?:^|[^\w.@"'/])(?P<id>@[A-Za-z0-9_]{4,30})(?-u:\b)"#.into(), sums::any),
        // Birth.
        (BirthDate, format!(r"(?i)(?:\bn[ée]+(?:\(e\)|e)? (?:le )?|\bborn (?:on )?|date of birth|birth ?day|date de naissance|\bd\.?o\.?b\b\.?|出生(?:日期|年月日?)?|生于|生日)[^\d\p{{L}}]{{0,4}}(?:(?:le|on|is|est|是|为|于)[^\d\p{{L}}\n]{{0,2}})?(?P<id>{DAY})"), sums::any),
        (BirthDate, r"\d{4} ?年 ?\d{1,2} ?月(?: ?\d{1,2} ?[日号])? ?(?:出生|生(?:[^\p{Han}]|$))".into(), sums::any),
        // Places.
        (Address, format!(r"(?i){EDGE}\d{{1,4}}(?: ?(?:bis|ter|quater))?,? (?:rue|avenue|av\.|boulevard|bd|bld|place|quai|chemin|impasse|all[ée]e|route|cours|square|passage|villa|faubourg) {FRENCH}[\p{{L}}\p{{Nd}}'\- ]{{0,48}}(?:, ?\d{{5}} \p{{Lu}}[\p{{L}}\-]+)?"), sums::any),
        (Address, format!(r"{EDGE}\d{{1,5}}[A-Z]?,? (?:\p{{Lu}}[\p{{L}}'.\-]* ){{1,4}}(?:Street|St\.?|Road|Rd\.?|Avenue|Ave\.?|Lane|Boulevard|Blvd\.?|Terrace|Crescent|Gardens){EDGE}"), sums::any),
        (Address, format!(r"(?:{HAN}{{2,8}}[省市区县镇乡村])*{HAN}{{1,6}}(?:路|街|大道|巷|弄|胡同) ?\d{{1,5}} ?[号弄](?:[\p{{Han}}A-Za-z0-9\-]{{0,16}}[室楼栋幢座层])?"), sums::any),
        (Address, r"\d{1,4} ?[号栋幢]楼? ?\d{0,3} ?(?:单元)? ?\d{2,5} ?室".into(), sums::any),
        (Address, r"-?\d{1,2}\.\d{4,}[°]? ?[NS]?[,; ]{1,2}-?\d{1,3}\.\d{4,}".into(), sums::any),
    ];
    let rules = all.into_iter();
    rules.filter_map(|(kind, text, holds)| Some(Rule { kind, expression: Regex::new(&text).ok()?, holds })).collect()
});

/// How many rules there are: one that can't be compiled would be missed.
#[cfg(test)]
pub(super) fn count() -> usize {
    RULES.len()
}

/// Every find: its first byte, the byte behind it, its kind.
pub(super) fn find(text: &str) -> Vec<(usize, usize, IdentifierKind)> {
    let mut out = Vec::new();
    for rule in RULES.iter() {
        for found in rule.expression.captures_iter(text) {
            let Some(id) = found.name(ID).or_else(|| found.get(0)) else { continue };
            let id = id.range().start..id.range().start + id.as_str().trim_end().len();
            if text.get(id.clone()).is_some_and(rule.holds) {
                out.push((id.start, id.end, rule.kind));
            }
        }
    }
    out
}
