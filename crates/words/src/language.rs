//! The three languages and how a person or an environment names them.
//!
//! Keeps: every name maps to one language or to none; a guess is made only by `of_environment`, which falls to English.
//! Does not know: regional variants. Any Chinese is answered in simplified characters, any French in that of France.

/// A language that every message exists in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Language {
    Fr,
    En,
    ZhHans,
}

impl Language {
    /// Every language, in the order in which outputs list them.
    pub const ALL: [Self; 3] = [Self::Fr, Self::En, Self::ZhHans];

    /// The BCP 47 tag: `fr`, `en` or `zh-Hans`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Fr => "fr",
            Self::En => "en",
            Self::ZhHans => "zh-Hans",
        }
    }

    /// The language's own name for itself.
    #[must_use]
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::Fr => "français",
            Self::En => "English",
            Self::ZhHans => "简体中文",
        }
    }

    /// Reads a BCP 47 tag or a POSIX locale (`fr`, `zh-Hans`, `en_GB.UTF-8`); `None` for any other language.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        let primary = name.split(['-', '_', '.', '@']).next().unwrap_or_default();
        [(Self::Fr, "fr"), (Self::En, "en"), (Self::ZhHans, "zh")]
            .into_iter()
            .find_map(|(language, tag)| primary.eq_ignore_ascii_case(tag).then_some(language))
    }

    /// The language that the environment asks for: `LC_ALL`, then `LC_MESSAGES`, then `LANG` (POSIX order: the first
    /// that is set and not empty decides). English where it names another language or none.
    pub fn of_environment(variable: impl Fn(&str) -> Option<String>) -> Self {
        ["LC_ALL", "LC_MESSAGES", "LANG"]
            .into_iter()
            .filter_map(variable)
            .find(|value| !value.is_empty())
            .and_then(|value| Self::parse(&value))
            .unwrap_or(Self::En)
    }
}

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn tags_and_locales_are_read() {
        for (name, expected) in [
            ("fr", Some(Language::Fr)),
            ("FR_ca.UTF-8", Some(Language::Fr)),
            ("en-GB", Some(Language::En)),
            ("zh_CN.GB18030", Some(Language::ZhHans)),
            ("zh-Hans", Some(Language::ZhHans)),
            ("frp", None),
            ("C", None),
            ("", None),
        ] {
            assert_eq!(Language::parse(name), expected, "{name}");
        }
        for language in Language::ALL {
            assert_eq!(Language::parse(language.tag()), Some(language));
        }
    }

    #[test]
    fn the_first_variable_set_decides() {
        let environment = |pairs: &'static [(&str, &str)]| {
            Language::of_environment(|name| {
                pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
            })
        };
        assert_eq!(environment(&[]), Language::En);
        assert_eq!(environment(&[("LANG", "fr_FR.UTF-8")]), Language::Fr);
        assert_eq!(environment(&[("LANG", "fr_FR.UTF-8"), ("LC_ALL", "zh_CN.UTF-8")]), Language::ZhHans);
        assert_eq!(environment(&[("LANG", "fr_FR.UTF-8"), ("LC_ALL", "")]), Language::Fr);
        assert_eq!(environment(&[("LANG", "fr_FR.UTF-8"), ("LC_ALL", "C")]), Language::En);
    }
}
