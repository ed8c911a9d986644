use std::time::Duration;

/// Where the server listens and how long it waits.
#[derive(Debug, PartialEq, Eq)]
pub struct Settings {
    /// Default: 127.0.0.1.
    pub host: String,
    /// 0 takes a free one. Default: 3000.
    pub port: u16,
    /// How long requests under way may take after SIGTERM.
    pub drain: Duration,
}

impl Settings {
    /// Reads HOST and PORT; empty counts as absent.
    pub fn from_env() -> Result<Self, String> {
        Self::read(|name| std::env::var(name).ok())
    }

    fn read(variable: impl Fn(&str) -> Option<String>) -> Result<Self, String> {
        let given = |name: &str, default: &str| {
            variable(name)
                .filter(|text| !text.is_empty())
                .unwrap_or(default.to_owned())
        };
        let port = given("PORT", "3000");
        Ok(Self {
            host: given("HOST", "127.0.0.1"),
            port: port.parse().map_err(|_| {
                format!("PORT is \"{port}\", which is not a number from 0 to 65535")
            })?,
            drain: Duration::from_secs(10),
        })
    }

    /// The address as a client writes it, e.g. `http://127.0.0.1:3000`.
    pub fn url(&self, port: u16) -> String {
        if self.host.contains(':') {
            format!("http://[{}]:{port}", self.host)
        } else {
            format!("http://{}:{port}", self.host)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(port: Option<&'static str>) -> Result<u16, String> {
        let settings = Settings::read(|name| port.filter(|_| name == "PORT").map(str::to_owned));
        settings.map(|settings| settings.port)
    }

    #[test]
    fn a_port_is_a_number_and_empty_is_absent() {
        assert_eq!(
            (read(None), read(Some("")), read(Some("0"))),
            (Ok(3000), Ok(3000), Ok(0))
        );
        assert_eq!(
            read(Some("70000")).unwrap_err(),
            "PORT is \"70000\", which is not a number from 0 to 65535"
        );
    }

    #[test]
    fn addresses_are_as_clients_write_them() {
        let url = |host: &str| {
            Settings {
                host: host.to_owned(),
                port: 0,
                drain: Duration::ZERO,
            }
            .url(80)
        };
        assert_eq!(
            (url("localhost"), url("::1")),
            (
                "http://localhost:80".to_owned(),
                "http://[::1]:80".to_owned()
            )
        );
    }
}
