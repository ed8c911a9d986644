//! What `/health` and `/health/modules` answer.

use std::sync::Mutex;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::sync::watch;
use tokio::task::spawn_blocking;
use tokio::time::{Instant, timeout_at};

use crate::identity::Identity;
use crate::thrown::guarded;
use crate::{Health, ModuleKind, SharedModule};

/// How long one module may take to answer; modules are asked all at once.
const LIMIT: Duration = Duration::from_secs(2);

/// The body of `/health`: the process is up and takes requests. Asks no module, so it is cheap enough to be asked often.
pub fn health(identity: &Identity) -> Value {
    json!({ "status": "ok", "build_id": identity.build_id, "release_id": identity.release_id })
}

/// Asks the modules of this build how they are.
pub struct HealthChecks {
    checks: Vec<Check>,
    limit: Duration,
}

/// The answer of `/health/modules`, to be sent with 200 when all are well, otherwise with 503.
pub struct ModulesHealth {
    pub is_well: bool,
    pub body: Value,
}

impl HealthChecks {
    /// For modules in dependency order; so are they reported.
    pub fn new(modules: &[SharedModule]) -> Self {
        Self::with_limit(modules, LIMIT)
    }

    fn with_limit(modules: &[SharedModule], limit: Duration) -> Self {
        let checks = modules.iter().map(|module| Check {
            module: module.clone(),
            under_way: Mutex::new(None),
        });
        Self {
            checks: checks.collect(),
            limit,
        }
    }

    /// Every module of this build and how it is: the proof of what this build contains.
    pub async fn ask(&self, identity: &Identity) -> ModulesHealth {
        let deadline = Instant::now() + self.limit;
        let answers: Vec<Answer> = self.checks.iter().map(Check::begin).collect();
        let mut modules = Vec::with_capacity(self.checks.len());
        let mut is_well = true;
        for (check, answer) in self.checks.iter().zip(answers) {
            let health = self.wait(answer, deadline).await;
            is_well &= health == Health::Ok;
            modules.push(describe(&check.module, health));
        }
        let mut body = self::health(identity);
        body["status"] = status(is_well).into();
        body["modules"] = modules.into();
        ModulesHealth { is_well, body }
    }

    async fn wait(&self, mut answer: Answer, deadline: Instant) -> Health {
        let failed = |reason: String| Health::Unwell(format!("health check failed: {reason}"));
        match timeout_at(deadline, answer.wait_for(Option::is_some)).await {
            Ok(Ok(health)) => health.clone().unwrap_or(Health::Ok),
            Ok(Err(_)) => failed("it ended without an answer".to_owned()),
            Err(_) => failed(format!(
                "did not finish within {} ms",
                self.limit.as_millis()
            )),
        }
    }
}

/// Holds the answer once there is one.
type Answer = watch::Receiver<Option<Health>>;

struct Check {
    module: SharedModule,
    under_way: Mutex<Option<Answer>>,
}

impl Check {
    /// A check that hangs is waited for again, not started once more per request.
    fn begin(&self) -> Answer {
        let mut under_way = self
            .under_way
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner());
        match under_way.as_ref() {
            Some(answer) if answer.borrow().is_none() && answer.has_changed().is_ok() => {
                answer.clone()
            }
            _ => under_way.insert(start_check(self.module.clone())).clone(),
        }
    }
}

fn start_check(module: SharedModule) -> Answer {
    let (sender, answer) = watch::channel(None);
    spawn_blocking(move || {
        let health = guarded(|| module.health());
        let health = health
            .unwrap_or_else(|reason| Health::Unwell(format!("health check failed: {reason}")));
        sender.send_replace(Some(health));
    });
    answer
}

fn describe(module: &SharedModule, health: Health) -> Value {
    let mut dependencies = module.dependencies().to_vec();
    dependencies.sort_unstable();
    let mut described = json!({
        "slug": module.slug(),
        "name": module.name(),
        "version": module.version(),
        "kind": match module.kind() {
            ModuleKind::Core => "core",
            ModuleKind::Optional => "optional",
        },
        "dependencies": dependencies,
        "status": status(health == Health::Ok),
    });
    if let Health::Unwell(message) = health {
        described["message"] = message.into();
    }
    described
}

fn status(is_well: bool) -> &'static str {
    if is_well { "ok" } else { "unwell" }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::testing::{TestModule, block_on};

    fn checks(modules: Vec<TestModule>) -> HealthChecks {
        checks_within(Duration::from_secs(60), modules)
    }

    fn checks_within(limit: Duration, modules: Vec<TestModule>) -> HealthChecks {
        let modules: Vec<SharedModule> = modules
            .into_iter()
            .map(|module| Arc::new(module) as SharedModule)
            .collect();
        HealthChecks::with_limit(&modules, limit)
    }

    #[test]
    fn reports_build_release_and_every_module() {
        let identity = Identity {
            build_id: Some("bld_1".into()),
            release_id: None,
        };
        let answer = block_on(
            checks(vec![
                TestModule::new("a"),
                TestModule::new("b").needs(&["z", "a"]),
            ])
            .ask(&identity),
        );
        assert!(answer.is_well);
        let module = |slug: &str, dependencies: Value| json!({ "slug": slug, "name": format!("Test {slug}"), "version": "1.0.0", "kind": "optional", "status": "ok", "dependencies": dependencies });
        let modules = json!([module("a", json!([])), module("b", json!(["a", "z"]))]);
        assert_eq!(
            answer.body,
            json!({ "status": "ok", "build_id": "bld_1", "release_id": null, "modules": modules })
        );
    }

    #[test]
    fn one_unwell_module_is_told_and_makes_all_unwell() {
        let ill = TestModule::new("b").on_health(|| Health::Unwell("no disc".into()));
        let answer = block_on(checks(vec![TestModule::new("a"), ill]).ask(&Identity::default()));
        assert!(!answer.is_well);
        assert_eq!(answer.body["status"], "unwell");
        assert_eq!(answer.body["modules"][0]["status"], "ok");
        assert_eq!(answer.body["modules"][1]["message"], "no disc");
    }

    #[test]
    fn a_panic_is_unwell() {
        let answer = block_on(
            checks(vec![TestModule::new("a").on_health(|| panic!("oh"))]).ask(&Identity::default()),
        );
        assert_eq!(
            answer.body["modules"][0]["message"],
            "health check failed: panicked: oh"
        );
    }

    #[test]
    fn a_check_that_hangs_is_unwell_and_not_started_twice() {
        static STARTED: AtomicUsize = AtomicUsize::new(0);
        let hanging = TestModule::new("a").on_health(|| {
            STARTED.fetch_add(1, Ordering::SeqCst);
            std::thread::sleep(Duration::from_secs(600));
            Health::Ok
        });
        let checks = checks_within(Duration::from_millis(50), vec![hanging]);
        block_on(async {
            for _ in 0..2 {
                let answer = checks.ask(&Identity::default()).await;
                assert_eq!(
                    answer.body["modules"][0]["message"],
                    "health check failed: did not finish within 50 ms"
                );
            }
        });
        assert_eq!(STARTED.load(Ordering::SeqCst), 1);
    }
}
