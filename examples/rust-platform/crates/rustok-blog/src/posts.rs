const WORDS_PER_MINUTE: usize = 200;

/// The first sentence.
pub fn teaser(body: &str) -> &str {
    let is_end = |(index, mark): &(usize, char)| {
        matches!(mark, '.' | '!' | '?')
            && body[index + 1..]
                .chars()
                .next()
                .is_none_or(char::is_whitespace)
    };
    match body.char_indices().find(is_end) {
        Some((index, _)) => &body[..=index],
        None => body,
    }
}

/// How long reading takes; a minute at least.
pub fn reading_minutes(body: &str) -> usize {
    body.split_whitespace()
        .count()
        .div_ceil(WORDS_PER_MINUTE)
        .max(1)
}
